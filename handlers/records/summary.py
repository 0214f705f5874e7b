"""What a page says of its record in one line: made by template from the records, each sentence whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from handlers.plural import plural
from handlers.records.centrality import Centrality, centrality
from handlers.records.enumerated import enumerated, listed
from handlers.records.kind_of import arrangement, full_name, kind_of
from handlers.records.told import is_doubted
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Organisation, Pairing, Place, Plan, Project, Topic
from knowledge.vocabulary import Arrangement, Kind, Level

MOST_CHARACTERS: Final = 300
_MOST_NAMED: Final = 3
_MOST_MEMBERS: Final = 6
_TWO: Final = 2
_ROOM_FOR_THE_COUNT: Final = 60

N = TypeVar("N", bound=Named)


def summary(base: FactBase, record: Named, facts: Sequence[Fact]) -> str:
    """Return what `record` is, what it is tied to and how many facts the base has of it, the name first."""
    head, *beside = _sentences(base, record, facts)
    return fitted(head, beside, _counted(base, record, facts))


def fitted(head: str, beside: Sequence[str], count: str) -> str:
    """Return the sentences as one line of at most MOST_CHARACTERS: of those `beside` the last are left out first."""
    beside = list(beside)
    while beside and len(" ".join((head, *beside, count))) > MOST_CHARACTERS:
        beside.pop()
    return " ".join((head, *beside, count))


def _sentences(base: FactBase, record: Named, facts: Sequence[Fact]) -> list[str]:
    match record:
        case Place():
            return [f"{full_name(record)}, {kind_of(base, record)}.", *ties_of(base, record)]
        case Pairing():
            return _of_pairing(base, record)
        case Mechanism():
            return [_with_scope(record, record.scope), *_used_in(base, record, facts)]
        case Topic():
            return [_with_scope(record, record.scope), *_places_in(base, record, facts)]
        case Plan():
            return [f"{full_name(record)}.", *_ties_under(base, facts), *_named_with(base, record, facts)]
        case Project():
            return [f"{full_name(record)}.", *_named_with(base, record, facts)]
        case _:
            return [f"{full_name(record)}, {kind_of(base, record)}.", *_named_with(base, record, facts)]


def _with_scope(record: Named, scope: str) -> str:
    return f"{full_name(record)}. {scope}" if scope else f"{full_name(record)}."


def _counted(base: FactBase, record: Named, facts: Sequence[Fact]) -> str:
    number = f"{len(facts)} {plural(len(facts), 'fact')}"
    if doubted := sum(is_doubted(base, record, fact) for fact in facts):
        return f"{number}, {doubted} of them probably meant of another place."
    if not any(base.about_documents.isdisjoint(fact.topics) for fact in facts):
        return f"{number}, on the documents themselves."
    if isinstance(record, Organisation | Plan | Project):
        documents = Counter(base.document(slug).label for fact in facts for slug in fact.documents)
        return f"{number} from {listed([label for label, _ in documents.most_common()], _MOST_NAMED)}."
    elsewhere = sum(base.is_elsewhere(fact) for fact in facts)
    if isinstance(record, Place | Pairing) or not elsewhere:
        return f"{number}."
    return f"{number}, {'all' if elsewhere == len(facts) else f'{elsewhere} of them'} on other regions."


def ties_of(base: FactBase, place: Place) -> list[str]:
    """Return in a sentence or two what ties `place` to others, none where nothing does; what is doubted is left out."""
    held = [
        pairing
        for pairing in base.seeds.pairings
        if place.slug in pairing.members and place.slug not in pairing.doubts and base.about(pairing.slug)
    ]
    twinned = [pairing for pairing in held if is_twinning(pairing)]
    others = sorted(
        (pairing for pairing in held if pairing not in twinned), key=lambda one: -len(base.about(one.slug))
    )
    said = [_twinned(base, place, twinned)] if twinned else []
    if others:
        names = listed([pairing.name for pairing in others], _MOST_NAMED)
        said.append(f"Other ties: {names}." if said else f"Ties: {names}.")
    return said


def _twinned(base: FactBase, place: Place, pairings: Sequence[Pairing]) -> str:
    partners = (base.entity(slug) for pairing in pairings for slug in pairing.members if slug != place.slug)
    named = enumerated([partner.name for partner in partners if partner], _MOST_NAMED)
    plan = plan_of(base, pairings[0]) if len(pairings) == 1 else None
    return f"Twinned with {named} under the {plan.name}." if plan else f"Twinned with {named}."


def is_twinning(pairing: Pairing) -> bool:
    """Say whether `pairing` is the twinning of two places, and not a programme of many."""
    return pairing.arrangement is Arrangement.TWINNING and len(pairing.members) == _TWO


def plan_of(base: FactBase, pairing: Pairing) -> Plan | None:
    """Return the plan under which a fact ties the members of `pairing`, None where none is named."""
    named = (
        plan
        for fact in base.about(pairing.slug)
        if fact.kind in (Kind.PAIRING, Kind.PLAN) and centrality(base, pairing, fact) is Centrality.MAIN
        for slug in fact.subjects
        if isinstance(plan := base.entity(slug), Plan)
    )
    return next(named, None)


def _of_pairing(base: FactBase, pairing: Pairing) -> list[str]:
    head, plan = f"{full_name(pairing)}: {_tied(base, pairing)}", plan_of(base, pairing)
    whole = f"{head}, under the {plan.name}." if plan else f"{head}."
    said = [whole if len(whole) <= MOST_CHARACTERS - _ROOM_FOR_THE_COUNT else f"{head}."]
    if doubted := [member.name for slug in pairing.doubts if (member := base.entity(slug))]:
        said.append(f"{doubted[0]} is what is printed, and probably not what is meant.")
    return said


def _tied(base: FactBase, pairing: Pairing) -> str:
    """Return what ties whom: "twinning of Minhang (Shanghai) and Huainan (Anhui)"."""
    members = [place for slug in pairing.members if isinstance(place := base.entity(slug), Place)]
    road = next((place.name for place in members if place.level is Level.CORRIDOR), "")
    tied = [
        _with_province(base, place)
        for place in members
        if place.level is not Level.CORRIDOR and place.slug not in base.going_without_saying
    ]
    kind = arrangement(pairing)
    if not tied:
        return f"{kind} along the {road}" if road else kind
    named = enumerated(tied, _MOST_MEMBERS)
    return f"{kind} of {named} along the {road}" if road else f"{kind} of {named}"


def _with_province(base: FactBase, place: Place) -> str:
    province = base.entity(place.province) if place.province else None
    return (
        place.name if province is None or province.name in place.name else f"{place.name} ({province.name})"
    )


def _used_in(base: FactBase, mechanism: Mechanism, facts: Sequence[Fact]) -> list[str]:
    near = (fact for fact in facts if centrality(base, mechanism, fact) is not Centrality.TOUCHED)
    shown = [pairing for pairing in _counted_subjects(base, near, Pairing) if not pairing.doubts]
    ordered = sorted(shown, key=lambda pairing: not pairing.delta)
    return [f"Used in: {_listed(ordered)}."] if ordered else []


def _places_in(base: FactBase, topic: Topic, facts: Sequence[Fact]) -> list[str]:
    near = [fact for fact in facts if not base.is_elsewhere(fact) or topic.about_elsewhere]
    central = [fact for fact in near if centrality(base, topic, fact) is Centrality.MAIN] or near
    places = [p for p in _counted_subjects(base, central, Place) if p.slug not in base.going_without_saying]
    names = [place.name for place in places[:_MOST_NAMED]]
    return [f"Most spoken of: {enumerated(names, _MOST_NAMED)}."] if names else []


def _ties_under(base: FactBase, facts: Sequence[Fact]) -> list[str]:
    pairings = _counted_subjects(base, facts, Pairing)
    return [f"Ties under it: {_listed(pairings)}."] if pairings else []


def _named_with(base: FactBase, record: Named, facts: Sequence[Fact]) -> list[str]:
    organisations: list[Named] = [*_counted_subjects(base, facts, Organisation)]
    places = [] if isinstance(record, Plan) else _counted_subjects(base, facts, Place)
    beside = [
        one
        for one in (*organisations, *places)
        if one != record and one.slug not in base.going_without_saying
    ]
    return [f"Named with {enumerated([one.name for one in beside], _MOST_NAMED)}."] if beside else []


def _counted_subjects(base: FactBase, facts: Iterable[Fact], sort: type[N]) -> list[N]:
    """Return the records of a sort that `facts` are about, those of most facts first."""
    counted = Counter(slug for fact in facts for slug in fact.subjects if slug not in fact.doubts)
    records = (base.entity(slug) for slug, _ in counted.most_common())
    return [record for record in records if isinstance(record, sort)]


def _listed(records: Sequence[Named]) -> str:
    return listed([record.name for record in records], _MOST_NAMED)
