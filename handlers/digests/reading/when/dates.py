"""The words people use for days and times, in English and Chinese, and the names that the bot says.

Nothing here knows what a digest is; each function reads one word and says None where it cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from difflib import get_close_matches
from typing import Final

from handlers.digests.reading.when import chinese
from handlers.say import say

DAYS_IN_FULL: Final = (
    say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"), say("Saturday"), say("Sunday"),
)  # fmt: skip
DAYS: Final = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))
MONTHS_IN_FULL: Final = (
    say("January"), say("February"), say("March"), say("April"), say("May"), say("June"), say("July"), say("August"),
    say("September"), say("October"), say("November"), say("December"),
)  # fmt: skip
MONTHS: Final = (
    say("Jan"), say("Feb"), say("Mar"), say("Apr"), say("May"), say("Jun"), say("Jul"), say("Aug"), say("Sep"),
    say("Oct"), say("Nov"), say("Dec"),
)  # fmt: skip
"""Monday and January first, as in `knowledge.dates`."""
WORKDAYS: Final = (0, 1, 2, 3, 4)
EVERY_DAY: Final = (0, 1, 2, 3, 4, 5, 6)

_WEEKDAYS: Final = {
    **{
        word: day
        for day, name in enumerate(map(str.lower, DAYS_IN_FULL))
        for word in (name[:3], name, f"{name}s")
    },
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
_MONTHS: Final = tuple(name.lower() for name in MONTHS)
_TIME: Final = re.compile(r"^([0-9]{1,2})(?:[:.]([0-9]{2}))?(?:\s*([ap])\.?m\.?)?$")
_LIKE_A_TIME: Final = re.compile(r"[0-9]+:[0-9:]*(?:am|pm)?")
_NAMED_TIMES: Final = {
    "noon": time(12),
    "midday": time(12),
    "midnight": time(0),
    "中午": time(12),
    "午夜": time(0),
}
_HOURS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_ORDINAL: Final = re.compile(r"^([0-9]{1,2})(?:st|nd|rd|th|日|号)?$")


def weekday(word: str) -> int | None:
    """Return 0 (Monday) to 6 for "mon", "Mondays", "周一"."""
    low = word.lower().rstrip(".")
    if low.isascii():
        return _WEEKDAYS.get(low)
    days = chinese.weekdays(low)
    return days[0] if len(days) == 1 else None


def weekdays(word: str) -> tuple[int, ...] | None:
    """Return the days of "mon", "mon,wed", "tue+thu", "mon-fri", "weekend", "周一到周五"; None where any part is no day."""
    low = re.sub("[~～–]", "-", word.lower())
    if low in ("weekend", "weekends", "周末"):
        return (5, 6)
    found: set[int] = set()
    for part in filter(None, re.split(r"[,+/、，&]", low)):
        days = chinese.weekdays(part) or _range(*re.split("[-到至]", part))
        if not days:
            return None
        found.update(days)
    return tuple(sorted(found)) or None


def _range(first: str, last: str | None = None, *more: str) -> tuple[int, ...]:
    """Return the days from one to another; none where one is no day, or there are more."""
    start, end = weekday(first), weekday(first if last is None else last)
    return () if start is None or end is None or more else chinese.from_to(start, end)


def clock(word: str) -> time | None:
    """Return the time of day of "9", "9am", "09:00", "21:30", "noon", "9点半", "下午三点"."""
    low = word.lower()
    if low in _NAMED_TIMES:
        return _NAMED_TIMES[low]
    read = _TIME.match(low)
    if read is None:
        return chinese.clock(low)
    hour, half = int(read[1]), read[3]
    if half and not 1 <= hour <= 12:
        return None
    return _time(hour % 12 + 12 * (half == "p") if half else hour, int(read[2] or 0))


def hour(word: str) -> int | None:
    """Return the hour that a word tells, in digits or in letters up to twelve; None for any other."""
    if word in _HOURS:
        return _HOURS.index(word) + 1
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 3 and int(word) < 24 else None


def looks_like_a_time(word: str) -> bool:
    """Say whether `word` is a time of day, or is written like one: "25:00", "上午15点"."""
    low = word.lower()
    return clock(low) is not None or chinese.looks_like_a_time(low) or _LIKE_A_TIME.fullmatch(low) is not None


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def month_day(word: str) -> int | None:
    """Return 1 to 31 for "1", "1st", "15th", "5号", "十五号"; 0 for "last"."""
    if word.lower() in ("last", "last-day", "end", "月底", "最后一天"):
        return 0
    read = _ORDINAL.match(word.lower())
    day = int(read[1]) if read else chinese.month_day(word) or 0
    return day if 1 <= day <= 31 else None


def day_of(words: str, today: date) -> date | None:
    """Return the date that "2026-12-24", "24 Dec", "Dec 24", "tomorrow" or "fri" stands for, from `today` on."""
    low = words.lower().strip().rstrip(".")
    if low in ("today", "tomorrow"):
        return date.fromordinal(today.toordinal() + (low == "tomorrow"))
    if (day := weekday(low)) is not None:
        return date.fromordinal(today.toordinal() + ((day - today.weekday()) % 7 or 7))
    try:
        return date.fromisoformat(low.replace("/", "-"))
    except ValueError:
        return _written_out(low, today)


def _written_out(low: str, today: date) -> date | None:
    parts = low.replace(",", " ").split()
    months = [at for part in parts if (at := _month(part))]
    days = [int(read[1]) for part in parts if (read := _ORDINAL.match(part))]
    years = [int(part) for part in parts if re.fullmatch(r"20[0-9]{2}", part)]
    if len(months) != 1 or len(days) != 1 or len(parts) != 2 + len(years):
        return None
    for year in years or (today.year, today.year + 1):
        try:
            found = date(year, months[0], days[0])
        except ValueError:
            continue
        if years or found >= today:
            return found
    return None


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS and word.isalpha() else 0


def near_words(word: str, words: Iterable[str], cutoff: float) -> tuple[str, ...]:
    """Return those of `words` that are spelt like `word`, the nearest first."""
    return tuple(get_close_matches(word.lower(), list(words), 3, min(cutoff, 1)))
