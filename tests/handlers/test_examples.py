"""The examples that help shows work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.slack.home.ask_box import ask_box
from bot.slack.home.pages import page_view
from bot.slack.recent import NOTHING_ASKED
from handlers.command import Command, Example
from handlers.help import of_command
from handlers.registry import SLASH, WORDS
from handlers.request import QUESTION, Request
from handlers.route import route
from handlers.services import Services
from knowledge.documents.passage import Passage
from tests.conftest import NOW, ROOT, Asker

CASES = [(command, example) for command in (*SLASH, *WORDS) for example in command.examples]


class AtHand:
    """Documents at hand that print something at every place."""

    def at_hand(self) -> bool:
        return True

    def holds(self, document: str) -> bool:
        return True

    def find(self, document: str, number: int, sha256: str) -> Passage | None:
        return Passage(document, f"{document}, para {number}", "", number, "Words in print.")

    def matching(
        self, terms: Iterable[str], *, only_added: bool = False, limit: int = 60
    ) -> tuple[Passage, ...]:
        return ()


@pytest.fixture
def ask(services: Services) -> Asker:
    return Asker(replace(services, passages=AtHand()))


@pytest.mark.parametrize(("command", "example"), CASES, ids=[f"{c.name} {e.text}" for c, e in CASES])
def test_an_example_has_the_outcome_it_promises(ask: Asker, command: Command, example: Example) -> None:
    if command.is_slash:
        answer = ask(example.text, command.name)
    else:
        answer = ask(f"{command.name} {example.text}".strip(), QUESTION)
    assert answer.outcome == example.outcome, answer.headline


@pytest.mark.parametrize("command", SLASH, ids=lambda command: command.name)
def test_help_after_a_command_explains_it(ask: Asker, command: Command) -> None:
    answer = ask("help", command.name)
    assert answer.outcome == "answer"
    assert command.summary in str(answer)


README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPED = tuple(dict.fromkeys(re.findall(r"`(/yrd[^`\n]*)`", README)))
ON_THE_COMMAND_LINE = tuple(re.findall(r"`yrd ask \"([^`\"]+)\"`", README))
# Shown as what is said wrongly.
SAID_WRONGLY = {"/yrd compare hefei"}


def outcome(ask: Asker, typed: str) -> str:
    command, _, text = typed.partition(" ")
    return ask(text, command).outcome


def test_the_readme_shows_commands_and_questions() -> None:
    assert len(TYPED) > 15
    assert ON_THE_COMMAND_LINE


@pytest.mark.parametrize("typed", TYPED)
def test_what_the_readme_says_to_type_is_answered(ask: Asker, typed: str) -> None:
    command, _, text = typed.partition(" ")
    found = route(ask.services, Request(text, NOW, command))
    # What changes something wants a workspace.
    assert outcome(ask, typed) == ("refused" if found.effect == "changes" else "answer")
    is_usage = found.verb.name == "help"
    assert is_usage == (typed in SAID_WRONGLY) or " " not in text, typed


@pytest.mark.parametrize("text", ON_THE_COMMAND_LINE)
def test_what_the_readme_asks_on_the_command_line_is_answered(ask: Asker, text: str) -> None:
    assert ask(text).outcome == "answer"


def test_what_home_shows_as_examples_is_answered(ask: Asker) -> None:
    shown = str(page_view(ask.services, SLASH, "help"))
    examples = [
        typed for found in re.findall(r"For example: (.+?)['\"]\}", shown) for typed in found.split(" · ")
    ]
    assert len(examples) >= len(SLASH)
    assert [typed for typed in examples if outcome(ask, typed) != "answer"] == []


def test_what_the_box_of_home_suggests_is_answered(ask: Asker) -> None:
    (placeholder,) = re.findall(r"'placeholder': \{[^}]*?'text': '([^']+)'", str(ask_box(NOTHING_ASKED)))
    for question in placeholder.split("  ·  "):
        assert ask(question).outcome == "answer", question


@pytest.mark.parametrize("command", [*SLASH, *WORDS], ids=lambda command: command.name)
def test_what_help_of_a_command_shows_is_answered(ask: Asker, command: Command) -> None:
    entries = of_command(command).sections[0].entries
    assert entries
    for typed in entries:
        assert outcome(ask, typed) in ("answer", "ambiguous"), typed
