"""The examples that help shows work."""

from __future__ import annotations

import pytest

from handlers.command import Command, Example
from handlers.registry import SLASH, WORDS
from handlers.request import QUESTION
from tests.conftest import Asker

CASES = [(command, example) for command in (*SLASH, *WORDS) for example in command.examples]


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
