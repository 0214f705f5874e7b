"""The times that a question names: a year, a month of one, a decade, years from one to another, or before or since one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.dates import MONTHS_IN_FULL
from knowledge.model import Entry, Fact
from knowledge.text.normalize import normalize

_ERA: Final = (1900, 2100)
_YEAR: Final = r"(?<![\d.,])((?:19|20)\d\d)(?![\d]|[.,]\d)年?"
_MONTH: Final = "|".join(MONTHS_IN_FULL)
_OF_STATEMENT: Final = re.compile(_YEAR)
# Where several of these begin at one place, the first is meant.
_TIMES: Final = re.compile(
    rf"(?P<decade>\b(?:19|20)\d0)(?:s\b|年代)"
    rf"|{_YEAR}\s*(?:-|–|—|to|until|till|至|到)\s*{_YEAR}"
    rf"|between {_YEAR} and {_YEAR}"
    rf"|(?P<before>before|until|till|prior to) {_YEAR}"
    rf"|(?P<after>after|since) {_YEAR}"
    rf"|\b(?P<month>{_MONTH}),? (?:of )?{_YEAR}"
    rf"|{_YEAR}\s*(?P<chinese>1[0-2]|[1-9])\s*月"
    rf"|(?:in|of|during) (?P<any>{_MONTH})\b(?!,? (?:of )?{_YEAR})"
    rf"|{_YEAR}",
    re.IGNORECASE,
)
_NUMBERS: Final = {name.lower(): number for number, name in enumerate(MONTHS_IN_FULL, 1)}
# What is asked of a time when nothing else is.
WORDS: Final = frozenset(
    [
        *map(str.lower, MONTHS_IN_FULL),
        "after",
        "before",
        "between",
        "date",
        "decade",
        "during",
        "event",
        "events",
        "month",
        "prior",
        "since",
        "till",
        "until",
        "year",
        "years",
        "年",
        "月",
        "事件",
        "大事",
    ]
)


@dataclass(frozen=True, slots=True)
class Period:
    """Years from `first` to `last`, of which only that `month` (1 to 12) is meant where it is one; 0 for all of them."""

    first: int
    last: int
    month: int = 0

    @property
    def shown(self) -> str:
        """Return the period for readers."""
        month = MONTHS_IN_FULL[self.month - 1] if self.month else ""
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
        return bool(year) and self._holds(int(year)) and (not self.month or rest[:2] == f"{self.month:02}")

    def is_spoken_of(self, entry: Entry) -> bool:
        """Say whether an entry speaks of the period: in its date, its figures or its words."""
        if self.dates(entry):
            return True
        if self.month:
            year = "" if self.first != self.last else rf",? {self.first}\b"
            return re.search(rf"\b{MONTHS_IN_FULL[self.month - 1]}{year}", entry.statement) is not None
        years = {int(year) for year in _OF_STATEMENT.findall(entry.statement)}
        if isinstance(entry, Fact):
            years.update(figure.year for figure in entry.figures if figure.year)
        return any(map(self._holds, years))

    def _holds(self, year: int) -> bool:
        return self.first <= year <= self.last


def periods(text: str) -> tuple[Period, ...]:
    """Return the times that a question names, each once, in their order."""
    return tuple(dict.fromkeys(map(_period, _TIMES.finditer(normalize(text)))))


def _period(found: re.Match[str]) -> Period:
    named = found.groupdict()
    years = [int(year) for year in _OF_STATEMENT.findall(found[0])]
    if named["decade"]:
        return Period(int(named["decade"]), int(named["decade"]) + 9)
    month = named["month"] or named["any"]
    number = int(named["chinese"] or 0) or (_NUMBERS[month.lower()] if month else 0)
    if not years:
        return Period(*_ERA, number)
    if named["before"]:
        return Period(_ERA[0], years[0] - 1)
    if named["after"]:
        return Period(years[0] + (named["after"] == "after"), _ERA[1])
    return Period(min(years), max(years), number)
