"""What the base could not answer reaches its curators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from handlers.ports import UnansweredQuestion
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from tests.conftest import NOW


@dataclass
class Kept:
    """The port Questions, in memory."""

    asked: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def keep(
        self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime, user: str = ""
    ) -> None:
        self.asked.append((team, text, nearest))

    def settle(
        self, team: str, questions: Iterable[tuple[str, str]], now: datetime, *, out_of_scope: bool = False
    ) -> tuple[str, ...]:
        return ()

    def bring_back(self, team: str, at: float) -> int:
        return 0

    def unanswered(self, team: str, now: datetime) -> tuple[UnansweredQuestion, ...]:
        return ()


def asked(base: FactBase, text: str) -> Kept:
    kept = Kept()
    reply(Services(base, questions=kept), Request(text=text, now=NOW, team="T1", user="U1"))
    return kept


def test_a_question_without_an_answer_is_kept_with_what_was_nearest(base: FactBase) -> None:
    kept = asked(base, "What is the population of Huainan?")
    assert [(team, text) for team, text, _ in kept.asked] == [("T1", "What is the population of Huainan?")]
    assert kept.asked[0][2]


def test_an_answered_question_and_an_empty_one_are_not_kept(base: FactBase) -> None:
    assert asked(base, "Which district is twinned with Huainan?").asked == []
    assert asked(base, "  ").asked == []


def test_signs_numbers_refusals_and_other_pages_are_no_questions(base: FactBase) -> None:
    for text in ("???", "12345", "🌷🌷", "review 7 approve", "admin curators add @nobody"):
        assert asked(base, text).asked == [], text
    kept = Kept()
    reply(Services(base, questions=kept), Request("pause 1", NOW, "/yrd-digest", team="T1", user="U1"))
    again = Request(text="annual tulip festival budget", now=NOW, team="T1", user="U1", page=2)
    reply(Services(base, questions=kept), again)
    assert kept.asked == []
