"""Rhythms that people ask for and no digest has, each with the nearest there are; and what is said of one in several words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from handlers.digests.reading.when import chinese, dates

MOST_WORDS: Final = 5
"""Words that a rhythm is said in at most."""
ALONE: Final = (
    "hourly", "fortnightly", "biweekly", "bi-weekly", "semi-weekly", "semiweekly", "bimonthly", "bi-monthly", "semimonthly",
    "semi-monthly", "quarterly", "semi-annually", "semiannually", "half-yearly", "biannually", "yearly", "annually",
)  # fmt: skip
"""Rhythms of one word that a digest does not have."""
_FEW: Final = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_COUNT: Final = rf"(?:[0-9]{{1,3}}|{'|'.join(_FEW)})"
_A: Final = r"(?:a|an|per|each|every)"
_OTHER: Final = r"(?:other|alternate)"
_MONTHLY: Final = ("monthly",)
# With a weekday behind it a month needs to be told which one.
_WEEKLY: Final = ("weekly", "monthly", "monthly first")
_DAYS_OF_TIMES: Final = {
    2: "weekly mon,thu",
    3: "weekly mon,wed,fri",
    4: "weekly mon,tue,thu,fri",
    5: "weekdays",
    6: "weekly mon-sat",
}
_NEAREST: Final = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (rf"hourly|(?:every|each) (?:{_COUNT} |half )?(?:hours?|minutes?)|(?:once|twice|{_COUNT} times) {_A} hour", ("daily",)),
        (rf"(?:twice|{_COUNT} times) (?:daily|{_A} day)", ("daily",)),
        (
            rf"bi-?weekly|fortnightly|semi-?monthly|every (?:fortnight|(?:{_OTHER}|second|2nd|two|2) weeks?)"
            rf"|(?:twice|(?:two|2) times) (?:monthly|{_A} month)|{_COUNT} times (?:monthly|{_A} month)",
            _WEEKLY,
        ),
        (rf"every (?:three|3) weeks|every {_COUNT} weeks", ("monthly", "weekly")),
        (rf"every (?:{_OTHER} day|second day|two days|2 days)", ("weekly mon,wed,fri", "daily")),
        (rf"every {_COUNT} days", ("weekly mon,thu", "weekly")),
        (r"semi-?weekly", ("weekly mon,thu",)),
        (
            rf"bi-?monthly|quarterly|every (?:{_OTHER} |second )?(?:quarter|month)|every {_COUNT} months|each quarter"
            rf"|semi-?annually|half-yearly|biannually|yearly|annually|every (?:{_OTHER} |half |second )?year|every {_COUNT} years"
            rf"|(?:once|twice|{_COUNT} times) (?:yearly|{_A} (?:year|quarter))|once {_A} (?:quarter|year)",
            _MONTHLY,
        ),
    )
)  # fmt: skip
_A_WEEK: Final = re.compile(rf"(?:(twice)|({_COUNT}) times) (?:weekly|{_A} week)")
_EVERY_OTHER: Final = re.compile(rf"(?:every )?{_OTHER} (\S+)")
_ONCE: Final = re.compile(rf"once (?:(daily|weekly|monthly)|{_A} (day|week|month))")
_RHYTHM_OF: Final = {"day": "daily", "week": "weekly", "month": "monthly"}
_OPENING: Final = frozenset({"every", "each", "once", "twice", "alternate"})
# What there is, though it is said like what there is not.
_HEARD_OF: Final = frozenset({"every month"})


def opens(word: str, following: str = "") -> bool:
    """Say whether a rhythm that no digest has, or one of several words, may begin with `word`."""
    is_count = following == "times" and re.fullmatch(_COUNT, word) is not None
    return word in ALONE or word in _OPENING or is_count or chinese.UNHEARD.fullmatch(word) is not None


def unheard(words: Sequence[str]) -> tuple[int, tuple[str, ...]] | None:
    """Return how many of `words`, the first of a text in lower case, ask for a rhythm that no digest has, and what comes
    nearest to it; None where they ask for none such.
    """
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        if instead := _nearest(" ".join(words[:count])):
            return count, instead
    return None


def once(words: Sequence[str]) -> tuple[int, str] | None:
    """Return how many of `words` say "once a week" or the like, and its rhythm; None where they say none such."""
    for count in range(min(len(words), 3), 1, -1):
        if said := _ONCE.fullmatch(" ".join(words[:count])):
            return count, said[1] or _RHYTHM_OF[said[2]]
    return None


def _nearest(said: str) -> tuple[str, ...]:
    if said in _HEARD_OF:
        return ()
    if found := _A_WEEK.fullmatch(said):
        times = 2 if found[1] else int(_FEW.get(found[2], found[2]))
        return (_DAYS_OF_TIMES.get(times, "daily" if times else "weekly"),)
    if (found := _EVERY_OTHER.fullmatch(said)) and dates.weekdays(found[1]):
        return f"weekly {found[1]}", " ".join(("monthly", "first", found[1]))
    return next((instead for pattern, instead in _NEAREST if pattern.fullmatch(said)), ()) or _in_chinese(
        said
    )


def _in_chinese(said: str) -> tuple[str, ...]:
    if not chinese.UNHEARD.fullmatch(said):
        return ()
    said = said.removesuffix("一次")
    if day := re.search(f"(?:周|星期|礼拜)([{chinese.SIGNS}天])$", said):
        return f"每周{day[1]}", f"每月第一个周{day[1]}"
    if times := re.search(r"(?:周|星期|礼拜)(.+)次$", said):
        return (_CHINESE_DAYS.get(chinese.number(times[1]) or 0, "每天"),)
    for sign, instead in _CHINESE_NEAREST:
        if re.search(sign, said):
            return instead
    return ("每周", "每月")


_CHINESE_DAYS: Final = {2: "每周一四", 3: "每周一三五", 4: "每周一二四五", 5: "工作日", 6: "每周一到周六"}
_CHINESE_NEAREST: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("小时|钟头|分钟|[天日].+次", ("每天",)),
    ("季|年|个月$", ("每月",)),
    ("[天日]$", ("每周一三五", "每天")),
)
