"""How central a record is to a fact: what the fact is about first, what it speaks of too, what it merely touches."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Pairing, Place, Topic
from knowledge.text.normalize import normalize, tokenize
from knowledge.vocabulary import Kind, Level

# Of places that a fact names, those from this one on are only listed.
_LISTED: Final = 3
_FIRST: Final = 2
_REGIONS: Final = frozenset({Level.REGION, Level.ZONE, Level.BELT, Level.CORRIDOR})
_PARTS: Final = frozenset({
    Level.MUNICIPALITY, Level.PROVINCE, Level.SPECIAL_ADMINISTRATIVE_REGION, Level.PREFECTURE_LEVEL_CITY,
    Level.COUNTY_LEVEL_CITY, Level.CITY,
})  # fmt: skip
_STATING: Final = frozenset({Kind.DEFINITION, Kind.PAIRING, Kind.FIGURE})


class Centrality(IntEnum):
    """How much of a fact is about a record, most first."""

    MAIN = 0
    ALSO = 1
    TOUCHED = 2


def centrality(base: FactBase, record: Named, fact: Fact) -> Centrality:
    """Return how central `record` is to `fact`."""
    match record:
        case Topic():
            return _of_topic(base, record, fact)
        case Mechanism():
            return _of_mechanism(base, record, fact)
        case Pairing():
            return _of_pairing(base, record, fact)
        case Place():
            return _of_place(base, record, fact)
        case _:
            before = _before(base, record, fact, type(record))
            return Centrality.MAIN if before < _FIRST else Centrality.ALSO


def of_tie(base: FactBase, place: Place, fact: Fact) -> Centrality:
    """Return how central the ties of `place` are to a fact on ties: one that sets several side by side is on none of them first."""
    own = [
        pairing
        for slug in fact.subjects
        if isinstance(pairing := base.entity(slug), Pairing) and place.slug in pairing.members
    ]
    return min((_of_pairing(base, pairing, fact) for pairing in own), default=_of_place(base, place, fact))


def is_first(base: FactBase, record: Named, fact: Fact) -> bool:
    """Say whether `fact` is about `record` before all else, but for the pairing that it may be filed under."""
    first = (slug for slug in fact.subjects if not isinstance(base.entity(slug), Pairing))
    return next(first, "") == record.slug


def says(record: Named, text: str) -> bool:
    """Say whether `text` holds a name of `record`, in the singular or the plural."""
    words = f" {_stemmed(text)} "
    return any(f" {_stemmed(name)} " in words for name in record.spellings())


def parts_of(base: FactBase, record: Named) -> tuple[Place, ...]:
    """Return the provinces and cities that belong to the region `record`, of those that facts are about; () for any other record."""
    if not _is_region(record):
        return ()
    parts = (place for place in base.seeds.places if record.slug in place.part_of)
    return tuple(place for place in parts if place.level in _PARTS and base.about(place.slug))


def members_told(base: FactBase, record: Named, fact: Fact) -> int:
    """Return how much `fact` tells of who belongs to the region `record`: 0 where that is not what it states."""
    is_of_it = _is_region(record) and fact.kind in _STATING and is_first(base, record, fact)
    if not is_of_it:
        return 0
    places = [place for slug in fact.subjects if isinstance(place := base.entity(slug), Place)]
    others = [place for place in places if place.slug not in (record.slug, *base.going_without_saying)]
    if _counts_parts(base, record, fact) or _names_parts(base, record, others):
        return 1 + len(others)
    return 0


def _names_parts(base: FactBase, record: Named, named: Sequence[Place]) -> bool:
    """Say whether most of the places `named` are parts of `record`, their provinces aside."""
    parts = [place for place in named if place in parts_of(base, record)]
    around = {place.province for place in parts}
    foreign = [place for place in named if place not in parts and place.slug not in around]
    return len(parts) > 1 and len(foreign) < len(parts)


def _counts_parts(base: FactBase, record: Named, fact: Fact) -> bool:
    words = base.lexicon.cities | base.lexicon.districts | base.lexicon.counties | base.lexicon.provinces
    return any(figure.unit in words and says(record, figure.of) for figure in fact.figures)


def _is_region(record: Named) -> bool:
    return isinstance(record, Place) and record.level in _REGIONS


def _stemmed(text: str) -> str:
    return " ".join(word.removesuffix("s") for word in tokenize(normalize(text)))


def _of_topic(base: FactBase, record: Topic, fact: Fact) -> Centrality:
    own = base.with_narrower(record.slug)
    is_filed = fact.topics[0] in own
    is_said = any(says(topic, fact.statement) for slug in own if (topic := base.entity(slug)))
    return Centrality(2 - is_filed - is_said)


def _of_mechanism(base: FactBase, record: Mechanism, fact: Fact) -> Centrality:
    own = base.with_narrower(record.slug)
    named = [slug for slug in fact.subjects if isinstance(base.entity(slug), Mechanism)]
    at = next((place for place, slug in enumerate(named) if slug in own), len(named))
    if at == 0 and named[0] == record.slug:
        return Centrality.MAIN
    return Centrality.ALSO if at < _FIRST or says(record, fact.statement) else Centrality.TOUCHED


def _of_pairing(base: FactBase, record: Pairing, fact: Fact) -> Centrality:
    named = {slug for slug in fact.subjects if isinstance(base.entity(slug), Place)}
    others = [
        slug for slug in fact.subjects if slug != record.slug and isinstance(base.entity(slug), Pairing)
    ]
    members = set(record.members)
    if others and members.isdisjoint(named):
        return Centrality.TOUCHED
    around = {place.province for slug in members if isinstance(place := base.entity(slug), Place)}
    foreign = {slug for slug in named - members - around if slug not in base.going_without_saying}
    return Centrality.ALSO if foreign and others else Centrality.MAIN


def _of_place(base: FactBase, record: Place, fact: Fact) -> Centrality:
    if record.slug not in fact.subjects:
        return Centrality.TOUCHED
    before = _before(base, record, fact, Place)
    if before >= _LISTED:
        return Centrality.TOUCHED
    return Centrality.MAIN if before < _FIRST else Centrality.ALSO


def _before(base: FactBase, record: Named, fact: Fact, sort: type[Named]) -> int:
    """Return how many subjects of this sort stand before `record`; what goes without saying is none."""
    before = 0
    for slug in fact.subjects:
        if slug == record.slug:
            break
        before += slug not in base.going_without_saying and isinstance(base.entity(slug), sort)
    return before
