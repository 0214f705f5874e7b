"""How many pairings of a place are recorded, in words: those that another place is probably meant by are counted apart."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.records import counts
from handlers.records.caveats import meant
from handlers.records.enumerated import sentences
from handlers.records.told import Told
from handlers.say import Said, say, say_many
from knowledge.base import FactBase
from knowledge.model import Pairing, Place
from knowledge.vocabulary import Heading


def recorded(base: FactBase, place: Place, pairings: Sequence[Pairing], rows: Sequence[Told]) -> Said:
    """Return how many pairings of `place`, and how many facts on them, are recorded."""
    here = base.within(place)
    doubting = [pairing for pairing in pairings if not here.isdisjoint(pairing.doubts)]
    certain = [row for row in rows if row.heading is not Heading.DOUBTED]
    if not doubting or not certain:
        recorded, facts = counts.pairings(len(pairings)), counts.facts(len(rows))
        return say("{pairings} recorded; {facts}.", pairings=recorded, facts=facts)
    recorded, facts = counts.pairings(len(pairings) - len(doubting)), counts.facts(len(certain))
    first = say("{pairings} recorded; {facts}.", pairings=recorded, facts=facts)
    return sentences((first, _doubted(base, here, doubting, counts.facts(len(rows) - len(certain)))))


def _doubted(base: FactBase, here: frozenset[str], doubting: Sequence[Pairing], facts: Said) -> Said:
    """Return how many pairings print a place of `here` where another is probably meant."""
    slugs = {slug for pairing in doubting for slug in pairing.doubts if slug in here}
    place = base.entity(slugs.pop()) if len(slugs) == 1 else None
    other = meant(base, place, doubting) if place else None
    if place is None or other is None:
        return say_many(
            "{count} more pairing, with {facts}, prints a place where another is probably meant.",
            "{count} more pairings, with {facts}, print a place where another is probably meant.",
            len(doubting),
            facts=facts,
        )
    return say_many(
        "{count} more pairing, with {facts}, prints {place} where {other} is probably meant.",
        "{count} more pairings, with {facts}, print {place} where {other} is probably meant.",
        len(doubting),
        facts=facts,
        place=place,
        other=other,
    )
