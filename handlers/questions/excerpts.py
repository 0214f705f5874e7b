"""Passages that may answer what no fact does: offered as the document's words, which nobody has curated.

Only what clearly matches: every name and year, and nearly all words of the question, within two sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from handlers.services import Services
from handlers.verdict.answerability import answers
from handlers.verdict.evidence import goes_without_saying
from knowledge.documents.passage import Passage
from knowledge.names.resolver import Outside
from knowledge.search.query import Concept, Query
from knowledge.search.terms import Alternative, index_terms

_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"(\[])|(?<=[。！？；])")
_ITEM_STARTS = re.compile(r"\n[ \t]*(?=[-*+|•][ \t]|\d{1,2}[.)][ \t])")
# "4.1.1. Twinning", "(2) A fund", "## Buses": a heading tells what follows and states nothing.
_HEADING = re.compile(r"^(?:#|\(?\d{1,2}[.)])(?!.*[.!?;:,。！？；，]$)")


# It has to hold nearly all of a question, so no word in particular.
_BINDING: Final = frozenset({"near", "name", "year", "number", "money", "time"})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One thing an excerpt should speak of, by any of `alternatives`; without a name it cannot answer."""

    concept: Concept
    alternatives: tuple[Alternative, ...]
    is_name: bool


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """A text as evidence: its words alone tell, since nobody has curated them."""

    text: str
    held: frozenset[str]
    coverage: float
    least: float
    missed: tuple[Concept, ...]
    missed_names: tuple[Concept, ...]
    bound_by: frozenset[str] = _BINDING
    has_figures: bool = False
    has_date: bool = False

    def is_near_enough(self, query: Query) -> bool:
        return self.coverage >= self.least

    def speaks_of_year(self, year: int) -> bool:
        return str(year) in self.held


@dataclass(frozen=True, slots=True)
class _Sought:
    """What an excerpt has to speak of: at least the share `least` of all `wanted`; the rules say what else."""

    services: Services
    query: Query
    wanted: tuple[_Wanted, ...]
    least: float

    def judge(self, text: str) -> _Excerpt:
        """Return `text` with what it covers of what is wanted."""
        held = _terms(text, self.services.base.lexicon.stop)
        missed = [
            thing
            for thing in self.wanted
            if not any(held.issuperset(alternative) for alternative in thing.alternatives)
        ]
        total = sum(thing.concept.weight for thing in self.wanted)
        covered = sum(thing.concept.weight for thing in self.wanted if thing not in missed)
        return _Excerpt(
            text,
            held,
            covered / (total or 1.0),
            self.least,
            tuple(thing.concept for thing in missed),
            tuple(thing.concept for thing in missed if thing.is_name),
        )

    def may_answer(self, excerpt: _Excerpt) -> bool:
        """Say whether no rule finds anything missing in `excerpt`."""
        return answers(self.services.base, self.query, excerpt, self.services.rules)

    def best_of(self, passage: Passage) -> tuple[float, Passage] | None:
        """Return the sentence, or the two, of `passage` that speak of most, if anything does that may answer."""
        if not self.may_answer(self.judge(passage.text)):
            # What the whole paragraph leaves out, no part of it holds.
            return None
        good = filter(self.may_answer, map(self.judge, _windows(passage.text)))
        best = max(good, key=lambda excerpt: excerpt.coverage, default=None)
        return (best.coverage, replace(passage, text=best.text)) if best else None


def offered(services: Services, query: Query, *, is_off_topic: bool) -> tuple[Passage, ...]:
    """Return at most two excerpts, best first; for what is off topic only from documents that a team added."""
    if not services.passages.at_hand():
        return ()
    tuning = services.base.tuning
    wanted = tuple(_wanted(services, query))
    words = [concept for concept in query.concepts if not concept.is_name]
    if (
        len(wanted) + len(query.years) < tuning.excerpt_concepts
        or sum(w.weight for w in words) < tuning.tells
    ):
        return ()
    terms = (term for thing in wanted for alternative in thing.alternatives for term in alternative)
    least = tuning.excerpt_off_topic if is_off_topic else tuning.excerpt
    sought = _Sought(services, query, wanted, least)
    passages = services.passages.matching(
        (*terms, *map(str, query.years)), only_added=is_off_topic, limit=tuning.excerpt_candidates
    )
    good = [best for passage in passages if (best := sought.best_of(passage))]
    good.sort(key=lambda excerpt: -excerpt[0])
    return tuple(passage for _, passage in good[: tuning.most_excerpts])


def _wanted(services: Services, query: Query) -> Iterator[_Wanted]:
    stop = services.base.lexicon.stop
    outside = {m.resolution.typed for m in query.mentions if isinstance(m.resolution, Outside)}
    for concept in query.concepts:
        names = (index_terms(name, stop) for owner in concept.owners for name in _names(services, owner))
        # A word that no fact holds has no ways; it counts all the more.
        is_known = concept.alternatives or concept.owners
        said = (
            (alternative for alternative, _ in concept.alternatives)
            if is_known
            else (index_terms(concept.surface, stop),)
        )
        alternatives = tuple(dict.fromkeys(alternative for alternative in (*said, *names) if alternative))
        is_name = concept.is_name or concept.surface in outside
        if alternatives and not (is_name and concept.owners and goes_without_saying(services.base, concept)):
            yield _Wanted(concept, alternatives, is_name)


def _names(services: Services, slug: str) -> tuple[str, ...]:
    record = services.base.entity(slug)
    return record.spellings() if record else ()


@lru_cache(maxsize=1_000)
def _terms(text: str, stop: frozenset[str]) -> frozenset[str]:
    """The index terms of `text`; kept, because the same paragraphs come up again and again."""
    return frozenset(index_terms(text, stop))


def _windows(text: str) -> Iterable[str]:
    lines = (" ".join(item.split()) for item in _ITEM_STARTS.split(text))
    sentences = [s for line in lines for s in _SENTENCE_ENDS.split(line) if s and not _HEADING.match(s)]
    yield from sentences
    yield from (f"{one} {other}" for one, other in pairwise(sentences))
