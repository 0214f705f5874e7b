"""What ties places: their pairings, the facts on each, and the facts that state a tie without naming a pairing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from handlers.records.caveats import instead_of, meant
from handlers.records.summary import is_twinning
from handlers.records.told import Told, tier_of, told
from handlers.verdict.paired import pairings_of as tying
from knowledge.base import FactBase
from knowledge.model import Fact, Named, Pairing, Place
from knowledge.vocabulary import Heading, Kind


def pairings_of(base: FactBase, place: Place) -> tuple[Pairing, ...]:
    """Return the pairings of `place` or of what lies in it: those of its own and not doubted first, twinnings before others."""
    here = base.within(place)

    def order(pairing: Pairing) -> tuple[bool, bool, bool, int]:
        is_own = place.slug in pairing.members
        is_doubted = not here.isdisjoint(pairing.doubts)
        return is_doubted, not is_own, not is_twinning(pairing), -len(base.about(pairing.slug))

    return tuple(sorted(tying(base, place), key=order))


def pairings_between(base: FactBase, records: Sequence[Named]) -> tuple[Pairing, ...]:
    """Return the pairings that tie two or more of `records`, or places in them: what ties most of them and no others first."""
    named = {record.slug for record in records}
    here = frozenset[str]().union(*map(base.within, records))
    pairs = list(combinations([base.within(record) for record in records], 2))
    held = [p for p in base.seeds.pairings if base.about(p.slug) and any(_joins(p, *pair) for pair in pairs)]

    def order(pairing: Pairing) -> tuple[int, int, int]:
        members = frozenset(pairing.members)
        return -len(named & members), len(members - here), -len(base.about(pairing.slug))

    return tuple(sorted(held, key=order))


def _joins(pairing: Pairing, in_one: frozenset[str], in_other: frozenset[str]) -> bool:
    members = frozenset(pairing.members)
    return (
        not in_one.isdisjoint(members)
        and not in_other.isdisjoint(members)
        and len((in_one | in_other) & members) > 1
    )


def stated_between(base: FactBase, records: Sequence[Named]) -> tuple[Fact, ...]:
    """Return the facts that state a tie of two of `records` which has no name of its own."""
    # Two names in one fact are no tie by themselves; a fact that states a pairing is.
    found = (
        fact
        for one, other in combinations(records, 2)
        for fact in base.between(one.slug, other.slug).facts
        if fact.kind is Kind.PAIRING
        and not any(isinstance(base.entity(slug), Pairing) for slug in fact.subjects)
    )
    return tuple(dict.fromkeys(found))


def rows_of(base: FactBase, pairings: Iterable[Pairing], named: Sequence[Named]) -> tuple[Told, ...]:
    """Return the facts on `pairings` under the name of each, the tie itself first, every fact once.

    What is printed of a place `named` that its pairing doubts stands last, under a heading that says so.
    """
    kept: dict[str, Told] = {}
    doubted: dict[str, Told] = {}
    here = frozenset[str]().union(*map(base.within, named))
    for pairing in pairings:
        place = next((base.entity(slug) for slug in pairing.doubts if slug in here), None)
        for row in told(base, pairing):
            if place is None:
                kept.setdefault(row.fact.id, replace(row, group=pairing.name))
            else:
                doubted.setdefault(
                    row.fact.id,
                    replace(
                        row,
                        heading=Heading.DOUBTED,
                        group=instead_of(place, meant(base, place, (pairing,))),
                        tier=tier_of(Heading.DOUBTED),
                    ),
                )
    last = (row for key, row in doubted.items() if key not in kept)
    return (*kept.values(), *sorted(last, key=lambda row: row.group))
