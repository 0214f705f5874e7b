"""The words people use for days and times, in English and Chinese.

Nothing here knows what a digest is; each function reads one word and says None where it cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from difflib import get_close_matches
from typing import Final

from knowledge.dates import DAYS_IN_FULL, MONTHS

WORKDAYS: Final = (0, 1, 2, 3, 4)
EVERY_DAY: Final = (0, 1, 2, 3, 4, 5, 6)

_OTHER_DAYS: Final = {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
    **{f"{week}{sign}": at for week in ("周", "星期", "礼拜") for at, sign in enumerate("一二三四五六日")},
    **{f"{week}天": 6 for week in ("周", "星期", "礼拜")},
}  # fmt: skip
_MONTHS: Final = tuple(name.lower() for name in MONTHS)
_TIME: Final = re.compile(r"^([0-9]{1,2})(?:[:.]([0-9]{2}))?(?:\s*([ap])\.?m\.?)?$")
_DIGITS: Final = "零一二三四五六七八九"
_TENS: Final = ("", "十", *(f"{sign}十" for sign in _DIGITS[2:6]))
# Numbers as Chinese writes them, up to the minutes of an hour.
_NUMBERS: Final = {
    "零": 0,
    "〇": 0,
    "两": 2,
    **{
        f"{ten}{one}": 10 * tens + ones
        for tens, ten in enumerate(_TENS)
        for ones, one in enumerate(("", *_DIGITS[1:]))
    },
}
CHINESE_NUMBER: Final = "(?:[0-9]{1,2}|[〇零一二两三四五六七八九十]{1,3})"
"""Writes a number up to 59, in digits or not."""
_PART_OF_DAY: Final = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上)"
_MINUTE: Final = f"(?:半|[一三]刻|整|钟|{CHINESE_NUMBER})"
CHINESE_TIME: Final = f"{_PART_OF_DAY}?{CHINESE_NUMBER}[点时](?:{_MINUTE}分?)?"
"""Writes a time of day."""
_CHINESE_TIME: Final = re.compile(f"({_PART_OF_DAY})?({CHINESE_NUMBER})[点时]({_MINUTE})?分?")
_LIKE_A_TIME: Final = re.compile(rf"[0-9][0-9:.]*(?:am|pm)?|{CHINESE_TIME}")
_AFTER_NOON: Final = frozenset({"下午", "傍晚", "晚上"})
_MINUTES: Final = {"": 0, "整": 0, "钟": 0, "半": 30, "一刻": 15, "三刻": 45}
_NAMED_TIMES: Final = {"noon": time(12), "midday": time(12), "midnight": time(0), "中午": time(12)}
_ORDINAL: Final = re.compile(r"^([0-9]{1,2})(?:st|nd|rd|th|日|号)?$")


def weekday(word: str) -> int | None:
    """Return 0 (Monday) to 6 for "mon", "Mondays", "周一"."""
    low = word.lower().rstrip(".")
    for at, name in enumerate(DAYS_IN_FULL):
        if low in (name[:3].lower(), name.lower(), f"{name.lower()}s"):
            return at
    return _OTHER_DAYS.get(low)


def weekdays(word: str) -> tuple[int, ...] | None:
    """Return the days of "mon", "mon,wed", "tue+thu", "mon-fri", "weekend", "周一到周五"; None where any part is no day."""
    low = re.sub("[到至–]", "-", word.lower())
    if low in ("weekend", "weekends", "周末"):
        return (5, 6)
    found: set[int] = set()
    for part in filter(None, re.split(r"[,+/、，&]", low)):
        first, dash, last = part.partition("-")
        start, end = weekday(first), weekday(last) if dash else weekday(first)
        if start is None or end is None:
            return None
        found.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return tuple(sorted(found)) or None


def clock(word: str) -> time | None:
    """Return the time of day of "9", "9am", "09:00", "21:30", "noon", "9点半", "下午三点"."""
    low = word.lower()
    if low in _NAMED_TIMES:
        return _NAMED_TIMES[low]
    if chinese := _CHINESE_TIME.fullmatch(low):
        return _chinese_time(chinese[1] or "", chinese[2], chinese[3] or "")
    read = _TIME.match(low)
    if read is None:
        return None
    hour, half = int(read[1]), read[3]
    if half and not 1 <= hour <= 12:
        return None
    return _time(hour % 12 + 12 * (half == "p") if half else hour, int(read[2] or 0))


def looks_like_a_time(word: str) -> bool:
    """Say whether `word` is a time of day, or is written like one: "25:00", "上午15点"."""
    low = word.lower()
    return clock(low) is not None or _LIKE_A_TIME.fullmatch(low) is not None


def _chinese_time(part: str, hours: str, minutes: str) -> time | None:
    """Return the time of "下午", "三", "半"; None where the part of the day has no such hour, as 上午 has no 15."""
    hour, minute = _number(hours), _MINUTES.get(minutes, _number(minutes))
    if hour is None or minute is None:
        return None
    if part in _AFTER_NOON or (part == "中午" and hour < 3):
        # 晚上12点 is midnight to some and noon to nobody: it is not guessed.
        hour += 12 * (hour < 12)
        return _time(hour, minute) if hour > 12 else None
    return _time(hour, minute) if hour <= 12 or not part else None


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else _NUMBERS.get(word)


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def month_day(word: str) -> int | None:
    """Return 1 to 31 for "1", "1st", "15th", "5号", "十五号"; 0 for "last"."""
    if word.lower() in ("last", "last-day", "end", "月底", "最后一天"):
        return 0
    read = _ORDINAL.match(word.lower())
    day = int(read[1]) if read else _NUMBERS.get(word[:-1], 0) if word[-1:] in ("号", "日") else 0
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
    return tuple(get_close_matches(word.lower(), list(words), 3, cutoff))
