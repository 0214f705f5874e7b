"""What a person types about the days, times and options of a digest is in the plan or named: no word is dropped."""

from __future__ import annotations

from datetime import time
from itertools import permutations

import pytest

from handlers.digests.describe import option_lines, schedule_text, subjects_text
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.parse import read
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.subscription import QuietHours, Subscription
from knowledge.base import FactBase

# Every kind of option, with what the plan must say where the words are read: any one of these.
SAID: dict[str, tuple[str, ...]] = {
    "daily": ("every day",),
    "每天": ("every day",),
    "weekdays": ("on weekdays", "Friday and Saturday"),
    "weekly": ("weekly", "on weekdays"),
    "every week": ("weekly", "on weekdays"),
    "monthly": ("monthly",),
    "每月": ("monthly",),
    "monthly 15": ("on the 15th",),
    "monthly last": ("on the last",),
    "the 20th": ("on the 20th",),
    "last day of the month": ("on the last day",),
    "mon": ("on Monday", "Monday and", "Monday,", "Monday to Friday", "the last Monday"),
    "on friday": ("Friday",),
    "每周三": ("Wednesday", "Monday to Friday"),
    "sat": ("Saturday",),
    "last fri": ("on the last Friday",),
    "2nd tue": ("on the second Tuesday",),
    "最后一天": ("on the last day",),
    "最后一个周五": ("on the last Friday",),
    "每月最后一个工作日": ("on the last weekday",),
    "fifth mon": ("not every month has one",),
    "09:00": ("at 09:00",),
    "at 9pm": ("at 21:00",),
    "15": ("at 15:00", "on the 15th"),
    "8点半": ("at 08:30",),
    "每礼拜一上午九点": ("on Monday at 09:00", "Monday"),
    "周一到周五": ("on weekdays", "Monday,", "Monday to Friday"),
    "下午三点一刻": ("at 15:15",),
    "上午15点": ("no such time",),
    "每月十五号": ("on the 15th",),
    "北京时间": ("(Asia/Shanghai)",),
    "EST": ("(America/New_York)",),
    "CST": ("several places",),
    "UTC+8": ("several places",),
    "Asia/Shanghai": ("(Asia/Shanghai)",),
    "new york": ("(America/New_York)",),
    "UTC": ("(UTC)",),
    "facts 3": ("3 facts each",),
    "7 facts": ("7 facts each",),
    "when empty skip": ("is quiet until",),
    "if nothing say": ("each time that nothing is new",),
    "when empty start over": ("it starts over",),
    "skip holidays": ("Not on public holidays of China",),
    "skip holidays of China": ("Not on public holidays of China",),
    "keep holidays": ("no word on holidays",),
    "skip holidays germany": ("only China's are known",),
    "quiet 22:00-07:00": ("Quiet hours 22:00 to 07:00",),
    "quiet 10pm to 6am": ("Quiet hours 22:00 to 06:00",),
    "quiet off": ("no quiet hours",),
    "2027-01-01": ("dates are not offered",),
    "hangzhou": ("Hangzhou", "(Asia/Shanghai)"),
    "until christmas": ("ends are not offered",),
    "hourly": ("not offered",),
}
# As it stands before anything is said: whatever is said of it shows.
BEFORE = Subscription(
    "T1", "C1", "U1", time(13, 7), "Europe/Oslo", weekdays=(6,), facts=9, quiet=QuietHours(time(1), time(2))
)


def plan(base: FactBase, wish: DigestChanges) -> str:
    wanted = wish.on(BEFORE)
    absent = ("" if wanted.skip_holidays else "no word on holidays", "" if wanted.quiet else "no quiet hours")
    return " | ".join(
        (schedule_text(wanted), *option_lines(wanted), subjects_text(base, Subjects.of(wanted), 20), *absent)
    )


def lost(base: FactBase, options: tuple[str, ...]) -> str:
    """Return what of `options` is neither in the plan nor answered by a sentence that names a word of the text."""
    text = f"ports {' '.join(options)}"
    found = read(base, text)
    if isinstance(found, ParseError):
        named = found.word.replace(" ", "").lower() in text.replace(" ", "").lower() and found.word
        return "" if named and named != "ports" else f"{text}: refused without a word of it: {found}"
    shown = plan(base, found)
    missing = [option for option in options if not any(said in shown for said in SAID[option])]
    return f"{text}: {missing} not in {shown}" if missing else ""


@pytest.mark.parametrize("first", SAID)
def test_two_options_in_either_order_are_in_the_plan_or_named(base: FactBase, first: str) -> None:
    pairs = [*((first, other) for other in SAID), *((other, first) for other in SAID)]
    assert not [problem for pair in pairs if (problem := lost(base, pair))]


TELLING = (
    "daily", "weekly", "monthly", "mon", "the 20th", "last fri", "09:00", "15", "UTC", "new york", "facts 3",
    "skip holidays", "hangzhou",
)  # fmt: skip


@pytest.mark.parametrize("first", TELLING)
def test_three_options_in_any_order_are_in_the_plan_or_named(base: FactBase, first: str) -> None:
    rest = [option for option in TELLING if option != first]
    orders = [order for others in permutations(rest, 2) for order in permutations((first, *others))]
    assert not [problem for order in dict.fromkeys(orders) if (problem := lost(base, order))]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("monthly 15 mon", "mon"),
        ("every month on friday", "friday"),
        ("mon monthly", "mon"),
        ("friday 15th", "friday"),
    ],
)
def test_a_weekday_of_a_month_is_named_with_what_can_be_had(base: FactBase, text: str, word: str) -> None:
    wrong = read(base, f"ports {text}")
    assert isinstance(wrong, ParseError)
    assert wrong.word == word
    assert "monthly 15, monthly last" in wrong.sentence
    assert "weekly " in wrong.sentence


@pytest.mark.parametrize(
    "text", ["monthly 1,15", "monthly 1, 15", "monthly 1 and 15 9am", "monthly on the 1 & 15", "每月 1、15"]
)
def test_a_second_day_of_the_month_is_no_time(base: FactBase, text: str) -> None:
    wrong = read(base, f"ports {text}")
    assert isinstance(wrong, ParseError)
    assert (wrong.word, "one day of the month" in wrong.sentence) == ("15", True)


def test_a_word_that_is_spelt_right_is_no_slip_of_itself(base: FactBase) -> None:
    wrong = read(base, "ports three more facts")
    assert isinstance(wrong, ParseError)
    assert "Did you mean facts" not in wrong.sentence


@pytest.mark.parametrize(
    "text", ["monthly 1 15", "monthly 1 and 15:00", "monthly 1, at 15", "monthly 1, 3pm"]
)
def test_what_is_written_as_a_time_behind_a_day_of_the_month_is_one(base: FactBase, text: str) -> None:
    found = read(base, f"ports {text}")
    assert isinstance(found, DigestChanges), found
    assert schedule_text(found.on(BEFORE)).startswith("monthly on the 1st at 15:00")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("weekly mon monthly 15", "monthly"),
        ("daily weekly", "weekly"),
        ("daily fri", "fri"),
        ("weekdays wed", "wed"),
        ("weekly 15th", "15th"),
        ("monthly 1 monthly 15", "15"),
        ("at 9 UTC new york", "new york"),
        ("facts 3 5 facts", "5 facts"),
        ("quiet off quiet 22:00-07:00", "22:00-07:00"),
        ("skip holidays keep holidays", "keep holidays"),
        ("when empty say when empty skip", "skip"),
        ("weekly first monday", "first monday"),
        ("first monday last friday", "last friday"),
        ("first monday wed", "wed"),
        ("monthly 15 last friday", "15"),
    ],
)
def test_what_contradicts_an_earlier_word_is_named_with_what_to_type(
    base: FactBase, text: str, word: str
) -> None:
    wrong = read(base, f"ports {text}")
    assert isinstance(wrong, ParseError)
    assert wrong.word == word
    assert "Type " in wrong.sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("monthly on the 15th of the month 9", "monthly on the 15th at 09:00"),
        ("15th of the month 9", "monthly on the 15th at 09:00"),
        ("on the last day of the month", "monthly on the last day"),
        ("每月15号 9点", "monthly on the 15th at 09:00"),
        ("每周一9点", "weekly on Monday at 09:00"),
        ("weekdays sat", "Friday and Saturday"),
        ("monthly last fri", "monthly on the last Friday"),
        ("every second tuesday 9:00", "monthly on the second Tuesday at 09:00"),
        ("first monday of the month 9", "monthly on the first Monday at 09:00"),
        ("last workday of each month", "monthly on the last weekday (Monday to Friday)"),
        ("每月最后一个工作日 9点", "monthly on the last weekday (Monday to Friday) at 09:00"),
        ("每月第一个周一", "monthly on the first Monday"),
        ("monthly 30", "monthly on the 30th (the last day of a shorter month)"),
    ],
)
def test_days_are_read_as_people_write_them(base: FactBase, text: str, said: str) -> None:
    found = read(base, f"ports {text}")
    assert isinstance(found, DigestChanges), found
    assert said in schedule_text(found.on(BEFORE))
