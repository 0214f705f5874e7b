"""What the base could not answer reaches its curators."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from handlers.paging import Earlier
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from handlers.without_state import NoQuestions
from knowledge.base import FactBase
from tests.conftest import NOW


@dataclass
class Kept(NoQuestions):
    """Questions without an answer, in memory."""

    asked: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def keep(
        self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime, user: str = ""
    ) -> None:
        self.asked.append((team, text, nearest))


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


def test_what_says_nothing_of_the_field_is_answered_and_not_kept(base: FactBase) -> None:
    for text in (
        "tell me a joke",
        "can you check the printer",
        "我马上到",
        "I'm in Hefei today",
        "who is Bob?",
    ):
        assert asked(base, text).asked == [], text


def test_unknown_places_people_and_figures_of_the_field_are_kept(base: FactBase) -> None:
    for text in (
        "GDP of Kashgar",
        "Who is Wang Huiming?",
        "绵阳有哪些合作项目?",
        "airport in Nantong",
        "Mianyang",
    ):
        assert [kept for _, kept, _ in asked(base, text).asked] == [text], text


def test_talk_is_talk_whatever_place_it_names(base: FactBase) -> None:
    for text in (
        "is Shanghai warm in April?",
        "call with Hefei team on Monday?",
        "did Alice send the Hefei report",
        "who is free in Nanjing tomorrow",
        "do we need a projector in Wuhu?",
        "is the flight to Hefei delayed?",
        "谁去合肥出差?",
        "宁波的同事什么时候来?",
        "the Jiangsu file won't open",
    ):
        assert asked(base, text).asked == [], text


def test_a_long_and_colloquial_question_of_the_field_is_kept(base: FactBase) -> None:
    for text in (
        "so what's the deal with flats in Hefei, can a nurse still buy one on her salary?",
        "what happens to old people in Lu'an when their kids all work in Hangzhou?",
        "What's the unemployment rate of young people in Huaibei?",
        "Divorce rate in Hangzhou",
        "宁波港2022年的吞吐量是多少?",
        "安徽的农民工子女能不能在昆山上学?",
    ):
        assert [kept for _, kept, _ in asked(base, text).asked] == [text], text


def test_what_follows_in_a_thread_is_kept_where_its_own_words_ask_for_something(base: FactBase) -> None:
    def kept(text: str) -> list[str]:
        questions = Kept()
        before = Earlier("What is the population of Huainan?")
        reply(
            Services(base, questions=questions),
            Request(text=text, now=NOW, team="T1", user="U1", earlier=before),
        )
        return [kept for _, kept, _ in questions.asked]

    assert kept("and of Chuzhou?")
    assert kept("who broke the build") == kept("approved, ship it") == kept("who says so") == []
