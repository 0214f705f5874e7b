"""help: what can be asked, made from the commands themselves, and how one of them is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.command import Command
from handlers.records import counts
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.vocabulary import WordUse

_USAGE: Final = frozenset({WordUse.USAGE, WordUse.PLEASE, WordUse.POLITENESS})
_HELP: Final = frozenset({"help", "man", "usage", "帮", "manual"})
"""What says that help is asked for, and no more of a name that is a word of questions too: "help pairings"."""
GOING_ON: Final = (
    say("“what about Chuzhou?” asks the same of another place."),
    say("“more” shows the next page, “map” a map, “details” all that is kept of its first fact."),
    say("“who says so” shows where its facts stand; “Copy with citation” under it gives text to paste."),
)
_IN_CHINESE: Final = "我回答长三角合作的问题，依据 {documents} 份文献中的 {facts} 条事实，每条都注明出处。可以用中文提问；以下说明为英文。"
PRIVACY: Final = "privacy"
"""What stands behind help for what is kept of people."""


def overview(
    services: Services,
    slash: Sequence[Command],
    words: Sequence[Command],
    *,
    after_answer: bool = False,
    in_chinese: bool = False,
) -> Answer:
    """Return the commands and words with an example each, how threads go on and, `after_answer` first, what goes on from it.

    The first sentence is Chinese where it is asked for `in_chinese`.
    """
    base = services.base
    english = say(
        "I answer questions on cooperation in the Yangtze River Delta from {facts} of {documents}, each with its source.",
        facts=counts.facts(len(base.facts)),
        documents=counts.documents(len(base.documents)),
    )
    chinese = _IN_CHINESE.format(facts=len(base.facts), documents=len(base.documents))
    going_on = Section(say("After an answer"), GOING_ON)
    return Answer(
        headline=chinese if in_chinese else english,
        outcome="answer",
        in_chinese=in_chinese,
        sections=(
            *((going_on,) if after_answer else ()),
            Section(say("Commands"), tuple(map(_described, slash))),
            Section(say("More commands"), tuple(map(_described, words))),
            *(() if after_answer else (going_on,)),
            Section(
                say("In channels and threads"),
                (
                    say(
                        "Mention me and I answer in the thread. Mention me again in a thread; I remember the city and the question."
                    ),
                    say(
                        "Slash commands do not work in threads; “Look up in YRD Desk” in a message's menu does."
                    ),
                    say("Answers to slash commands are seen by you alone until you press Share to channel."),
                ),
            ),
        ),
        choices=(Choice(PRIVACY, say("What I keep of you"), "help", "", PRIVACY),)
        if services.privacy
        else (),
        notes=(say("“help {privacy}” says what I keep of you.", privacy=PRIVACY),)
        if services.privacy
        else (),
    )


def privacy(services: Services, request: Request) -> Answer:
    """Return what is kept of whoever uses the bot."""
    kept = Section(say("What I keep"), services.privacy)
    return Answer(
        headline=say("This is what I keep of you, and for how long.")
        if services.privacy
        else say(
            "Nothing is kept of you here. In Slack “help {privacy}” says what is kept there.", privacy=PRIVACY
        ),
        outcome="answer",
        sections=(kept,) if services.privacy else (),
    )


def of_command(command: Command) -> Answer:
    """Return how one command is used, with its examples."""
    typed = say("{command} [{usage}]", command=typed_as(command), usage=command.usage)
    return Answer(
        headline=say(
            "{command}: {summary}.",
            command=typed if command.usage else typed_as(command),
            summary=command.summary,
        ),
        outcome="answer",
        sections=(Section(say("For example"), tuple(examples(command))),),
    )


def of_misused(services: Services, command: Command, typed: str) -> Answer:
    """Return why a word cannot take what was `typed` behind it, then how it is used."""
    usage, typed = of_command(command), " ".join(typed.split())
    if not typed:
        return usage
    wrong = (
        command.mistaken(services, typed)
        if command.mistaken
        else say("{command} does not take “{typed}”.", command=typed_as(command), typed=typed)
    )
    return replace(usage, headline=wrong, notes=(usage.headline, *usage.notes))


def examples(command: Command) -> Iterable[str]:
    """Yield what shows how a command is typed: its examples that have an answer."""
    for example in command.examples:
        if example.outcome in ("answer", "ambiguous"):
            yield f"{typed_as(command)} {example.text}".strip()


def typed_as(command: Command) -> str:
    """Return what one types for a command: "/yrd-city", "/yrd map"."""
    return command.name if command.is_slash else f"/yrd {command.name}"


@dataclass(frozen=True, slots=True)
class Usage:
    """Answers with how a command is used: help of it. A word with an argument that it cannot take `is_misused`."""

    command: Command
    is_misused: bool = False

    def __call__(self, services: Services, request: Request) -> Answer:
        """Return what the command says of itself, else what is made from its usage and examples."""
        if self.is_misused:
            return of_misused(services, self.command, request.text)
        explain = self.command.explain
        return explain(services, request) if explain else of_command(self.command)


def asked_of(
    base: FactBase, message: Sequence[str], commands: Mapping[str, Command], sorts: Mapping[WordUse, Command]
) -> Command | None:
    """Return which of the commands, by the word for each, a message (its units) asks the use of: "fact help", "how do I use map";
    by a word for what one is about where the message asks for help: "help pairings".
    """
    return _asked_by_word(base, message, commands) or _asked_by_sort(base, message, sorts)


def _asked_by_sort(
    base: FactBase, message: Sequence[str], sorts: Mapping[WordUse, Command]
) -> Command | None:
    if _HELP.isdisjoint(message):
        return None
    for cut in range(1, len(message)):
        for said, around in ((message[cut:], message[:cut]), (message[:cut], message[cut:])):
            command = next((sorts[use] for use in base.phrases.uses_of(said) if use in sorts), None)
            if command and WordUse.USAGE in (base.phrases.cover(around, _USAGE) or ()):
                return command
    return None


def _asked_by_word(base: FactBase, message: Sequence[str], commands: Mapping[str, Command]) -> Command | None:
    for at in (at for at, unit in enumerate(message) if unit in commands):
        command = commands[message[at]]
        around = [part for part in (message[:at], message[at + 1 :]) if part]
        said = [base.phrases.cover(part, _USAGE) for part in around]
        if said and all(use is not None for use in said):
            return command if any(use and WordUse.USAGE in use for use in said) else None
    return None


def _described(command: Command) -> Said:
    example = next(iter(examples(command)), typed_as(command))
    return say("{example}: {summary}", example=example, summary=command.summary)
