"""What a map keeps of what it is of: ties of some kinds, with what is doubtful or without; what is on it beside, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.lookups.kinds_of_ties import NO_KIND, Kinds
from handlers.services import Services
from knowledge.model import Fact, Named, Pairing, Place


@dataclass(frozen=True, slots=True)
class Kept:
    """Ties of these `kinds` alone, where there are any, those that are `doubtful` among them, or no others where `only_doubtful`;
    all that the map of each of `also` would show too, and nothing of what it is to be `without`.
    """

    kinds: Kinds = NO_KIND
    doubtful: bool = False
    only_doubtful: bool = False
    also: tuple[Named, ...] = ()
    without: tuple[Named, ...] = ()


EVERY: Final = Kept()


@dataclass(frozen=True, slots=True)
class Out:
    """What is left out of a map: `places`, pairings, and the facts on topics or the like with the pairings that they are about."""

    places: frozenset[str]
    pairings: frozenset[str]
    facts: frozenset[Fact]

    @classmethod
    def of(cls, services: Services, records: Sequence[Named]) -> Out:
        """Return what is out where `records` are to be."""
        others = [record for record in records if not isinstance(record, Place | Pairing)]
        facts = frozenset(fact for record in others for fact in services.base.facts_of(record))
        pairings = {record.slug for record in records if isinstance(record, Pairing)}
        places = (services.base.within(record) for record in records if isinstance(record, Place))
        about = (slug for fact in facts for slug in fact.subjects)
        return cls(frozenset[str]().union(*places), frozenset(pairings.union(about)), facts)

    def takes(self, pairing: Pairing) -> bool:
        """Say whether a pairing is left out."""
        return pairing.slug in self.pairings or not self.places.isdisjoint(pairing.members)

    def leaves(self, fact: Fact) -> bool:
        """Say whether a fact stays."""
        return fact not in self.facts
