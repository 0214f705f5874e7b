"""help: what can be asked, made from the commands themselves."""

from __future__ import annotations

from handlers.answer import Answer, Section
from handlers.command import Command
from handlers.records.about import counted
from handlers.services import Services


def overview(services: Services, slash: tuple[Command, ...], words: tuple[Command, ...]) -> Answer:
    """Return the commands and words with an example each, and what is kept of whoever uses them."""
    base = services.base
    documents = counted(len(base.seeds.documents), "document")
    return Answer(
        headline=f"YRD Desk answers from {len(base.facts)} cited facts on cooperation in the Yangtze River Delta.",
        outcome="answer",
        sections=(
            Section("Commands", tuple(map(_described, slash))),
            Section(
                "First words of /yrd, of a mention or of a direct message", tuple(map(_described, words))
            ),
            Section(
                "In channels",
                (
                    "Mention the bot and it answers in the thread; a follow-up there need not repeat the name.",
                    "In threads slash commands do not work: mention the bot, or use the message shortcut "
                    "“Look up in YRD Desk”.",
                    "Slash answers are seen by you alone until you press Share to channel.",
                ),
            ),
            *((Section("What I keep", services.privacy),) if services.privacy else ()),
        ),
        notes=(f"Answers are statements from {documents}, each with its citation; nothing is generated.",),
    )


def of_command(command: Command) -> Answer:
    """Return how one command is used, with its examples."""
    examples = tuple(f"{command.name} {example.text}".strip() for example in command.examples)
    return Answer(
        headline=f"{command.name} [{command.usage}]: {command.summary}.",
        outcome="answer",
        sections=(
            Section("Examples", examples),
            Section("", ("Without text it lists what the base holds.",)),
        ),
    )


def _described(command: Command) -> str:
    example = command.examples[0].text
    name = f"{command.name} {example}".strip()
    return f"{name}: {command.summary}"
