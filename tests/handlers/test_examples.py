"""The examples that help shows work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from handlers.command import Command, Example
from handlers.registry import SLASH, WORDS
from handlers.request import QUESTION
from handlers.services import Services
from knowledge.documents.passage import Passage
from tests.conftest import Asker

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
