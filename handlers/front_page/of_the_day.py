"""A fact for each day: what was done or measured in the delta, sure, and short enough to be read in passing."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.vocabulary import Kind, Region

# What somebody reads who asked nothing: no opinion, and nothing that needs the sentence before it.
_KINDS: Final = frozenset({Kind.PAIRING, Kind.EVENT, Kind.PROJECT, Kind.FIGURE, Kind.PLAN, Kind.MECHANISM})
_LONGEST: Final = 220


def fact_of_the_day(base: FactBase, day: date) -> Fact | None:
    """Return the fact of `day`; each has its day before one comes again. None where the base holds none that would do."""
    pool = sorted(filter(lambda fact: _is_fit(base, fact), base.facts), key=_shuffled)
    return pool[day.toordinal() % len(pool)] if pool else None


def _is_fit(base: FactBase, fact: Fact) -> bool:
    is_sure = not fact.caveat and not fact.doubts
    is_own = fact.region is Region.DELTA and base.about_documents.isdisjoint(fact.topics)
    return is_sure and is_own and fact.kind in _KINDS and len(fact.statement) <= _LONGEST


def _shuffled(fact: Fact) -> str:
    # Neighbours in a document are not those of two days.
    return hashlib.sha256(fact.id.encode()).hexdigest()
