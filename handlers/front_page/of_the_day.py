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
    """Return the fact of `day`; each has its day before one comes again. None where the base holds none that would do.

    What a team approves or corrects within the day moves no other fact: its own have no day, and one that it took away
    has another stand in on its day alone.
    """
    seeds = [fact for fact in (*base.facts, *base.overlay.retired) if _is_fit(base, fact)]
    gone = {fact.id for fact in base.overlay.retired}
    pool = sorted(seeds, key=_shuffled)
    at = day.toordinal() % max(len(pool), 1)
    # Who stands in is half a round away from its own day.
    half = (at + len(pool) // 2) % max(len(pool), 1)
    order = (*pool[at : at + 1], *pool[half:], *pool[:half])
    return next((fact for fact in order if fact.id not in gone), None)


def _is_fit(base: FactBase, fact: Fact) -> bool:
    is_sure = not fact.caveat and not fact.doubts
    is_of_the_seeds = fact.contributed is None
    is_own = fact.region is Region.DELTA and base.about_documents.isdisjoint(fact.topics)
    return is_of_the_seeds and is_sure and is_own and fact.kind in _KINDS and len(fact.statement) <= _LONGEST


def _shuffled(fact: Fact) -> str:
    # Neighbours in a document are not those of two days.
    return hashlib.sha256(fact.id.encode()).hexdigest()
