"""Which facts on a record are the most telling, for readers who get five at a time."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.model import Fact
from knowledge.vocabulary import Kind, Region

# What a reader wants first of a place or a pairing: what is tied to it, then figures and plans.
_RANK = {
    Kind.PAIRING: 0, Kind.MECHANISM: 1, Kind.PROJECT: 1, Kind.FIGURE: 1, Kind.PLAN: 2, Kind.CLUSTER: 2,
    Kind.CASE: 2, Kind.EVENT: 2, Kind.ORGANISATION: 3, Kind.DEFINITION: 3, Kind.CLAIM: 4,
    Kind.RECOMMENDATION: 5,
}  # fmt: skip
_FIRST = 2
"""Subjects from this one on are only mentioned."""


def most_telling_first(facts: Iterable[Fact], slug: str) -> tuple[Fact, ...]:
    """Return `facts` on the record `slug`: of the delta before others, about it before mentioning it."""
    return tuple(sorted(facts, key=lambda fact: _order(fact, slug)))


def _order(fact: Fact, slug: str) -> tuple[bool, bool, int, int]:
    position = fact.subjects.index(slug) if slug in fact.subjects else len(fact.subjects)
    return fact.region is Region.ELSEWHERE, position >= _FIRST, _RANK[fact.kind], position
