"""Passages that may answer what no fact does: offered as the document's words, which nobody has curated.

Only what clearly matches: every name and year, and nearly all words of the question, within two sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from handlers.desk import Desk
from handlers.judging import TELLS, goes_without_saying, is_of_the_kind_asked
from knowledge.names import Outside
from knowledge.passage import Passage
from knowledge.query import Query
from knowledge.terms import Way, form

MOST = 2
# Share of the question's weight that must be matched; of a question that is about nothing in the base, all of it.
ENOUGH, ALL = 0.85, 0.999
_LEAST_CONCEPTS = 2
_CANDIDATES = 30
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"(\[])|(?<=[。！？；])")
_ITEM_STARTS = re.compile(r"\n[ \t]*(?=[-*+|•][ \t]|\d{1,2}[.)][ \t])")
# "4.1.1. Twinning", "(2) A fund", "## Buses": a heading tells what follows and states nothing.
_HEADING = re.compile(r"^(?:#|\(?\d{1,2}[.)])(?!.*[.!?;:,。！？；，]$)")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One thing a passage should speak of, by any of `ways`."""

    ways: tuple[Way, ...]
    weight: float
    required: bool


@dataclass(frozen=True, slots=True)
class _Excerpt:
    passage: Passage
    coverage: float


def offered(desk: Desk, query: Query, *, is_off_topic: bool) -> tuple[Passage, ...]:
    """Return at most two excerpts, best first; for what is off topic only from documents that a team added."""
    if desk.passages is None:
        return ()
    wanted = tuple(_wanted(desk, query))
    words = [concept for concept in query.concepts if not concept.is_name]
    if len(wanted) < _LEAST_CONCEPTS or sum(word.weight for word in words) < TELLS:
        return ()
    terms = (term for thing in wanted for way in thing.ways for term in way)
    least = ALL if is_off_topic else ENOUGH
    good: list[_Excerpt] = []
    for passage in desk.passages.matching(terms, only_added=is_off_topic, limit=_CANDIDATES):
        # What the whole paragraph leaves out, no part of it holds.
        if _coverage(wanted, passage.text) < least:
            continue
        if (best := _best(query, wanted, passage)).coverage >= least:
            good.append(best)
    good.sort(key=lambda excerpt: -excerpt.coverage)
    return tuple(excerpt.passage for excerpt in good[:MOST])


def _wanted(desk: Desk, query: Query) -> Iterator[_Wanted]:
    outside = {m.resolution.typed for m in query.mentions if isinstance(m.resolution, Outside)}
    for concept in query.concepts:
        names = (form(name) for owner in concept.owners for name in _names(desk, owner))
        # A word that no fact holds has no ways; it counts all the more.
        said = (way for way, _ in concept.ways) if concept.ways or concept.owners else (form(concept.shown),)
        ways = tuple(dict.fromkeys(way for way in (*said, *names) if way))
        is_name = concept.is_name or concept.shown in outside
        if ways and not (is_name and goes_without_saying(concept) and concept.owners):
            yield _Wanted(ways, concept.weight, required=is_name)
    for year in query.years:
        yield _Wanted(((str(year),),), 0.0, required=True)


def _names(desk: Desk, slug: str) -> tuple[str, ...]:
    record = desk.base.entity(slug)
    return record.spellings() if record else ()


def _best(query: Query, wanted: tuple[_Wanted, ...], passage: Passage) -> _Excerpt:
    """Return the sentence, or the two, of `passage` that speak of most."""
    windows = [window for window in _windows(passage.text) if is_of_the_kind_asked(query, window)]
    best = max(windows, key=lambda window: _coverage(wanted, window), default="")
    return _Excerpt(replace(passage, text=best), _coverage(wanted, best))


def _coverage(wanted: tuple[_Wanted, ...], text: str) -> float:
    """Return the share of what is wanted that `text` speaks of; 0 where it leaves out what must be there."""
    held = _terms(text)
    spoken = [thing for thing in wanted if any(held.issuperset(way) for way in thing.ways)]
    if any(thing.required for thing in wanted if thing not in spoken):
        return 0.0
    return sum(thing.weight for thing in spoken) / (sum(thing.weight for thing in wanted) or 1.0)


@lru_cache(maxsize=1_000)
def _terms(text: str) -> frozenset[str]:
    """The index terms of `text`; kept, because the same paragraphs come up again and again."""
    return frozenset(form(text))


def _windows(text: str) -> Iterable[str]:
    lines = (" ".join(item.split()) for item in _ITEM_STARTS.split(text))
    sentences = [s for line in lines for s in _SENTENCE_ENDS.split(line) if s and not _HEADING.match(s)]
    yield from sentences
    yield from (f"{one} {other}" for one, other in pairwise(sentences))
