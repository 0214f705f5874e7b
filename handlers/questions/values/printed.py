"""What a statement prints, and where: names, times, numbers, words in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from knowledge.dates import MONTHS_IN_FULL
from knowledge.model import Fact, Named
from knowledge.names.mentions import exact_in_words
from knowledge.names.resolver import NameResolver
from knowledge.text.normalize import normalize, tokenize

_REMEMBERED: Final = 2048
_MONTH: Final = "|".join(MONTHS_IN_FULL)
_YEAR: Final = r"(?:19|20)\d\d"
_INFERRED: Final = rf"(?: of the (?:next|previous) year)? \(({_YEAR}), inferred\)"
_TIMES: Final = re.compile(
    rf"(?P<inferred>(?:the )?(?:(?:end of )?(?:the )?previous year|(?:about )?(?:\d{{1,2}} )?(?:{_MONTH})|the year)"
    rf"(?: of the (?:next|previous) year| of the year before the news item)?) \((?P<which>{_YEAR}), inferred\)"
    rf"|(?:\d{{1,2}} )?(?:{_MONTH})(?: \d{{1,2}},)?(?: {_YEAR})?(?: \(inferred\))?"
    rf"|{_YEAR}-\d\d-\d\d|{_YEAR}(?:-| to ){_YEAR}|the {_YEAR}s|{_YEAR}(?![-\d])"
    r"|a few decades ago"
)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_QUOTED: Final = re.compile(r"\"([^\"]+)\"|“([^”]+)”")


@dataclass(frozen=True, slots=True)
class Printed:
    """A name in a statement: where it stands, and what it names."""

    start: int
    end: int
    record: Named


def names(known: NameResolver, fact: Fact) -> tuple[Printed, ...]:
    """Return the names that the statement of a fact prints, in order; one of several namesakes is that which the fact is about."""
    return _names(known, fact.statement, fact.subjects)


@lru_cache(_REMEMBERED)
def _names(known: NameResolver, statement: str, subjects: tuple[str, ...]) -> tuple[Printed, ...]:
    words, spans = _words(statement)
    found = []
    for start, end, records in exact_in_words(known, words):
        own = [record for record in records if record.slug in subjects] or list(records)
        if len(own) == 1:
            found.append(Printed(spans[start][0], spans[end - 1][1], own[0]))
    return tuple(found)


def _words(statement: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the folded words of a statement and where each stands in it."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for chunk in re.finditer(r"[^\s/()]+", statement):
        position, lower = chunk.start(), statement.lower()
        for word in tokenize(normalize(chunk[0])):
            at = lower.find(word, position, chunk.end())
            # "Xi'an" is read without its mark.
            start, end = (
                (at, at + len(word)) if at >= 0 else (position, chunk.start() + len(chunk[0].rstrip(",.;:")))
            )
            words.append(word)
            spans.append((start, end))
            position = end
    return words, spans


@lru_cache(_REMEMBERED)
def times(statement: str) -> tuple[str, ...]:
    """Return the times that a statement prints, in words to be shown: "16 May 2019 (inferred)"."""
    found = dict.fromkeys(_time(found) for found in _TIMES.finditer(statement))
    return tuple(one for one in found if not any(one in other for other in found if other != one))


def _time(found: re.Match[str]) -> str:
    if not found["which"]:
        return date_in_words(found[0]) if _DATE.fullmatch(found[0]) else found[0]
    printed = found["inferred"]
    printed = re.sub(r"(?<!end) of the (?:next|previous) year| of the year before the news item", "", printed)
    printed = re.sub(r"^the (?=end of )|(?:the )?(?:previous )?year$", "", printed)
    return " ".join((*printed.split(), found["which"], "(inferred)"))


@lru_cache(_REMEMBERED)
def quoted(statement: str) -> tuple[str, ...]:
    """Return what a statement prints in quotation marks."""
    return tuple(one or other for one, other in _QUOTED.findall(statement))


def date_in_words(date: str) -> str:
    """Return a date as exact as it is, in words: "23 June 2018", "June 2018"."""
    year, month, day = (*date.split("-"), "", "")[:3]
    named = MONTHS_IN_FULL[int(month) - 1] if month else ""
    return " ".join(filter(None, (day.lstrip("0"), named, year)))
