"""The dates that stand in what somebody writes as a source, each where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.dates import MONTHS_IN_FULL

_YEAR: Final = r"(?:19|20)[0-9]{2}"
_MONTH: Final = r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_DATE: Final = re.compile(
    rf"(?P<y1>{_YEAR})(?P<mark>[-/.])(?P<m1>[0-9]{{1,2}})(?:(?P=mark)(?P<d1>[0-9]{{1,2}}))?(?![0-9]|[-/.][0-9])"
    rf"|(?P<one>[0-9]{{1,2}})(?P<sign>[./-])\s?(?P<other>[0-9]{{1,2}})(?P=sign)\s?(?P<y2>{_YEAR})(?![0-9])"
    rf"|(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH.format('m3')},?(?: of)? (?P<y3>{_YEAR})(?![0-9])"
    rf"|(?P<y8>{_YEAR}), {_MONTH.format('m8')}(?: (?P<d8>[0-9]{{1,2}}))?(?=\s*[)）\]])"
    rf"|\b{_MONTH.format('m4')} (?:the )?(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y4>{_YEAR})(?![0-9])"
    rf"|\b{_MONTH.format('m5')},?(?: of)? (?P<y5>{_YEAR})(?![0-9])"
    rf"|(?P<y6>{_YEAR})\s?年(?:\s?(?P<m6>[0-9]{{1,2}})\s?月(?:\s?(?P<d6>[0-9]{{1,2}})\s?[日号])?)?"
    rf"|(?P<y7>{_YEAR})(?![0-9]|[-–—/.至到][0-9])",
    re.IGNORECASE,
)
_MONTHS: Final = tuple(month[:3].lower() for month in MONTHS_IN_FULL)
# Digits that go on to the left are part of a longer number, or begin a run.
_RUNS_ON: Final = re.compile(r"[0-9]\s?[-–—/.]\s?$|[0-9]$|[0-9](?:st|nd|rd|th)?\s?[-–—]\s?$")
_SEEN: Final = re.compile(
    r"[\s(（\[,，;；]*(?:\b(?:last\s+)?(?:retrieved|accessed|viewed|visited|consulted|downloaded|checked|seen)(?:\s+on)?(?:\s+the)?"
    r"|(?:最后)?(?:访问|检索|查阅|浏览|下载|引用)(?:日期|时间|于)?)\s*[:：]?\s*$",
    re.IGNORECASE,
)
_SEEN_BEHIND: Final = re.compile(r"\s*(?:访问|检索|查阅|浏览|下载)(?:日期|时间)?")
_LONGEST_LEAD: Final = 30


@dataclass(frozen=True, slots=True)
class DateIn:
    """A date that stands from `start` to `end`, to the year, month or day as `value`; "" where the parts of what is `written` may be
    either day or month. Of one that `is_seen` it is said that the source was looked up then.
    """

    start: int
    end: int
    written: str
    value: str
    is_seen: bool = False

    @property
    def is_year(self) -> bool:
        """Say whether it is a year and no more."""
        return self.value.isdecimal() and self.written.isdecimal()


def find(text: str) -> tuple[DateIn, ...]:
    """Return the dates in a text, in their order; runs of days or years are none."""
    return tuple(_each(text))


def _each(text: str) -> Iterator[DateIn]:
    for found in _DATE.finditer(text):
        start, end = found.span()
        value = _value(found)
        if value is None or _RUNS_ON.search(text[max(0, start - 6) : start]):
            continue
        lead = _lead(text, start)
        behind = _SEEN_BEHIND.match(text, end)
        if lead is None and behind is None:
            yield DateIn(start, end, found[0], value)
            continue
        first = start - len(lead[0]) if lead else start
        last = behind.end() if behind else end
        closing = re.match(r"\s*[)）\]]", text[last:])
        yield DateIn(first, last + (closing.end() if closing else 0), found[0], value, is_seen=True)


def _lead(text: str, start: int) -> re.Match[str] | None:
    """Return what says before a date that a source was looked up then; "Places seen 2025" is a title."""
    lead = _SEEN.search(text[max(0, start - _LONGEST_LEAD) : start])
    is_bare_year = re.match(r"(?:19|20)[0-9]{2}(?![0-9年/.-])", text[start:]) is not None
    is_apart = (
        lead is None or lead[0][:1] in "(（[,，;；:：" or re.search(r"[:：]|\bon\b", lead[0], re.IGNORECASE)
    )
    return None if is_bare_year and not is_apart else lead


def _value(found: re.Match[str]) -> str | None:
    """Return a date as it is kept, "" where it may be two, None where it is none."""
    if found["y2"]:
        return _by_parts(int(found["one"]), int(found["other"]), found["y2"], found["sign"])
    at = next(number for number in range(1, 9) if number != 2 and found[f"y{number}"])
    groups = found.groupdict()
    month, day = groups.get(f"m{at}"), groups.get(f"d{at}")
    if month and not month.isdecimal():
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    return _kept(found[f"y{at}"], int(month or 0), int(day or 0))


def _by_parts(one: int, other: int, year: str, sign: str) -> str | None:
    """Return the date of two numbers before a year. With full stops the day stands first; else either may."""
    if sign == "." or one > len(_MONTHS):
        return _kept(year, other, one)
    if other > len(_MONTHS) or one == other:
        return _kept(year, one, other)
    return "" if _kept(year, other, one) else None


def _kept(year: str, month: int, day: int) -> str | None:
    if not month:
        return year
    try:
        date(int(year), month, day or 1)
    except ValueError:
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")
