"""How central a record is to a fact: what the fact is about first, what it speaks of too, what it merely touches."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Pairing, Place, Topic
from knowledge.text.normalize import normalize, tokenize

# Of places that a fact names, those from this one on are only listed.
_LISTED: Final = 3
_FIRST: Final = 2


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
