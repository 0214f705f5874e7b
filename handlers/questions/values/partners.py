"""Whom a place is tied to, by the pairings that a fact is about."""

from __future__ import annotations

from typing import Final

from handlers.questions.values import printed
from handlers.questions.values.shown import together
from handlers.questions.values.wanted import Wanted
from knowledge.base import FactBase
from knowledge.model import Fact, Pairing, Place
from knowledge.vocabulary import Arrangement

_TIES: Final = (Arrangement.TWINNING, Arrangement.COUNTERPART_COOPERATION, Arrangement.FRIENDSHIP)
_PAIR: Final = 2


def ties(base: FactBase, fact: Fact) -> tuple[Pairing, ...]:
    """Return the pairings of two places that a fact is about and whose members its statement prints."""
    said = {one.record.slug for one in printed.names(base.names, fact)}
    return tuple(
        record
        for slug in fact.subjects
        if isinstance(record := base.entity(slug), Pairing)
        and record.arrangement in _TIES
        and len(record.members) == _PAIR
        and said.issuperset(record.members)
    )


def names_place(base: FactBase, wanted: Wanted) -> bool:
    """Say whether a question names a place, whose partner it may want."""
    return any(isinstance(base.entity(slug), Place) for slug in wanted.named)


def pairs(base: FactBase, fact: Fact) -> str:
    """Return all pairs of places that a fact ties: "Minhang District and Huainan"."""
    return "; ".join(
        together(base, [record for slug in one.members if (record := base.entity(slug))])
        for one in ties(base, fact)
    )


def partner(base: FactBase, wanted: Wanted, fact: Fact) -> str:
    """Return whom the places that a question names are tied to by the pairings that a fact is about."""
    named = [one for one in ties(base, fact) if len(wanted.named.intersection(one.members)) == 1]
    others = [member for one in named for member in one.members if member not in wanted.named]
    return together(base, [record for slug in others if (record := base.entity(slug))])
