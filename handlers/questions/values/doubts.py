"""What of a fact is doubted by its curator: it is shown with its caveat alone, and never as the answer."""

from __future__ import annotations

from knowledge.base import FactBase
from knowledge.model import Fact, Pairing


def doubted(base: FactBase, fact: Fact) -> frozenset[str]:
    """Return the slugs of the places that a fact prints and that are probably not meant."""
    pairings = [record for slug in fact.subjects if isinstance(record := base.entity(slug), Pairing)]
    return frozenset(fact.doubts).union(*(pairing.doubts for pairing in pairings))


def is_doubted(base: FactBase, fact: Fact, words: str) -> bool:
    """Say whether words of a fact hold the name of a place that is probably not meant."""
    names = (record.name for slug in doubted(base, fact) if (record := base.entity(slug)))
    return any(name in words for name in names)
