"""Which facts on a record are the most telling, for readers who get five at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from knowledge.model import Fact
from knowledge.vocabulary import Heading, Region, heading

_ORDER: Final = {under: place for place, under in enumerate(Heading)}
_FIRST: Final = 2
"""Subjects from this one on are only mentioned."""


def most_telling_first(facts: Iterable[Fact], slug: str, about_documents: frozenset[str]) -> tuple[Fact, ...]:
    """Return `facts` on the record `slug` as somebody tells them: of the delta before others, about it before mentioning it.

    What is about the documents themselves (of the topics `about_documents`) stands behind, and last what means another.
    """
    return tuple(sorted(facts, key=lambda fact: _order(fact, slug, about_documents)))


def _order(fact: Fact, slug: str, about_documents: frozenset[str]) -> tuple[bool, bool, bool, bool, int]:
    position = fact.subjects.index(slug) if slug in fact.subjects else len(fact.subjects)
    return (
        slug in fact.doubts,
        slug not in about_documents and not about_documents.isdisjoint(fact.topics),
        fact.region is Region.ELSEWHERE,
        position >= _FIRST,
        _ORDER[heading(fact.kind, fact.stance)],
    )
