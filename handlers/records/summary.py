"""What a page says of its record in one line: made by template from the records, each sentence whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from handlers.records import counts
from handlers.records.caveats import is_doubted, meant, printed, sentence
from handlers.records.centrality import Centrality, centrality, parts_of
from handlers.records.enumerated import enumerated, listed, sentences
from handlers.records.kind_of import arrangement, full_name, kind_of, marked
from handlers.say import Said, Value, say, say_many
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Organisation, Pairing, Place, Plan, Project, Topic
from knowledge.vocabulary import Arrangement, Kind, Level

MOST_CHARACTERS: Final = 300
_MOST_NAMED: Final = 3
_MOST_MEMBERS: Final = 6
_TWO: Final = 2
_ROOM_FOR_THE_COUNT: Final = 60

N = TypeVar("N", bound=Named)


def summary(base: FactBase, record: Named, facts: Sequence[Fact]) -> Said:
    """Return what `record` is, what it is tied to and how many facts the base has of it, the name first."""
    head, *beside = _sentences(base, record, facts)
    return fitted(head, beside, _counted(base, record, facts))


def fitted(head: Said, beside: Sequence[Said], count: Said) -> Said:
    """Return the sentences as one line of at most MOST_CHARACTERS: of those `beside` the last are left out first."""
    beside = list(beside)
    while beside and len(sentences((head, *beside, count))) > MOST_CHARACTERS:
        beside.pop()
    return sentences((head, *beside, count))


def named_and_told(base: FactBase, record: Named) -> Said:
    """Return the name of `record` and what it is, as a sentence."""
    return say("{name}, {kind}.", name=full_name(record), kind=kind_of(base, record))


def _sentences(base: FactBase, record: Named, facts: Sequence[Fact]) -> list[Said]:
    match record:
        case Place():
            return [named_and_told(base, record), *(_members(base, record) or ties_of(base, record))]
        case Pairing():
            return _of_pairing(base, record)
        case Mechanism():
            return [_with_scope(record, record.scope), *_used_in(base, record, facts)]
        case Topic():
            return [_with_scope(record, record.scope), *_places_in(base, record, facts)]
        case Plan():
            head = [_with_scope(record, ""), *_printed(base, record)]
            return [*head, *_ties_under(base, facts), *_named_with(base, record, facts)]
        case Project():
            return [_with_scope(record, ""), *_named_with(base, record, facts)]
        case _:
            return [named_and_told(base, record), *_named_with(base, record, facts)]


def _with_scope(record: Named, scope: str) -> Said:
    if scope:
        return say("{name}. {scope}", name=full_name(record), scope=scope)
    return say("{name}.", name=full_name(record))


def _counted(base: FactBase, record: Named, facts: Sequence[Fact]) -> Said:
    number = counts.facts(len(facts))
    if doubted := [fact for fact in facts if is_doubted(base, record, fact)]:
        return _with_doubted(record, meant(base, record, doubted), len(facts) - len(doubted), len(doubted))
    if not any(base.about_documents.isdisjoint(fact.topics) for fact in facts):
        return say("{facts}, on the documents themselves.", facts=number)
    if isinstance(record, Organisation | Plan | Project):
        cited = Counter(base.document(slug).label for fact in facts for slug in fact.documents)
        labels = listed([label for label, _ in cited.most_common()], _MOST_NAMED)
        return say("{facts} from {documents}.", facts=number, documents=labels)
    elsewhere = sum(base.is_elsewhere(fact) for fact in facts)
    if isinstance(record, Place | Pairing) or not elsewhere:
        return say("{facts}.", facts=number)
    if elsewhere == len(facts):
        return say("{facts}, all on other regions.", facts=number)
    return say("{facts}, {elsewhere} of them on other regions.", facts=number, elsewhere=elsewhere)


def _members(base: FactBase, region: Place) -> list[Said]:
    parts = parts_of(base, region)
    return [say("Members named: {names}.", names=enumerated(parts, _MOST_MEMBERS))] if len(parts) > 1 else []


def _with_doubted(place: Named, other: Named | None, certain: int, doubted: int) -> Said:
    facts = counts.facts(certain)
    if not certain:
        return sentences((say("{facts}.", facts=counts.facts(doubted)), sentence(place, other)))
    if other is None:
        return say_many(
            "{facts}; {count} more prints {place} where another place is probably meant.",
            "{facts}; {count} more print {place} where another place is probably meant.",
            doubted,
            facts=facts,
            place=place,
        )
    return say_many(
        "{facts}; {count} more prints {place} where {other} is probably meant.",
        "{facts}; {count} more print {place} where {other} is probably meant.",
        doubted,
        facts=facts,
        place=place,
        other=other,
    )


def ties_of(base: FactBase, place: Place) -> list[Said]:
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
    areas = [pairing for pairing in others if pairing.arrangement is Arrangement.METROPOLITAN_AREA]
    others = [pairing for pairing in others if pairing not in areas]
    said = [_twinned(base, place, twinned)] if twinned else []
    if areas:
        named = [say("the {area}", area=area) for area in areas]
        said.append(say("Part of {areas}.", areas=enumerated(named, _MOST_NAMED)))
    if others:
        ties = listed([marked(base, pairing) for pairing in others], _MOST_NAMED)
        said.append(say("Other ties: {ties}.", ties=ties) if twinned else say("Ties: {ties}.", ties=ties))
    return said


def _twinned(base: FactBase, place: Place, pairings: Sequence[Pairing]) -> Said:
    partners = [
        marked(base, pairing, partner)
        for pairing in pairings
        for slug in pairing.members
        if slug != place.slug and (partner := base.entity(slug))
    ]
    named = enumerated(partners, _MOST_NAMED)
    plan = plan_of(base, pairings[0]) if len(pairings) == 1 else None
    if plan:
        return say("Twinned with {names} under the {plan}.", names=named, plan=plan)
    return say("Twinned with {names}.", names=named)


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


def _of_pairing(base: FactBase, pairing: Pairing) -> list[Said]:
    name = marked(base, pairing, full_name(pairing))
    tie, plan = _tied(base, pairing), plan_of(base, pairing)
    said = [say("{name}: {tie}.", name=name, tie=tie)]
    if plan:
        whole = say("{name}: {tie}, under the {plan}.", name=name, tie=tie, plan=plan)
        said = [whole] if len(whole) <= MOST_CHARACTERS - _ROOM_FOR_THE_COUNT else said
    return [*said, *_printed(base, pairing)]


def _printed(base: FactBase, record: Named) -> list[Said]:
    instead = printed(base, record)
    return [sentence(*instead)] if instead else []


def _tied(base: FactBase, pairing: Pairing) -> Said:
    """Return what ties whom: "twinning of Minhang (Shanghai) and Huainan (Anhui)"."""
    members = [place for slug in pairing.members if isinstance(place := base.entity(slug), Place)]
    road = next((place for place in members if place.level is Level.CORRIDOR), None)
    tied = [
        _with_province(base, place)
        for place in members
        if place.level is not Level.CORRIDOR and place.slug not in base.going_without_saying
    ]
    kind = arrangement(pairing)
    if not tied:
        return say("{kind} along the {road}", kind=kind, road=road) if road else kind
    named = enumerated(tied, _MOST_MEMBERS)
    if road:
        return say("{kind} of {names} along the {road}", kind=kind, names=named, road=road)
    return say("{kind} of {names}", kind=kind, names=named)


def _with_province(base: FactBase, place: Place) -> Value:
    province = base.entity(place.province) if place.province else None
    if province is None or province.name in place.name:
        return place
    return say("{place} ({province})", place=place, province=province)


def _used_in(base: FactBase, mechanism: Mechanism, facts: Sequence[Fact]) -> list[Said]:
    near = (fact for fact in facts if centrality(base, mechanism, fact) is not Centrality.TOUCHED)
    shown = [pairing for pairing in _counted_subjects(base, near, Pairing) if not pairing.doubts]
    ordered = sorted(shown, key=lambda pairing: not pairing.delta)
    return (
        [
            say(
                "Used in: {pairings}.",
                pairings=listed([marked(base, pairing) for pairing in ordered], _MOST_NAMED),
            )
        ]
        if ordered
        else []
    )


def _places_in(base: FactBase, topic: Topic, facts: Sequence[Fact]) -> list[Said]:
    near = [fact for fact in facts if not base.is_elsewhere(fact) or topic.about_elsewhere]
    central = [fact for fact in near if centrality(base, topic, fact) is Centrality.MAIN] or near
    places = [p for p in _counted_subjects(base, central, Place) if p.slug not in base.going_without_saying]
    if not places:
        return []
    return [say("Most spoken of: {places}.", places=enumerated(places[:_MOST_NAMED], _MOST_NAMED))]


def _ties_under(base: FactBase, facts: Sequence[Fact]) -> list[Said]:
    pairings = _counted_subjects(base, facts, Pairing)
    named = [marked(base, pairing) for pairing in pairings]
    return [say("Ties under it: {pairings}.", pairings=listed(named, _MOST_NAMED))] if named else []


def _named_with(base: FactBase, record: Named, facts: Sequence[Fact]) -> list[Said]:
    organisations: list[Named] = [*_counted_subjects(base, facts, Organisation)]
    places = [] if isinstance(record, Plan) else _counted_subjects(base, facts, Place)
    beside = [
        one
        for one in (*organisations, *places)
        if one != record and one.slug not in base.going_without_saying
    ]
    return [say("Named with {names}.", names=enumerated(beside, _MOST_NAMED))] if beside else []


def _counted_subjects(base: FactBase, facts: Iterable[Fact], sort: type[N]) -> list[N]:
    """Return the records of a sort that `facts` are about, those of most facts first."""
    counted = Counter(slug for fact in facts for slug in fact.subjects if slug not in fact.doubts)
    records = (base.entity(slug) for slug, _ in counted.most_common())
    return [record for record in records if isinstance(record, sort)]
