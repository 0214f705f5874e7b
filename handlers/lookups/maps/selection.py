"""Which pairings and places a map shows, by what it is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.answer import Picture, Spot, Tie
from handlers.lookups.kinds_of_ties import Kinds, are_most
from handlers.lookups.maps import titled
from handlers.lookups.maps.kept import EVERY, Kept, Out
from handlers.records.told import told
from handlers.say import Said, say
from handlers.services import Services
from knowledge.model import Fact, Named, Pairing, Place
from knowledge.vocabulary import Arrangement, Level

_TWO = 2
# What has an extent and no point that could stand for it. Provinces are drawn at their seats.
_WITHOUT_POINT = frozenset({Level.BELT, Level.CORRIDOR, Level.COUNTRY})
# Degrees: west, south, east, north; what the largest map shows. A tie with one end beyond it points there.
REACH = (114.5, 27.8, 123.6, 34.85)


def picture(
    services: Services,
    records: Sequence[Named],
    how: Kept = EVERY,
) -> Picture:
    """Return the map of `records`, of the whole delta where there are none; it may show nothing, and shows no more than `how`
    keeps.

    What a caveat says is probably not meant is drawn where it is asked for: by name, with all that is doubtful, or alone.
    """
    also, kinds = how.also, how.kinds
    out = Out.of(services, how.without)
    facts = tuple(fact for fact in _facts_of_each(services, records, also) if out.leaves(fact))
    held = [p for p in _of_each(services, records, also, kinds) if services.base.about(p.slug)]
    pairings = [pairing for pairing in held if not out.takes(pairing)]
    records = (*records, *also)
    # Among few ties those of whole provinces hide none.
    hides_provinces = not records and (not kinds or are_most(kinds))
    ties, left_out, undrawn = [], [], []
    for pairing in pairings:
        whole = _tie(services, pairing, facts)
        if how.only_doubtful and not whole.doubted:
            continue
        shown = whole if how.doubtful or pairing in records else _without_doubt(services, whole, records)
        if hides_provinces and ties_provinces(whole.places):
            undrawn.append(whole)
            continue
        if shown != whole and _is_line(whole):
            left_out.append(whole)
        if shown is not None and _is_line(shown):
            ties.append(shown)
        elif whole not in left_out:
            undrawn.append(whole)
    spots = tuple(
        spot for spot in _spots(services, records, ties, facts) if spot.place.slug not in out.places
    )
    on_it = _on_it(spots, (*ties, *undrawn, *left_out))
    cited = dict.fromkeys(
        slug
        for fact in (*(tie.fact for tie in ties), *(fact for spot in spots for fact in spot.facts))
        for slug in fact.documents
    )
    first = records[: len(records) - len(also)]
    return Picture(
        key=titled.key(first, how),
        title=titled.title(first, how),
        chinese=" – ".join(record.chinese for record in records if record.chinese),
        spots=spots,
        ties=tuple(ties),
        undrawn=tuple(undrawn),
        doubtful=tuple(left_out),
        records=len(records),
        left_out=len(held) - len(pairings),
        absent=tuple(record for record in records if not _is_told(services, record, on_it)),
        documents=tuple(map(services.base.document, cited)),
        version=services.base.version,
    )


def _facts_of_each(services: Services, records: Sequence[Named], also: Sequence[Named]) -> tuple[Fact, ...]:
    """The facts on the topics and mechanisms asked for together, and on each of those beside them."""
    each = (_facts(services, some) for some in (records, *((one,) for one in also)))
    return tuple(dict.fromkeys(fact for facts in each for fact in facts))


def _of_each(
    services: Services, records: Sequence[Named], also: Sequence[Named], kinds: Kinds
) -> tuple[Pairing, ...]:
    """The pairings of what is asked for together, and of each of those beside it."""
    each = (
        _pairings(services, some, _facts(services, some), kinds)
        for some in (records, *((one,) for one in also))
    )
    return tuple(dict.fromkeys(pairing for pairings in each for pairing in pairings))


def _tie(services: Services, pairing: Pairing, facts: tuple[Fact, ...]) -> Tie:
    """Return a pairing with all of its members that have a point, those that are doubted last."""
    places = sorted(_ends(services, pairing), key=lambda place: place.slug in pairing.doubts)
    doubted = tuple(place for place in places if place.slug in pairing.doubts)
    return Tie(
        pairing, tuple(places), _best(services, pairing, facts), doubted, services.base.is_own(pairing)
    )


def _without_doubt(services: Services, tie: Tie, records: Sequence[Named]) -> Tie | None:
    """Return what of a tie no caveat doubts; None where it is doubted of all that the map is of."""
    asked = frozenset[str]().union(*(_inside(services, record) for record in records))
    surely = asked.difference(tie.pairing.doubts)
    touched = asked.intersection(tie.pairing.members)
    if tie.doubted and touched and surely.isdisjoint(tie.pairing.members):
        return None
    if not tie.doubted:
        return tie
    return replace(tie, places=tuple(place for place in tie.places if place not in tie.doubted), doubted=())


def _is_line(tie: Tie) -> bool:
    """Say whether there is something to draw: two places, or the one that a metropolitan area lies around."""
    is_ring = tie.pairing.arrangement is Arrangement.METROPOLITAN_AREA
    return any(map(is_on_map, tie.places)) and (len(tie.places) > 1 or is_ring)


def is_on_map(place: Place) -> bool:
    """Say whether a place has a point within the largest map."""
    if place.latitude is None or place.longitude is None or place.level in _WITHOUT_POINT:
        return False
    west, south, east, north = REACH
    return west < place.longitude < east and south < place.latitude < north and not place.fills_the_map


def is_area(place: Place) -> bool:
    """Say whether the point of a place only stands for a region around it."""
    return place.level is Level.REGION or (place.level is Level.ZONE and not place.delta)


def why_absent(record: Named) -> Said:
    """Return why nothing of a record that a map is of is on it."""
    if not isinstance(record, Place):
        return say("{name} names no place on the map", name=record)
    if _has_point(record):
        return say("{name} lies beyond the map", name=record)
    return say("{name} is no single place on the map", name=record)


def _on_it(spots: Iterable[Spot], ties: Iterable[Tie]) -> frozenset[str]:
    """What the map shows or its answer names: places, pairings."""
    return frozenset((*(spot.place.slug for spot in spots), *(tie.pairing.slug for tie in ties)))


def _is_told(services: Services, record: Named, on_it: frozenset[str]) -> bool:
    """Say whether a record that the map is of is on it; what fills the map is all of it."""
    if isinstance(record, Place):
        return record.slug in on_it or record.fills_the_map
    if isinstance(record, Pairing):
        return record.slug in on_it
    return any(not on_it.isdisjoint(fact.subjects) for fact in services.base.facts_of(record))


def nothing_of_both(services: Services, records: Sequence[Named]) -> bool:
    """Say whether a map is wanted of places and of topics or the like, and no pairing of those places is said to be of these."""
    places = [record for record in records if isinstance(record, Place)]
    if not places or all(isinstance(record, Place | Pairing) for record in records):
        return False
    return not _touching(services, places, _of_subjects(services, _facts(services, records)))


def _facts(services: Services, records: Sequence[Named]) -> tuple[Fact, ...]:
    """The facts on the topics and mechanisms asked for, of places beside them those that are about both; none for places and
    pairings.
    """
    found = dict.fromkeys(
        fact
        for record in records
        if not isinstance(record, Place | Pairing)
        for fact in services.base.facts_of(record)
    )
    places = [record for record in records if isinstance(record, Place)]
    if not places:
        return tuple(found)
    here = frozenset[str]().union(*(_inside(services, place) for place in places))
    there = here | {pairing.slug for pairing in _touching(services, places, services.base.seeds.pairings)}
    return tuple(fact for fact in found if not there.isdisjoint(fact.subjects))


def _of_subjects(services: Services, facts: Sequence[Fact]) -> tuple[Pairing, ...]:
    """The pairings of the delta that facts are about."""
    subjects = {slug for fact in facts for slug in fact.subjects}
    return tuple(p for p in services.base.seeds.pairings if p.delta and p.slug in subjects)


def _touching(
    services: Services, records: Sequence[Named], pairings: Iterable[Pairing]
) -> tuple[Pairing, ...]:
    """Those of the pairings that tie what lies in any of the records."""
    inside = [_inside(services, record) for record in records]
    return tuple(p for p in pairings if any(not here.isdisjoint(p.members) for here in inside))


def _pairings(
    services: Services, records: Sequence[Named], facts: tuple[Fact, ...], kinds: Kinds
) -> tuple[Pairing, ...]:
    held = tuple(one for one in services.base.seeds.pairings if not kinds or one.arrangement in kinds)
    if not records:
        return tuple(pairing for pairing in held if pairing.delta)
    asked = (record for record in records if isinstance(record, Pairing) and record in held)
    related = _related(services, records, facts, held)
    if not related and kinds and len(records) > 1:
        # Of a kind that ties none of several places to another, what each has of it is wanted.
        related = _touching(services, records, held)
    return tuple(dict.fromkeys((*asked, *related)))


def _related(
    services: Services, records: Sequence[Named], facts: tuple[Fact, ...], held: tuple[Pairing, ...]
) -> tuple[Pairing, ...]:
    """Those of the pairings held that the facts on topics and mechanisms name, of places beside them; else those that tie the
    places asked for.
    """
    if all(isinstance(record, Pairing) for record in records):
        return ()
    places = [record for record in records if isinstance(record, Place)]
    if facts:
        named = tuple(one for one in _of_subjects(services, facts) if one in held)
        return _touching(services, places, named) if places else named
    inside = [_inside(services, record) for record in records]
    touching = _touching(services, records, held)
    together = [p for p in touching if sum(not here.isdisjoint(p.members) for here in inside) > 1]
    # Of places alone the map is of what ties them; of a place and a topic or the like, of all that touches either.
    are_places = all(isinstance(record, Place) for record in records)
    return tuple(together if len(records) > 1 and (together or are_places) else touching)


def _inside(services: Services, record: Named) -> frozenset[str]:
    return frozenset(record.members) if isinstance(record, Pairing) else services.base.within(record)


def _ends(services: Services, pairing: Pairing) -> tuple[Place, ...]:
    """The members that have a point on the map, or lie beyond its edge; () where none is on it."""
    members = [m for slug in pairing.members if isinstance(m := services.base.entity(slug), Place)]
    ends = tuple(m for m in members if _has_point(m))
    return ends if any(map(is_on_map, ends)) else ()


def ties_provinces(places: tuple[Place, ...]) -> bool:
    """Say whether a tie is one of whole provinces: on the map of all they would hide the cities' ties."""
    return sum(place.level is Level.PROVINCE for place in places) > 1


def _has_point(place: Place) -> bool:
    known = place.latitude is not None and place.longitude is not None
    return known and place.level not in _WITHOUT_POINT and not place.fills_the_map


def _best(services: Services, pairing: Pairing, facts: tuple[Fact, ...]) -> Fact:
    """The fact to cite for a pairing: one of those asked about, if there is one, that says who is tied."""
    asked, members = set(facts), set(pairing.members)

    def order(fact: Fact) -> tuple[bool, bool]:
        return fact not in asked, len(members.intersection(fact.subjects)) < _TWO

    return min((row.fact for row in told(services.base, pairing)), key=order)


def _spots(
    services: Services, records: Sequence[Named], ties: Sequence[Tie], facts: tuple[Fact, ...]
) -> tuple[Spot, ...]:
    asked = {record.slug for record in records}
    counted: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for slug in fact.subjects:
            counted[slug].append(fact)
    ends: Iterable[Place] = (place for tie in ties for place in tie.places)
    named = (place for place in services.base.seeds.places if place.slug in counted and place.delta)
    chosen = (record for record in records if isinstance(record, Place))
    # An arrow leads to what lies beyond the edge; without a tie there is nowhere to draw it.
    shown = dict.fromkeys((*filter(is_on_map, chosen), *ends, *filter(is_on_map, named)))
    return tuple(Spot(place, place.slug in asked, tuple(counted.get(place.slug, ()))) for place in shown)
