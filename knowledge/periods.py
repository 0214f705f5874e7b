"""The times that a question names: a year, a month of one, a decade, years from one to another, or before or since one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.dates import MONTHS, MONTHS_IN_FULL
from knowledge.model import Entry, Fact
from knowledge.text.chinese_dates import dates_in_digits
from knowledge.text.normalize import normalize

_ERA: Final = (1900, 2100)
_YEAR: Final = r"(?<![\d.,])((?:19|20)\d\d)(?![\d]|[.,]\d)年?"
_MONTH: Final = "|".join((*MONTHS_IN_FULL, "Sept", *MONTHS))
_DAY: Final = r"0?[1-9]|[12]\d|3[01]"
_NUMBER_OF_MONTH: Final = "1[0-2]|0?[1-9]"
_OF_STATEMENT: Final = re.compile(_YEAR)
# Where several of these begin at one place, the first is meant.
_TIMES: Final = re.compile(
    rf"(?P<decade>\b(?:19|20)\d0)(?:s\b|年代)"
    rf"|{_YEAR}\s*(?:-|–|—|to|until|till|至|到)\s*{_YEAR}"
    rf"|between {_YEAR} and {_YEAR}"
    rf"|(?P<before>before|until|till|prior to) {_YEAR}"
    rf"|(?P<after>after|since) {_YEAR}"
    rf"|{_YEAR}[-/](?P<month1>{_NUMBER_OF_MONTH})(?:[-/](?P<day1>{_DAY}))?(?!\d)"
    rf"|\b(?P<day2>{_DAY})(?:st|nd|rd|th)?(?: of)? (?P<name2>{_MONTH})\b\.?(?:,? (?:of )?{_YEAR})?"
    rf"|\b(?P<name3>{_MONTH})\.? (?:the )?(?P<day3>{_DAY})(?:st|nd|rd|th)?\b(?:,? (?:of )?{_YEAR})?"
    rf"|\b(?P<name4>{_MONTH})\.?,? (?:of )?{_YEAR}"
    rf"|(?:{_YEAR}\s*)?(?<!\d)(?P<month5>{_NUMBER_OF_MONTH})\s*月份?(?:\s*(?P<day5>{_DAY})\s*[日号])?"
    rf"|(?:in|of|during) (?P<name6>{_MONTH})\b(?!,? (?:of )?{_YEAR})"
    rf"|{_YEAR}",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    **{name.lower(): number for names in (MONTHS_IN_FULL, MONTHS) for number, name in enumerate(names, 1)},
    "sept": 9,
}
# What is asked of a time when nothing else is.
WORDS: Final = frozenset(
    [
        *_NUMBERS,
        "after",
        "before",
        "between",
        "date",
        "day",
        "decade",
        "during",
        "event",
        "events",
        "month",
        "nd",
        "prior",
        "rd",
        "since",
        "st",
        "th",
        "till",
        "until",
        "year",
        "years",
        "年",
        "年至",
        "年到",
        "月至",
        "月到",
        "至",
        "到",
        "月",
        "月份",
        "日",
        "号",
        "事件",
        "大事",
    ]
)


@dataclass(frozen=True, slots=True)
class Period:
    """Years from `first` to `last`, of which only that `month` (1 to 12) is meant where it is one, and of that only that `day`; 0
    for all of them.
    """

    first: int
    last: int
    month: int = 0
    day: int = 0

    @property
    def shown(self) -> str:
        """Return the period for readers."""
        month = MONTHS_IN_FULL[self.month - 1] if self.month else ""
        month = f"{self.day} {month}" if self.day else month
        if (self.first, self.last) == _ERA:
            return month
        if self.first == self.last:
            return f"{month} {self.first}".lstrip()
        if self.first == _ERA[0]:
            return f"years before {self.last + 1}"
        return f"years since {self.first}" if self.last == _ERA[1] else f"{self.first} to {self.last}"

    def dates(self, entry: Entry) -> bool:
        """Say whether the date of an entry lies in the period."""
        year, _, rest = (entry.date if isinstance(entry, Fact) else "").partition("-")
        if not year or not self._holds(int(year)):
            return False
        return rest.startswith(f"{self.month:02}" if self.month else "") and (
            not self.day or rest[3:] == f"{self.day:02}"
        )

    def is_spoken_of(self, entry: Entry) -> bool:
        """Say whether an entry speaks of the period: in its date, its figures or its words."""
        if self.dates(entry):
            return True
        if self.month:
            return re.search(self._written, entry.statement) is not None
        years = {int(year) for year in _OF_STATEMENT.findall(entry.statement)}
        if isinstance(entry, Fact):
            years.update(figure.year for figure in entry.figures if figure.year)
        return any(map(self._holds, years))

    @property
    def _written(self) -> str:
        """Return how a month or a day is written in a statement."""
        month = MONTHS_IN_FULL[self.month - 1]
        year = "" if self.first != self.last else rf",? {self.first}\b"
        if not self.day:
            return rf"\b{month}{year}"
        return rf"\b{self.day} {month}{year}|\b{month} {self.day}\b{year}"

    def _holds(self, year: int) -> bool:
        return self.first <= year <= self.last


def periods(text: str) -> tuple[Period, ...]:
    """Return the times that a question names, each once, in their order."""
    text = dates_in_digits(normalize(text))
    # A month alone is one where nothing else is said: "may" is more often a verb.
    if alone := _NUMBERS.get(text.strip(" .,?!")):
        return (Period(*_ERA, alone),)
    return tuple(dict.fromkeys(map(_period, _TIMES.finditer(text))))


def _period(found: re.Match[str]) -> Period:
    named = found.groupdict()
    years = [int(year) for year in _OF_STATEMENT.findall(found[0])]
    if named["decade"]:
        return Period(int(named["decade"]), int(named["decade"]) + 9)
    month = _number_of(named, "month") or _NUMBERS.get(_first(named, "name").lower(), 0)
    day = _number_of(named, "day")
    if not years:
        return Period(*_ERA, month, day)
    if named["before"]:
        return Period(_ERA[0], years[0] - 1)
    if named["after"]:
        return Period(years[0] + (named["after"] == "after"), _ERA[1])
    return Period(min(years), max(years), month, day)


def _first(named: dict[str, str | None], begin: str) -> str:
    return next((value for key, value in named.items() if value and key.startswith(begin)), "")


def _number_of(named: dict[str, str | None], begin: str) -> int:
    return int(_first(named, begin) or 0)
