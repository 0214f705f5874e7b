"""When a source appeared, by what is written of it."""

from __future__ import annotations

import re
from typing import Final

from handlers.curation.sources import dates_in
from knowledge.dates import MONTHS_IN_FULL
from knowledge.model import Document
from knowledge.periods import Period, periods

MONTH: Final = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
"""The name of a month, or how it is shortened, as a pattern."""
_ISO: Final = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,2}))?")
_FIGURES: Final = re.compile(r"[0-9]{1,2}[-/. ]+[0-9]{1,2}[-/. ]+[0-9]{4}")
_MONTHS_BEGIN: Final = tuple(month[:3].lower() for month in MONTHS_IN_FULL)
_DAY: Final = re.compile(
    rf"\b(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH})"
    rf"|(?P<first>{MONTH})(?: (?P<second>[0-9]{{1,2}})(?:st|nd|rd|th)?\b)?)",
    re.IGNORECASE,
)
_CHINESE_DAY: Final = re.compile(r"(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日号])?")
_ERA: Final = range(1000, 10_000)


def date_of(text: str) -> str:
    """Return the one date that `text` is, to the year, month or day, "" where it is none: "May 2025" is 2025-05."""
    if digits := _ISO.fullmatch(text.strip()):
        return "-".join(part.zfill(2) for part in digits.groups() if part)
    alone = [one for one in dates_in.find(text.strip()) if one.written == text.strip()]
    if alone or _FIGURES.fullmatch(text.strip()):
        # Of what may be two dates, or is no day at all, the year alone is not what was meant.
        return alone[0].value if alone else ""
    found = periods(text)
    return dated(found[0]) if len(found) == 1 else ""


def dated(period: Period) -> str:
    """Return a period as a date, to the year, month or day; "" where it is of several years, or before any source."""
    if period.first != period.last or period.first not in _ERA:
        return ""
    month = f"-{period.month:02}" if period.month else ""
    return f"{period.first}{month}" + (f"-{period.day:02}" if period.month and period.day else "")


def is_of_another_day(document: Document, text: str) -> bool:
    """Say whether `text` names a day or a month on which a document did not appear: another issue of the same paper."""
    month, day = _day_in(text)
    _, _, rest = document.published.partition("-")
    own = [int(part) for part in rest.split("-") if part]
    return bool(month and own) and (month != own[0] or bool(day and own[1:] and day != own[1]))


def _day_in(text: str) -> tuple[int, int]:
    """Return the month and the day that a text names, in either order, with a year or without; 0 for none."""
    if found := _DAY.search(text):
        month = _MONTHS_BEGIN.index((found["month"] or found["first"])[:3].lower()) + 1
        return month, int(found["day"] or found["second"] or 0)
    if found := _CHINESE_DAY.search(text):
        return int(found["month"]), int(found["day"] or 0)
    dated = [period for period in periods(text) if period.month]
    return (dated[0].month, dated[0].day) if len(dated) == 1 else (0, 0)
