"""The words people use for days, times and zones, in English and Chinese.

Nothing here knows what a digest is; each function reads one word and says None where it cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from knowledge.dates import DAYS_IN_FULL, MONTHS

WORKDAYS: Final = (0, 1, 2, 3, 4)
EVERY_DAY: Final = (0, 1, 2, 3, 4, 5, 6)

_OTHER_DAYS: Final = {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
    **{f"周{sign}": at for at, sign in enumerate("一二三四五六日")},
    **{f"星期{sign}": at for at, sign in enumerate("一二三四五六日")},
    "周天": 6, "星期天": 6,
}  # fmt: skip
_MONTHS: Final = tuple(name.lower() for name in MONTHS)
_TIME: Final = re.compile(r"^([0-9]{1,2})(?:[:.]([0-9]{2}))?(?:\s*([ap])\.?m\.?)?$")
_CHINESE_TIME: Final = re.compile(r"^([0-9]{1,2})[点时](?:([0-9]{1,2})分?|(半))?$")
_NAMED_TIMES: Final = {"noon": time(12), "midday": time(12), "midnight": time(0), "中午": time(12)}
_ORDINAL: Final = re.compile(r"^([0-9]{1,2})(?:st|nd|rd|th|日|号)?$")
# The areas of the IANA list whose zones are named after a place in them; what else has a "/" is an old name of one.
_AREAS: Final = frozenset(
    {"Africa", "America", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
# Names of places in the list that are words first, or states and directions: they are read with their area alone.
_WORDS: Final = frozenset(
    {
        "act", "canary", "center", "christmas", "easter", "jersey", "lhi", "midway", "north", "nsw", "oral", "queensland",
        "resolute", "reunion", "south", "tasmania", "victoria", "virgin", "wake", "west", "yap",
    }
)  # fmt: skip
# Cities that people name and the IANA list does not (data.iana.org/time-zones: one city stands for a zone), countries
# with one clock, and what is said of a clock that means one zone: "CST" is China's, Chicago's and Cuba's.
_CITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("beijing", "peking", "shenzhen", "guangzhou", "wuhan", "chengdu", "tianjin", "xian", "china", "cst china",
             "北京", "上海", "中国", "深圳", "广州"), "Asia/Shanghai"),
        **dict.fromkeys(("san francisco", "seattle", "silicon valley", "pacific time"), "America/Los_Angeles"),
        **dict.fromkeys(("boston", "washington", "washington dc", "miami", "atlanta", "eastern time"), "America/New_York"),
        **dict.fromkeys(("houston", "dallas", "austin", "central time"), "America/Chicago"),
        **dict.fromkeys(("frankfurt", "munich", "hamburg", "cologne", "germany", "cet", "cest"), "Europe/Berlin"),
        **dict.fromkeys(("geneva", "basel", "bern", "switzerland"), "Europe/Zurich"),
        **dict.fromkeys(("milan", "turin", "italy"), "Europe/Rome"),
        **dict.fromkeys(("barcelona", "spain"), "Europe/Madrid"),
        **dict.fromkeys(("edinburgh", "manchester", "oxford", "cambridge", "uk"), "Europe/London"),
        **dict.fromkeys(("osaka", "kyoto", "japan", "jst"), "Asia/Tokyo"),
        **dict.fromkeys(("delhi", "new delhi", "mumbai", "bangalore", "bengaluru", "chennai", "india"), "Asia/Kolkata"),
        "canberra": "Australia/Sydney", "hanoi": "Asia/Bangkok", "abu dhabi": "Asia/Dubai", "hongkong": "Asia/Hong_Kong",
        "香港": "Asia/Hong_Kong", "澳门": "Asia/Macau", "台北": "Asia/Taipei", "东京": "Asia/Tokyo", "新加坡": "Asia/Singapore",
        "france": "Europe/Paris", "ireland": "Europe/Dublin", "netherlands": "Europe/Amsterdam", "poland": "Europe/Warsaw",
        "sweden": "Europe/Stockholm", "thailand": "Asia/Bangkok", "vietnam": "Asia/Ho_Chi_Minh", "taiwan": "Asia/Taipei",
        **dict.fromkeys(("korea", "south korea", "kst"), "Asia/Seoul"), "hkt": "Asia/Hong_Kong",
        "gmt": "UTC", "z": "UTC", "utc": "UTC",
    }
)  # fmt: skip


def weekday(word: str) -> int | None:
    """Return 0 (Monday) to 6 for "mon", "Mondays", "周一"."""
    low = word.lower().rstrip(".")
    for at, name in enumerate(DAYS_IN_FULL):
        if low in (name[:3].lower(), name.lower(), f"{name.lower()}s"):
            return at
    return _OTHER_DAYS.get(low)


def weekdays(word: str) -> tuple[int, ...] | None:
    """Return the days of "mon", "mon,wed", "tue+thu", "mon-fri", "weekend"; None where any part is no day."""
    low = word.lower()
    if low in ("weekend", "weekends"):
        return (5, 6)
    found: set[int] = set()
    for part in filter(None, re.split(r"[,+/、，&]", low)):
        first, dash, last = part.replace("–", "-").partition("-")
        start, end = weekday(first), weekday(last) if dash else weekday(first)
        if start is None or end is None:
            return None
        found.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return tuple(sorted(found)) or None


def clock(word: str) -> time | None:
    """Return the time of day of "9", "9am", "09:00", "21:30", "noon", "9点半"."""
    low = word.lower()
    if low in _NAMED_TIMES:
        return _NAMED_TIMES[low]
    if chinese := _CHINESE_TIME.match(low):
        return _time(int(chinese[1]), 30 if chinese[3] else int(chinese[2] or 0))
    read = _TIME.match(low)
    if read is None:
        return None
    hour, half = int(read[1]), read[3]
    if half and not 1 <= hour <= 12:
        return None
    return _time(hour % 12 + 12 * (half == "p") if half else hour, int(read[2] or 0))


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def month_day(word: str) -> int | None:
    """Return 1 to 31 for "1", "1st", "15th", "5号"; 0 for "last"."""
    if word.lower() in ("last", "last-day", "end", "月底", "最后一天"):
        return 0
    read = _ORDINAL.match(word.lower())
    return int(read[1]) if read and 1 <= int(read[1]) <= 31 else None


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


def zone(words: str) -> str | None:
    """Return the IANA name of a zone named by that name, a city or country, or "UTC" ("Asia/Shanghai", "new york")."""
    low = " ".join(words.lower().replace("_", " ").split())
    return _zones().get(low) or _CITIES.get(low)


def near_zones(words: str, cutoff: float) -> tuple[str, ...]:
    """Return up to three zones whose names or cities are spelt like `words`."""
    low = " ".join(words.lower().replace("_", " ").split())
    known = {**_CITIES, **_zones()}
    return tuple(dict.fromkeys(known[key] for key in get_close_matches(low, known, 4, cutoff)))[:3]


def near_words(word: str, words: Iterable[str], cutoff: float) -> tuple[str, ...]:
    """Return those of `words` that are spelt like `word`, the nearest first."""
    return tuple(get_close_matches(word.lower(), list(words), 3, cutoff))


@cache
def _zones() -> Mapping[str, str]:
    """Zones by folded name, and by the last part of it where that is a place and no other word."""
    names = {name.replace("_", " ").lower(): name for name in sorted(available_timezones()) if _is_kept(name)}
    cities: dict[str, str] = {}
    for folded, name in names.items():
        area, _, _ = name.partition("/")
        city = folded.rpartition("/")[2]
        if area in _AREAS and city not in _WORDS:
            cities.setdefault(city, name)
    return MappingProxyType({**cities, **names})


def _is_kept(name: str) -> bool:
    # Without a "/" it is an old name ("Navajo", "Factory"); of Etc it has the sign that nobody expects (Etc/GMT-8 is east).
    return name == "UTC" or ("/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/")))


def is_zone(name: str) -> bool:
    """Say whether `name` is a zone that the machine's data knows."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
