"""Until when a digest is to be paused, as people say it: "until next monday", "for two weeks", 一周, 到12月24日."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from handlers.digests.reading.when import chinese, dates
from handlers.digests.reading.when.numbers import number

_LEAD: Final = re.compile(
    r"^(?:(?:until|till|to|through|til|on|from now until)\s+|(?:直到|到|至)\s*)+", re.IGNORECASE
)
_TO_IN_CHINESE: Final = re.compile("[到至]")
_END: Final = re.compile(r"(?:\s*(?:please|thanks|为止|再恢复|前|之前))+$", re.IGNORECASE)
_UNIT: Final = r"(?P<unit>days?|weeks?|fortnights?|months?|years?|天|日|周|个?星期|个?礼拜|个?月|年)"
_SPAN: Final = re.compile(
    rf"(?:for\s+|in\s+)?(?:the\s+(?:next|coming)\s+)?(?P<count>\d{{1,3}}|[a-z]+|[一两二三四五六七八九十半]{{1,3}}|)\s*{_UNIT}",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(r"(?:the\s+)?(?:next|下个?)\s*(?P<what>\S+)", re.IGNORECASE)
_END_OF: Final = re.compile(
    r"(?:(?:the\s+)?end of (?:the |this )?|this )(?P<unit>week|month|year)|(?P<zh>月底|年底|周末)",
    re.IGNORECASE,
)
_THROUGH_NEXT: Final = re.compile(
    r"(?:(?:for|the)\s+)*(?:next|下个?)\s*(week|month|year|周|星期|礼拜|月|年)", re.IGNORECASE
)
# What comes again and again is no day until which anything lasts.
_EACH: Final = re.compile(
    r"\b(?:every|each)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun|week)days\b|\bweekends\b|每", re.IGNORECASE
)
_IN_ENGLISH: Final = {"周": "week", "星期": "week", "礼拜": "week", "月": "month", "年": "year"}
_CHINESE_DATE: Final = re.compile(r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?")
_A: Final = frozenset({"a", "an", "one", "this", "the", "next", "coming", ""})
_RELATIVE: Final = {"今天": 0, "明天": 1, "后天": 2}
_YEAR: Final = 366
_ANY_DAY: Final = date(2000, 1, 1)


def until(words: str, today: date) -> date | None:
    """Return the first day on which a digest comes again; None where the words tell none.

    What is said in weeks or days counts from `today` on; a day of next week is in the one that begins on its Monday.
    """
    whole = _END.sub("", words.strip().strip(" ,.。！!")).strip()
    said = _LEAD.sub("", whole)
    if tells_each(said) or (_TO_IN_CHINESE.match(whole) and _SPAN.fullmatch(said)):
        # 至3周 is the end of a range.
        return None
    if whole == said and (past := _THROUGH_NEXT.fullmatch(said)):
        # Said of a week, and not of its beginning.
        return _end_of(f"this {_IN_ENGLISH.get(past[1].lower(), past[1])}", _next(said, today) or today)
    for read in (_next, _end_of, _span, _in_chinese):
        if found := read(said, today):
            return found
    return dates.day_of(said, today)


def is_until(words: str) -> bool:
    """Say whether words tell until when: "on friday" and "tomorrow" say on which day, and a pause begins at once."""
    return not words.lower().startswith("on ") and words.lower() not in ("tomorrow", "明天", "后天")


def dated(words: str, today: date) -> str:
    """Return words that tell until when as a button says them: with the day they stand for now, whenever it is pressed."""
    found = until(words, today) if words and is_until(words) else None
    return f"until {found.isoformat()}" if found else words


def tells_each(words: str) -> bool:
    """Say whether words speak of a day of every week, and of no single one: "on fridays", 每周五."""
    return _EACH.search(words) is not None


def tells_until(words: str) -> bool:
    """Say whether words tell until when, whatever day it is."""
    return until(words, _ANY_DAY) is not None


def _span(said: str, today: date) -> date | None:
    found = _SPAN.fullmatch(said)
    if found is None:
        return None
    counted, unit = found["count"].lower(), found["unit"].lower().rstrip("s")
    count = 1 if counted in _A else number(counted) or chinese.number(counted)
    return _later(today, unit, count) if count and count <= _YEAR else None


def _later(today: date, unit: str, count: int) -> date | None:
    if unit in ("day", "天", "日"):
        return today + timedelta(days=count)
    if unit in ("week", "周") or unit.endswith(("星期", "礼拜")):
        return today + timedelta(weeks=count)
    if unit == "fortnight":
        return today + timedelta(weeks=2 * count)
    months = count * (12 if unit in ("year", "年") else 1)
    return _in_months(today, months)


def _in_months(today: date, months: int) -> date:
    """Return the same day so many months on, the last of a shorter month."""
    first = _first_of_month(today, months)
    last = _first_of_month(first, 1) - timedelta(days=1)
    return first.replace(day=min(today.day, last.day))


def _first_of_month(today: date, months: int) -> date:
    at = today.year * 12 + today.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def _next(said: str, today: date) -> date | None:
    """Return the Monday of "next week", the first of "next month", the day of next week of "next friday"."""
    found = _NEXT.fullmatch(said)
    if found is None:
        return None
    what = found["what"].lower()
    monday = today + timedelta(days=7 - today.weekday())
    if what in ("week", "周", "星期", "礼拜"):
        return monday
    if what in ("month", "月"):
        return _first_of_month(today, 1)
    if what in ("year", "年"):
        return date(today.year + 1, 1, 1)
    day = dates.weekday(what)
    return None if day is None else monday + timedelta(days=day)


def _end_of(said: str, today: date) -> date | None:
    """Return the first day behind the end of this week, month or year."""
    found = _END_OF.fullmatch(said)
    if found is None:
        return None
    unit = found["unit"] or {"月底": "month", "年底": "year", "周末": "week"}[found["zh"]]
    if unit.lower() == "week":
        return today + timedelta(days=7 - today.weekday())
    return _first_of_month(today, 1) if unit.lower() == "month" else date(today.year + 1, 1, 1)


def _in_chinese(said: str, today: date) -> date | None:
    if said in _RELATIVE:
        return today + timedelta(days=_RELATIVE[said])
    found = _CHINESE_DATE.fullmatch(said)
    if found is None:
        return None
    for year in (int(found["year"]),) if found["year"] else (today.year, today.year + 1):
        try:
            day = date(year, int(found["month"]), int(found["day"]))
        except ValueError:
            return None
        if found["year"] or day >= today:
            return day
    return None
