"""What is listed of each sort: the records that have facts under their headings, with the number of facts behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from handlers.lookups.kinds_of_ties import NO_KIND, Kinds
from handlers.records import about, caveats
from handlers.records.kind_of import arrangement, arrangement_heading
from handlers.say import say
from knowledge.base import FactBase
from knowledge.model import Named, Place
from knowledge.vocabulary import Arrangement, Level

Groups = Mapping[str, Sequence[str]]
"""Headings, each with the entries under it."""
_CITY: Final = frozenset({
    Level.MUNICIPALITY, Level.PREFECTURE_LEVEL_CITY, Level.COUNTY_LEVEL_CITY, Level.CITY,
})  # fmt: skip
_OF_CITY: Final = frozenset({Level.DISTRICT, Level.COUNTY})
_MUNICIPALITIES: Final = say("Municipality")
_DISTRICTS: Final = say("Districts and counties")
_CLOSEST_FIRST: Final = {kind: place for place, kind in enumerate(Arrangement)}


def _entry(base: FactBase, record: Named, count: int) -> str:
    names = " · ".join(filter(None, (record.name, record.chinese)))
    if base.is_own(record):
        return say("{names} · added by your team ({count})", names=names, count=count)
    if instead := caveats.printed(base, record):
        return say(
            "{names} · {instead} ({count})", names=names, instead=caveats.instead_of(*instead), count=count
        )
    return f"{names} ({count})"


def _grouped(base: FactBase, records: Iterable[tuple[str, Named]], order: Sequence[str] = ()) -> Groups:
    """Return the records that have facts under their headings, those with most facts first; the headings of `order` first."""
    groups: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for title, record in records:
        if count := len(base.facts_of(record)):
            groups[title].append((count, _entry(base, record, count)))
    most = sorted(groups, key=lambda title: -sum(count for count, _ in groups[title]))
    titles = [
        *(title for title in order if title in groups),
        *(title for title in most if title not in order),
    ]
    return {
        title: [entry for _, entry in sorted(groups[title], key=lambda held: (-held[0], held[1]))]
        for title in titles
    }


def places(base: FactBase) -> Sequence[Groups]:
    """Return the places under their provinces, those of elsewhere last."""
    return _in_the_delta_first(base, base.seeds.places, lambda place: about.region_of(base, place))


def cities(base: FactBase) -> Sequence[Groups]:
    """Return the cities, then the districts and counties of cities: those of the delta first, and last those of elsewhere."""
    cities = [place for place in base.seeds.places if place.level in _CITY]
    parts = [place for place in base.seeds.places if place.level in _OF_CITY]
    return (
        *_in_the_delta_first(base, cities, lambda place: _province_of(base, place)),
        *_in_the_delta_first(base, parts, lambda place: _DISTRICTS, say("Elsewhere: districts and counties")),
    )


def _province_of(base: FactBase, place: Place) -> str:
    return _MUNICIPALITIES if place.level is Level.MUNICIPALITY else about.region_of(base, place)


def _in_the_delta_first(
    base: FactBase, places: Sequence[Place], heading: Callable[[Place], str], elsewhere: str = about.ELSEWHERE
) -> Sequence[Groups]:
    here = [place for place in places if base.lies_in_delta(place)]
    there = [place for place in places if not base.lies_in_delta(place)]
    return (
        _grouped(base, ((heading(place), place) for place in here), (_MUNICIPALITIES,)),
        _grouped(base, ((elsewhere, place) for place in there)),
    )


def pairings(base: FactBase, kinds: Kinds = NO_KIND) -> Sequence[Groups]:
    """Return the pairings of the delta and those elsewhere, what ties two places most closely first; of `kinds` alone where
    there are any.
    """
    wanted = [one for one in base.seeds.pairings if not kinds or one.arrangement in kinds]
    held = sorted(wanted, key=lambda pairing: _CLOSEST_FIRST[pairing.arrangement])
    here = [(arrangement_heading(pairing), pairing) for pairing in held if pairing.delta]
    there = [
        (say("Elsewhere in China: {kind}", kind=arrangement(pairing)), pairing)
        for pairing in held
        if not pairing.delta
    ]
    return tuple(
        _grouped(base, part, list(dict.fromkeys(title for title, _ in part))) for part in (here, there)
    )


def under(base: FactBase, title: str, records: Iterable[Named]) -> Sequence[Groups]:
    """Return the records that have facts under one heading."""
    return (_grouped(base, ((title, record) for record in records)),)


def organisations(base: FactBase) -> Sequence[Groups]:
    """Return the organisations."""
    return under(base, say("Organisations"), (o for o in base.seeds.organisations if not o.is_person))


def people(base: FactBase) -> Sequence[Groups]:
    """Return the people."""
    return under(base, say("People"), (o for o in base.seeds.organisations if o.is_person))


def documents(base: FactBase) -> Sequence[Groups]:
    """Return the documents, each with the number of facts from it."""
    held = [(sum(d.slug in f.documents for f in base.facts), d) for d in base.documents]
    entries = [f"{d.label}: {d.title} ({count})" for count, d in sorted(held, key=lambda one: -one[0])]
    return ({say("Documents"): entries},) if entries else ()
