"""Whom a place is tied to, by the pairings that a fact is about."""

from __future__ import annotations

from typing import Final

from handlers.questions.values import printed
from handlers.questions.values.shown import together
from handlers.questions.values.wanted import Wanted
from knowledge.base import FactBase
from knowledge.model import Fact, Pairing, Place
from knowledge.vocabulary import AS_TWINS, Level

_PAIR: Final = 2


def ties(base: FactBase, fact: Fact) -> tuple[Pairing, ...]:
    """Return the pairings of two places that a fact is about and whose members its statement prints."""
    said = {one.record.slug for one in printed.names(base.names, fact)}
    return tuple(
        record
        for slug in fact.subjects
        if isinstance(record := base.entity(slug), Pairing)
        and record.arrangement in AS_TWINS
        and len(record.members) == _PAIR
        and said.issuperset(record.members)
    )


def names_place(base: FactBase, wanted: Wanted) -> bool:
    """Say whether a question names a place, whose partner it may want."""
    return any(isinstance(base.entity(slug), Place) for slug in wanted.named)


def pairs(base: FactBase, fact: Fact) -> str:
    """Return the pairs of places that a fact ties: "Minhang District and Huainan"; "" unless they are all that are tied so."""
    found = ties(base, fact)
    kinds = {one.arrangement for one in found}
    if not {one for one in base.seeds.pairings if one.arrangement in kinds and _is_of_two(base, one)} <= set(
        found
    ):
        return ""
    return "; ".join(
        together(base, [record for slug in one.members if (record := base.entity(slug))]) for one in found
    )


def _is_of_two(base: FactBase, pairing: Pairing) -> bool:
    """Say whether a pairing ties two places, and no regions: those are tied by what ties their places."""
    members = [record for slug in pairing.members if (record := base.entity(slug))]
    return len(members) == _PAIR and not any(
        isinstance(one, Place) and one.level is Level.REGION for one in members
    )


def partner(base: FactBase, wanted: Wanted, fact: Fact) -> str:
    """Return whom the places that a question names are tied to by the pairings that a fact is about; "" where one of a pair is
    probably not meant.
    """
    named = [one for one in ties(base, fact) if len(wanted.named.intersection(one.members)) == 1]
    if any(one.doubts for one in named):
        return ""
    others = [member for one in named for member in one.members if member not in wanted.named]
    return together(base, [record for slug in others if (record := base.entity(slug))])
