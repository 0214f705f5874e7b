"""The queue of questions without an answer is bounded, a person's share of it too, and what is asked most stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.state import questions as stored
from bot.state.questions import MOST_A_DAY, MOST_OF_A_TEAM, StoredQuestions
from bot.state.store import Store
from tests.both import BOTH
from tests.state import raw

pytestmark = BOTH

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def texts(questions: StoredQuestions, now: datetime = NOW, team: str = "T1") -> list[str]:
    return [question.text for question in questions.unanswered(team, now)]


@pytest.mark.parametrize("text", ["tulips in greenhouse {}", "how many tulips? {}", "郁金香{}"])
def test_one_person_fills_the_queue_of_nobody_else(store: Store, text: str) -> None:
    kept = StoredQuestions(store, 90)
    for number in range(3 * MOST_A_DAY):
        kept.keep("T1", "/yrd", text.format(number), (), NOW + timedelta(seconds=number), "U1")
    kept.keep("T1", "/yrd", "roses", (), NOW, "U2")
    kept.keep("T2", "/yrd", "roses", (), NOW, "U1")
    assert len(texts(kept)) == MOST_A_DAY + 1
    assert "roses" in texts(kept)
    assert texts(kept, team="T2") == ["roses"]


def test_what_is_asked_again_counts_whoever_asks_and_another_day_has_room(store: Store) -> None:
    kept = StoredQuestions(store, 90)
    for number in range(MOST_A_DAY):
        kept.keep("T1", "/yrd", f"tulips {number}", (), NOW, "U1")
    kept.keep("T1", "/yrd", "tulips 3", (), NOW, "U1")
    assert kept.unanswered("T1", NOW)[0].times == 2
    later = NOW + timedelta(days=1, minutes=1)
    kept.keep("T1", "/yrd", "asters", (), later, "U1")
    assert "asters" in texts(kept, later)


def test_of_too_many_those_asked_least_and_longest_ago_go_and_their_askers_with_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_OF_A_TEAM >= 5 * MOST_A_DAY
    monkeypatch.setattr(stored, "MOST_OF_A_TEAM", 4)
    kept = StoredQuestions(store, 90)
    for _ in range(2):
        kept.keep("T1", "/yrd", "asked twice", (), NOW, "U0")
    for number in range(6):
        kept.keep("T1", "/yrd", f"asked once {number}", (), NOW + timedelta(seconds=number), f"U{number}")
    assert sorted(texts(kept)) == ["asked once 3", "asked once 4", "asked once 5", "asked twice"]
    askers = raw.count(store, "question_askers")
    assert askers == 4


def test_a_new_question_has_room_beside_those_that_were_asked_often(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_OF_A_TEAM", 2)
    kept = StoredQuestions(store, 90)
    for text in ("one", "two", "one", "two", "new"):
        kept.keep("T1", "/yrd", text, (), NOW, "U1")
    assert "new" in texts(kept)
    assert len(texts(kept)) == 2


def test_a_text_with_a_character_that_no_text_may_hold_is_kept_and_counted(store: Store) -> None:
    questions = StoredQuestions(store, 90)
    for _ in range(2):
        questions.keep("T1", "/yrd", "tulips\0?", (), NOW, "U1")
    (kept,) = questions.unanswered("T1", NOW)
    assert (kept.times, kept.text.replace("\ufffd", "\0")) == (2, "tulips\0?")
