"""The questions that a newcomer is offered show what the bot does best, on the base as it is."""

from __future__ import annotations

import pytest

from handlers.answer import Choice
from handlers.lookups.welcome import FIRST_QUESTIONS, welcome
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from tests.conftest import NOW


@pytest.mark.parametrize("question", FIRST_QUESTIONS, ids=lambda question: question.label)
def test_each_first_question_is_answered(base: FactBase, question: Choice) -> None:
    answer = reply(Services(base), Request(text=question.text, now=NOW, command=question.command))

    assert answer.outcome == "answer"
    assert answer.lines or answer.picture
    assert not answer.near


def test_the_greeting_says_what_there_is_in_english_and_in_chinese(base: FactBase) -> None:
    greeting = welcome(Services(base))

    assert f"{len(base.facts)} facts" in greeting.headline
    assert any("中文" in note for note in greeting.notes)
    assert any(not question.text.isascii() for question in greeting.choices)
