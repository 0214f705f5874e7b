"""How people say which rhythm, how many runs and until when."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.digests.reading import wishes
from handlers.digests.reading.parse import read
from handlers.digests.reading.sending import asked_for
from handlers.digests.reading.subjects import ParseError
from handlers.digests.reading.when.counts import counted
from handlers.digests.reading.when.unheard import unheard
from handlers.digests.reading.when.until import until
from knowledge.base import FactBase

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ("hourly", "daily"), ("every two hours", "daily"), ("twice a day", "daily"), ("biweekly", "weekly"), ("fortnightly", "weekly"),
        ("every other week", "weekly"), ("every two weeks", "weekly"), ("twice a month", "weekly"), ("every other monday", "weekly monday"),
        ("twice a week", "weekly mon,thu"), ("3 times a week", "weekly mon,wed,fri"), ("every other day", "weekly mon,wed,fri"),
        ("every 3 days", "weekly mon,thu"), ("every quarter", "monthly"), ("quarterly", "monthly"), ("every six months", "monthly"),
        ("yearly", "monthly"), ("once a year", "monthly"), ("每两周", "每周"), ("隔周", "每周"), ("隔周一", "每周一"), ("双周", "每周"),
        ("两周一次", "每周"), ("每季度", "每月"), ("每半年", "每月"), ("每年", "每月"), ("每小时", "每天"), ("每天两次", "每天"),
        ("每周两次", "每周一四"), ("一周三次", "每周一三五"), ("每隔一天", "每周一三五"),
    ],
)  # fmt: skip
def test_a_rhythm_that_there_is_not_has_a_nearest(base: FactBase, said: str, nearest: str) -> None:
    found = unheard(said.split())
    assert found is not None
    assert (found[0], found[1][0]) == (len(said.split()), nearest)
    wrong = read(base, f"ports {said}")
    assert isinstance(wrong, ParseError)
    assert (wrong.word, wrong.instead[0]) == (said, nearest)
    for word in wrong.instead:
        assert not isinstance(read(base, wrong.put_right(f"ports {said}", word)), ParseError)


@pytest.mark.parametrize(
    "said",
    [
        "daily",
        "every month",
        "every monday",
        "every second monday",
        "once a week",
        "every day",
        "每周",
        "每月",
        "每周一次",
        "每周一二",
    ],
)
def test_a_rhythm_that_there_is_has_none(base: FactBase, said: str) -> None:
    assert unheard(said.split()) is None
    assert wishes.wish(base, f"ports {said}")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("for a week", "2026-12-04"), ("for 2 weeks", "2026-12-11"), ("for three days", "2026-11-30"), ("for a month", "2026-12-27"),
        ("two weeks", "2026-12-11"), ("until next monday", "2026-11-30"), ("until next friday", "2026-12-04"), ("until monday", "2026-11-30"),
        ("until next week", "2026-11-30"), ("next week", "2026-12-07"), ("this week", "2026-11-30"), ("until next month", "2026-12-01"),
        ("till the end of the month", "2026-12-01"), ("until the end of the year", "2027-01-01"), ("until tomorrow", "2026-11-28"),
        ("until 24 Dec", "2026-12-24"), ("until 2027-01-04", "2027-01-04"), ("一周", "2026-12-04"), ("两个月", "2027-01-27"),
        ("到12月24日", "2026-12-24"), ("到下周一", "2026-11-30"), ("到明天", "2026-11-28"), ("for a week please", "2026-12-04"),
    ],
)  # fmt: skip
def test_until_when_is_read(said: str, day: str) -> None:
    assert until(said, FRIDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "said", ["", "christmas", "for a while", "until the cows come home", "for 0 days", "13月40日", "next"]
)
def test_what_tells_no_day_is_none(said: str) -> None:
    assert until(said, FRIDAY) is None


@pytest.mark.parametrize(
    ("said", "count", "rest"),
    [
        ("next 2", 2, ""), ("the next two posts", 2, ""), ("1 twice", 2, "1"), ("1 next 3", 3, "1"), ("two runs", 2, ""), ("ports next 2 times", 2, "ports"),
        ("接下来两次", 2, ""), ("2", 0, "2"), ("the next one", 1, ""), ("ports", 0, "ports"),
    ],
)  # fmt: skip
def test_how_many_runs_are_said(said: str, count: int, rest: str) -> None:
    assert counted(said) == (count, rest)


@pytest.mark.parametrize(
    "text",
    [
        "What is published quarterly?", "How often do ships call at the ports?", "daily passenger flow of Hangzhou",
        "Is there a weekly meeting in Shanghai?", "have the ports grown every year?", "the yearly budget of Nantong",
    ],
)  # fmt: skip
def test_a_question_that_speaks_of_a_rhythm_asks_for_no_digest(base: FactBase, text: str) -> None:
    assert asked_for(base, text) == ""
