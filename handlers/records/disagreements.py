"""What an answer says where sources differ: the other side behind the fact that leads, and in words what it is about.

Told is what bears on the question or on the record that a page is of, never what facts further down differ on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer
from handlers.records.enumerated import apart, sentences
from handlers.request import Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from knowledge.model import Disagreement, Fact, Named
from knowledge.search.index import Hit
from knowledge.search.query import Concept, Query

# Of how much a page tells that sources differ.
_ON_A_PAGE: Final = 2
_TWO_SIDES: Final = 2


@dataclass(frozen=True, slots=True)
class _Dispute:
    """What a fact is at odds with others about: `against` are the facts that stand on other sides, `about` is what a curator wrote
    down of it, if anybody did.
    """

    fact: Fact
    against: tuple[Fact, ...]
    about: Disagreement | None = None


def with_other_side(
    services: Services, query: Query, hits: Sequence[Hit], value_of: Callable[[Fact], str]
) -> tuple[Fact, ...]:
    """Return the facts of `hits`, the best first, and right behind it what says the same more precisely, and the other side of what
    it takes a side in, where that is what was asked: `value_of` tells what a fact has of that. One that a curator prefers comes
    before it if it would answer too.
    """
    found = tuple(hit.fact for hit in hits)
    if not found:
        return ()
    beside = tuple(
        other
        for one in _disputes(services, found[0])
        if (other := _asked_too(services, query, one, found, value_of))
    )
    preferred = services.base.overlay.preferred
    first = tuple(other for other in beside if other.id in preferred and other in found)
    precise = (fact for fact in services.base.facts if found[0].id in fact.more_precise_than)
    return tuple(dict.fromkeys((*first, found[0], *precise, *beside, *found[1:])))


def disagreements(services: Services, request: Request, given: Answer) -> Answer:
    """Return `given` with what must be said of the facts it shows; most answers stay as they are."""
    notes = (
        *_lead_differs(services, given),
        *_asked_about(services, request, given),
        *_overdue(request, [line.fact for line in given.lines]),
    )
    said = {*given.notes, *(entry for section in given.sections for entry in section.entries)}
    if not (fresh := tuple(dict.fromkeys(note for note in notes if note not in said))):
        return given
    return replace(given, notes=(*given.notes, *fresh))


def of_fact(services: Services, fact: Fact) -> tuple[str, ...]:
    """Return in words, a sentence or two each, all that `fact` takes a side in."""
    return tuple(_told(services, one) for one in _disputes(services, fact))


def of_record(services: Services, record: Named) -> tuple[str, ...]:
    """Return in words what sources differ on of the nature of `record`, and of nothing else that is known of it."""
    disputes = (
        _Dispute(stated[0], against, about)
        for about in services.base.seeds.disagreements
        if (stated := _of_its_nature(services, about, record))
        and (against := _against(services, about, stated[0]))
    )
    return tuple(_told(services, one) for one in islice(disputes, _ON_A_PAGE))


def recorded(services: Services, record: Named | None = None) -> tuple[str, ...]:
    """Return in words all that sources are recorded to differ on, or what of it is on `record`: a fact of a side is about that."""
    own = frozenset(services.base.facts_of(record)) if record else None
    return tuple(
        _told(services, _Dispute(stated[0], against, about))
        for about in services.base.seeds.disagreements
        if (stated := _standing(services, about.facts))
        and (own is None or not own.isdisjoint(stated))
        and (against := _against(services, about, stated[0]))
    )


def others(services: Services, fact: Fact) -> tuple[Fact, ...]:
    """Return the facts that stand and say otherwise: those it names, and a team's own that name it."""
    own = (other.id for other in services.base.overlay.facts if fact.id in other.contradicts)
    return _standing(services, dict.fromkeys((*fact.contradicts, *own)))


def _disputes(services: Services, fact: Fact) -> tuple[_Dispute, ...]:
    """Return what `fact` is at odds about with facts that stand: as curated, then with each fact that no curator told of."""
    curated = tuple(_curated(services, fact))
    told = {other.id for one in curated for other in one.against}
    return (
        *curated,
        *(_Dispute(fact, (other,)) for other in others(services, fact) if other.id not in told),
    )


def _curated(services: Services, fact: Fact) -> Iterator[_Dispute]:
    for about in services.base.disagreements(fact.id):
        if against := _against(services, about, fact):
            # Whoever contradicts it in so many words comes first.
            yield _Dispute(
                fact, tuple(sorted(against, key=lambda other: other.id not in fact.contradicts)), about
            )


def _against(services: Services, about: Disagreement, fact: Fact) -> tuple[Fact, ...]:
    """Return the facts that stand on another side than `fact`."""
    return _standing(
        services, (other for side in about.sides if fact.id not in side.facts for other in side.facts)
    )


def _standing(services: Services, ids: Iterable[str]) -> tuple[Fact, ...]:
    gone = services.base.overlay.superseded
    return tuple(fact for i in ids if i not in gone and (fact := services.base.fact(i)))


def _asked_too(
    services: Services,
    query: Query,
    one: _Dispute,
    found: Sequence[Fact],
    value_of: Callable[[Fact], str],
) -> Fact | None:
    """Return a fact of the other side where the question is about what they differ on: it would answer too or nearly, the
    question speaks of that, or each has another value for what is asked.
    """
    preferred = services.base.overlay.preferred
    ranked = (hit.entry for hit in services.base.rank(query))
    nearest = islice((entry for entry in ranked if isinstance(entry, Fact)), FACTS_PER_PAGE)
    answering = [fact for fact in dict.fromkeys((*found, *nearest)) if fact in one.against]
    if not answering and one.about and _speaks_of(services, query, one.about):
        answering = list(one.against)
    if not answering and (value := value_of(found[0])):
        answering = [fact for fact in one.against if value_of(fact) not in ("", value)]
    return min(answering, key=lambda fact: fact.id not in preferred, default=None)


def _speaks_of(services: Services, query: Query, about: Disagreement) -> bool:
    """Say whether a question has half of what the facts differ on, by weight."""
    asked = frozenset(query.terms)
    concepts = services.base.parse(about.on).concepts
    spoken = sum(concept.weight for concept in concepts if _is_in(concept, asked))
    return 2 * spoken >= sum(concept.weight for concept in concepts)


def _is_in(concept: Concept, asked: frozenset[str]) -> bool:
    """Say whether a concept is among the terms of a question: by what it names, else by all of its words."""
    name, *words = concept.terms or ("",)
    return name in asked or (bool(words) and asked.issuperset(words))


def _of_its_nature(services: Services, about: Disagreement, record: Named) -> tuple[Fact, ...]:
    """Return the facts on `record` among those that differ, none unless all are or it is named by what they differ on."""
    facts = _standing(services, about.facts)
    stated = tuple(fact for fact in facts if record.slug in fact.subjects)
    if not stated or len(stated) == len(facts):
        return stated
    named = (owner for concept in services.base.parse(about.on).concepts for owner in concept.owners)
    return stated if record.slug in named else ()


def _lead_differs(services: Services, given: Answer) -> Iterator[str]:
    """Yield what the fact that leads an answer to a question differs on with another that is shown beside it."""
    is_of_a_question = given.match == "search" or not given.headline
    if not given.lines or given.page > 1 or not is_of_a_question:
        return
    lead, *beside = (line.fact for line in given.lines)
    for one in _disputes(services, lead):
        if any(fact in one.against for fact in beside):
            yield _told(services, one)


def _asked_about(services: Services, request: Request, given: Answer) -> Iterator[str]:
    """Yield what sources differ on where a question asks about just that, and a fact below the one that leads takes a side."""
    if given.headline or given.page > 1 or len(given.lines) < _TWO_SIDES:
        return
    query = services.base.parse(given.asked or request.text)
    # What the fact that leads is at odds about is told from its side.
    seen = {one.about.slug for one in _disputes(services, given.lines[0].fact) if one.about}
    for line in given.lines[1:]:
        for one in _disputes(services, line.fact):
            if one.about and one.about.slug not in seen and _speaks_of(services, query, one.about):
                seen.add(one.about.slug)
                yield _told(services, one)


def _told(services: Services, one: _Dispute) -> Said:
    """Return in words what facts differ on, the side of a preferred one first with a curator's reason."""
    if one.about is None:
        return _otherwise(services, one)
    ranks = services.base.overlay.preferred
    sides = [(side.says, facts) for side in one.about.sides if (facts := _standing(services, side.facts))]
    best = next((fact for fact in (one.fact, *one.against) if fact.id in ranks), None)
    # The side that is preferred, else that of the fact itself.
    sides.sort(key=lambda side: (best or one.fact) not in side[1])
    said = _sides(services, one.about, sides)
    if best is None:
        return said
    return sentences((said, say("The first is preferred: {reason}.", reason=_clause(ranks[best.id]))))


def _sides(services: Services, about: Disagreement, sides: Sequence[tuple[str, tuple[Fact, ...]]]) -> Said:
    sources = _labels(services, (fact for _, facts in sides for fact in facts))
    if len(sources) == 1:
        return say(
            "The source contradicts itself on {what}: {sides} ({source}).",
            what=about.on,
            sides=apart([says for says, _ in sides]),
            source=sources[0],
        )
    said = [
        say("{says} ({sources})", says=says, sources=apart(_labels(services, facts))) for says, facts in sides
    ]
    return say("Sources differ on {what}: {sides}.", what=about.on, sides=apart(said))


def _otherwise(services: Services, one: _Dispute) -> Said:
    ranks = services.base.overlay.preferred
    (other,) = one.against
    said = say(
        "Sources differ: {statement} ({citation}).",
        statement=_clause(other.statement),
        citation=other.citations[0].label,
    )
    if other.id in ranks:
        reason = _clause(ranks[other.id])
        return sentences((said, say("That is preferred to the fact shown first: {reason}.", reason=reason)))
    if one.fact.id in ranks:
        reason = _clause(ranks[one.fact.id])
        return sentences((said, say("The fact shown first is preferred: {reason}.", reason=reason)))
    return said


def _labels(services: Services, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the documents of facts as readers see them, each once."""
    slugs = dict.fromkeys(slug for fact in facts for slug in fact.documents)
    return tuple(services.base.document(slug).label for slug in slugs)


def _clause(text: str) -> str:
    """Return a sentence without the point at its end."""
    return text.strip().rstrip(".")


def _overdue(request: Request, shown: Sequence[Fact]) -> tuple[str, ...]:
    """Return the note on facts of a team's own whose day of review has passed, none where there is none."""
    today = f"{request.now:%Y-%m-%d}"
    days = sorted(
        {f.id: f.contributed.review_by for f in shown if f.contributed and f.contributed.review_by}.values()
    )
    late = [day for day in days if day < today]
    if not late:
        return ()
    return (
        say_many(
            "A fact here is overdue for review since {day}.",
            "{count} facts here are overdue for review, the first since {day}.",
            len(late),
            day=late[0],
        ),
    )
