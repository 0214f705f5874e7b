"""What is said of a digest is whole sentences, which another language can tell with the names and numbers where it has them."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from handlers.digests.describe import (
    delivery_text,
    reliability_text,
    rhythm_text,
    schedule_text,
    subjects_text,
)
from handlers.digests.reading.parse import read
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.digests.reading.when import dates
from handlers.digests.schedule import slot_label
from handlers.records.enumerated import all_of, in_a_row, one_of
from handlers.say import Catalogue
from handlers.subscription import Delivery, Reliability, Subscription
from knowledge.base import FactBase
from knowledge.dates import DAYS, DAYS_IN_FULL, MONTHS, MONTHS_IN_FULL

AT = datetime(2027, 3, 15, 9, tzinfo=UTC)
TOLD = {
    "{rhythm} at {time} ({zone})": "{zone}{rhythm}{time}",
    "weekly on {days}": "每{days}",
    "monthly on the {day}st": "每月{day}日",
    "{names} and {name}": "{names}和{name}",
    "Monday": "周一",
    "Thursday": "周四",
    "{weekday} {day} {month} {year}": "{year}年{month}{day}日{weekday}",
    "{day}, {time}": "{day}{time}",
    "Mon": "周一",
    "Mar": "3月",
    "{run}: {state}, {count} fact": "{run}{state}{count}条",
    "posted": "已发布",
    "“{word}” is no name in the fact base. Did you mean one of these?": "没有“{word}”。您是指？",
    "{name} (topic)": "{name}（主题）",
}


class Chinese:
    def gettext(self, message: str) -> str:
        return TOLD.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1)


CHINESE = Catalogue(Chinese(), chinese=True)


def weekly(*weekdays: int) -> Subscription:
    return Subscription("T1", "C1", "U1", time(9), "Asia/Shanghai", weekdays=weekdays, topics=("ports",))


def test_days_and_months_are_called_as_they_are_read() -> None:
    assert (dates.DAYS, dates.DAYS_IN_FULL) == (DAYS, DAYS_IN_FULL)
    assert (dates.MONTHS, dates.MONTHS_IN_FULL) == (MONTHS, MONTHS_IN_FULL)


@pytest.mark.parametrize(
    ("names", "all_said", "one_said"),
    [("a", "a", "a"), ("ab", "a and b", "a or b"), ("abc", "a, b and c", "a, b or c")],
)
def test_names_are_listed(names: str, all_said: str, one_said: str) -> None:
    assert (all_of(names), one_of(names), in_a_row(names)) == (all_said, one_said, ", ".join(names))


def test_a_schedule_is_told_in_another_order() -> None:
    kept = weekly(0, 3)
    assert schedule_text(kept) == "weekly on Monday and Thursday at 09:00 (Asia/Shanghai)"
    assert CHINESE.told(schedule_text(kept)) == "Asia/Shanghai每周一和周四09:00"


@pytest.mark.parametrize(
    ("day", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (30, "30th")],
)
def test_a_day_of_the_month_has_its_ending_in_english_alone(day: int, said: str) -> None:
    kept = Subscription("T1", "C1", "U1", time(9), "Asia/Shanghai", monthday=day)
    shorter = " (the last day of a shorter month)" if day > 28 else ""
    assert rhythm_text(kept) == f"monthly on the {said}{shorter}"
    if day == 1:
        assert CHINESE.told(rhythm_text(kept)) == "每月1日"


def test_a_run_is_told_with_its_day() -> None:
    assert slot_label(AT) == "Mon 15 Mar 2027, 09:00"
    assert CHINESE.told(slot_label(AT)) == "2027年3月15日周一09:00"


def test_what_became_of_a_run_is_told(base: FactBase) -> None:
    posted = Delivery("1", AT, "3.15 ", "posted", ts="1.0", facts=("a", "b"))
    assert CHINESE.told(delivery_text(posted)) == "3.15 已发布2条"


def test_names_are_told_in_chinese(base: FactBase) -> None:
    names = Subjects(topics=("ports",), places=("hangzhou", "ningbo"))
    assert subjects_text(base, names) == "Ports, Hangzhou and Ningbo"
    assert CHINESE.told(subjects_text(base, names)) == "港口, 杭州和宁波"


def test_a_wrong_name_is_told_with_what_may_be_meant(base: FactBase) -> None:
    wrong = read(base, "portz weekly")
    assert isinstance(wrong, ParseError)
    assert "“portz”" in wrong.sentence
    assert "Ports (topic)" in wrong.labels
    assert "港口（主题）" in CHINESE.told(wrong.labels)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Reliability(), "No digest has been due yet."),
        (Reliability(on_time=1), "1 of 1 digest on time so far."),
        (Reliability(on_time=2, late=1, failed=3), "2 of 6 digests on time so far; 1 late, 3 failed."),
    ],
)
def test_a_record_counts_what_was_due(found: Reliability, said: str) -> None:
    assert reliability_text(found) == said
