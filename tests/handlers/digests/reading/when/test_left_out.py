"""Days that a digest leaves out are read as the days that are left, and told so."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk, labels

WORKDAYS = "on weekdays (Monday to Friday)"
BUT_SUNDAY = "weekly on Monday, Tuesday, Wednesday, Thursday, Friday and Saturday"
BUT_FRIDAY = "weekly on Monday, Tuesday, Wednesday, Thursday, Saturday and Sunday"


@pytest.mark.parametrize(
    ("said", "rhythm"),
    [
        ("ports daily except weekends", WORKDAYS),
        ("ports daily without weekends", WORKDAYS),
        ("ports daily but not on weekends", WORKDAYS),
        ("ports daily, weekends off", WORKDAYS),
        ("ports every day except saturday and sunday", WORKDAYS),
        ("港口每天除周末", WORKDAYS),
        ("港口 每天 除了周末", WORKDAYS),
        ("港口工作日", WORKDAYS),
        ("ports every day but Sunday", BUT_SUNDAY),
        ("ports daily, not on Fridays", BUT_FRIDAY),
        ("ports daily (excluding sundays)", BUT_SUNDAY),
        ("ports every day other than Friday", BUT_FRIDAY),
        ("港口每天（周日除外）", BUT_SUNDAY),
        ("ports weekdays except Friday", "weekly on Monday, Tuesday, Wednesday and Thursday"),
        ("ports weekly mon-fri but not wed to fri", "weekly on Monday and Tuesday"),
    ],
)
def test_what_is_left_out_leaves_the_other_days(desk: Desk, said: str, rhythm: str) -> None:
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == f"Post this digest here? Ports, {rhythm} at 09:00 (Asia/Shanghai)."


def test_holidays_are_no_days_of_the_week(desk: Desk) -> None:
    asked = desk.typed("ports daily except holidays")
    assert any(
        "Not on public holidays" in str(line) for section in asked.sections for line in section.entries
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("ports weekly except mondays", "A weekly digest comes on the days that are named. On which?"),
        (
            "ports monthly except weekends",
            "A monthly digest comes on one day. Say which, and leave this out.",
        ),
        ("ports weekly mon except mondays", "That leaves no day on which it comes."),
    ],
)
def test_what_cannot_be_left_out_is_said(desk: Desk, said: str, why: str) -> None:
    assert why in str(desk.typed(said).headline)


def test_of_a_digest_that_is_there_its_own_days_are_left(desk: Desk) -> None:
    desk.has("ports", weekdays=(0, 2, 4))
    asked = desk.typed("edit ports not on fridays")
    assert str(asked.headline).startswith("Change digest 1? Ports, weekly on Monday and Wednesday")


def test_of_a_digest_on_that_day_alone_it_is_asked_when_instead(desk: Desk) -> None:
    desk.has("ports")
    asked = desk.typed("edit 1 not on mondays")
    assert str(asked.headline) == "Digest 1 comes weekly on Monday alone. On which day instead?"
    assert labels(asked) == ["Tuesday", "Wednesday", "Thursday", "Friday", "End digest 1: Ports"]


QUESTIONS = [
    "Month and year of the ports agreement?",
    "When does the Yangtze forum meet monthly?",
    "Does Hangzhou meet weekly?",
    "What day of the month of ports?",
    "Is there a monthly meeting of ports?",
    "哪些城市每月开会",
]


@pytest.mark.parametrize("said", QUESTIONS)
def test_a_question_with_a_rhythm_in_it_is_no_wish(desk: Desk, said: str) -> None:
    asked = desk.typed(said)
    assert str(asked.headline).startswith("That reads as a question")
    (look_up,) = asked.choices
    assert (look_up.command, look_up.text) == ("/yrd", said)
    assert "digest" not in str(desk.told(said).headline).lower()


@pytest.mark.parametrize("said", ["ports monthly?", "Can you send me ports monthly?"])
def test_a_wish_with_a_question_mark_is_a_wish(desk: Desk, said: str) -> None:
    assert "Ports, monthly on the 1st" in str(desk.told(said).headline)
