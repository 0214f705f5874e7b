"""Questions of others than those named: "who is Nanjing twinned with apart from Chuzhou", 除了上海还有哪些城市."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.paging import page
from handlers.questions import answering, disambiguation
from handlers.questions.refusing import related
from handlers.questions.turned.leaving_out import LeavingOut, left_out
from handlers.questions.turned.negated import put_otherwise
from handlers.questions.understood import subjects
from handlers.questions.values import partners, printed
from handlers.questions.values.shown import shown
from handlers.records import counts
from handlers.records.enumerated import all_of
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.verdict import paired
from knowledge.base import FactBase
from knowledge.model import Fact, Named, Pairing, Place
from knowledge.search.intent import AnswerType
from knowledge.search.negation import is_rest
from knowledge.search.query import Query
from knowledge.text.normalize import normalize, tokenize
from knowledge.vocabulary import AS_TWINS, Kind

_ANYBODY: Final = re.compile(r"\b(?:any|some)(?:one|body)\b", re.IGNORECASE)
_IN_A_ROW: Final = re.compile(r",\s*(?:and\s+)?|\s+and\s+|;\s*")
# Facts on a tie: of one several, of several one each.
_MOST_OF_ONE: Final = 3


def of_the_others(services: Services, request: Request) -> Answer | None:
    """Return what answers of others than a question leaves out by name, or that nothing does; None where it leaves out none, and
    where a curator wrote it down.
    """
    base = services.base
    if is_rest(request.text):
        return _of_what(services, request)
    without = left_out(base, request.text)
    if without is None or any(hit.is_asked for hit in base.rank(base.parse(request.text))):
        return None
    query = disambiguation.resolve(services, base.parse(_ANYBODY.sub(" ", without.rest)))
    return (
        _of_ties(services, request, query, without)
        or _of_facts(services, request, without)
        or Answer(
            headline=say("The base has no list of that without {names}.", names=without.typed),
            outcome="unknown",
            choices=put_otherwise(services, request, query, without.rest),
            context=tuple(record.slug for record in without.records),
        )
    )


def _of_what(services: Services, request: Request) -> Answer:
    """Return what is said to the rest of a question, where it follows on none."""
    query = services.base.parse(request.text)
    return Answer(
        headline=say(
            "That is the rest of a question. Please ask it whole, like “Who is Nanjing twinned with besides Chuzhou?”."
        ),
        outcome="unknown",
        choices=related.choices(services, query),
        context=subjects(query),
    )


def _of_ties(services: Services, request: Request, query: Query, without: LeavingOut) -> Answer | None:
    """Return the ties that a question wants but those with what it leaves out, or that there are none; None where it wants something
    else.
    """
    base, places = services.base, paired.to_be_paired(services.base, query)
    wants_ties = (query.partners or query.twins) and paired.asks_no_more(base, query)
    if (
        not wants_ties
        or query.years
        or len(places) > 1
        or _wants_a_level(base, query)
        or not (without.records or without.kinds)
    ):
        return None
    wanted = AS_TWINS if query.twins else None
    ties = [
        tie
        for tie in (paired.pairings_of(base, places[0]) if places else base.seeds.pairings)
        if (wanted is None or tie.arrangement in wanted) and base.about(tie.slug)
    ]
    away = _all_in(base, without.records)
    ties = [tie for tie in ties if tie.arrangement not in without.kinds and tie.slug not in away]
    left = sorted((tie for tie in ties if _is_left(base, tie, places, away)), key=lambda tie: not tie.delta)
    choices = put_otherwise(services, request, query, without.rest)
    if not left:
        return Answer(
            headline=_none(without.typed, places, are_twins=query.twins),
            outcome="unknown",
            choices=choices,
            context=tuple(place.slug for place in places),
        )
    each = _MOST_OF_ONE if len(left) == 1 else 1
    facts = [fact for tie in left for fact in _on(base, tie, away)[:each]]
    shown = page(tuple(dict.fromkeys(facts)), request.page, FACTS_PER_PAGE)
    return Answer(
        headline=_without(without.typed, places, len(left)),
        outcome="answer",
        match="search",
        lines=tuple(map(Line, shown.items)),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
        context=tuple(place.slug for place in places),
    )


def _wants_a_level(base: FactBase, query: Query) -> bool:
    """Say whether a question wants districts, counties or provinces that are tied, which the ties are not told apart by."""
    lexicon = base.lexicon
    words = {
        word for concept in query.concepts for word in (concept.surface, concept.corrected)
    } | query.sorts
    return not words.isdisjoint(lexicon.districts | lexicon.counties | lexicon.provinces)


def _none(typed: str, places: Sequence[Place], *, are_twins: bool) -> Said:
    if not places:
        return say("Apart from {names}, no such pairing is recorded.", names=typed)
    if are_twins:
        return say("Apart from {names}, no twinning of {place} is recorded.", names=typed, place=places[0])
    return say("Apart from {names}, no pairing of {place} is recorded.", names=typed, place=places[0])


def _without(typed: str, places: Sequence[Place], number: int) -> Said:
    pairings = counts.pairings(number)
    if not places:
        return say("Without {names} the base records {pairings}:", names=typed, pairings=pairings)
    return say(
        "Without {names} the base records {pairings} of {place}:",
        names=typed,
        pairings=pairings,
        place=places[0],
    )


def _is_left(base: FactBase, tie: Pairing, places: Sequence[Place], away: frozenset[str]) -> bool:
    """Say whether a tie is one of the places with another that is not left out; of no place in particular, with none left out."""
    if not places:
        return away.isdisjoint(tie.members)
    here, members = base.within(places[0]), frozenset(tie.members)
    if here & away and places[0].slug not in away:
        # Of places in this one some are left out.
        return not (here - away).isdisjoint(members)
    return bool(members - here - away - base.going_without_saying)


def _on(base: FactBase, tie: Pairing, away: frozenset[str]) -> list[Fact]:
    """Return the facts on a tie: first those that do not speak of what is left out, of these what states it, and it alone."""

    def order(fact: Fact) -> tuple[bool, bool, bool, int]:
        stated = partners.ties(base, fact)
        speaks = not away.isdisjoint(_named_in(base, fact))
        return speaks, fact.kind is not Kind.PAIRING, tie not in stated, len(stated)

    return sorted(base.about(tie.slug), key=order)


def _of_facts(services: Services, request: Request, without: LeavingOut) -> Answer | None:
    """Return the answer to the question as it leaves out nothing, with what is asked for without what is left out, or else a fact
    that names others beside that; None where they are not told apart, and of a number, which is that of all.
    """
    base = services.base
    query = base.parse(without.rest)
    if query.answer_type is AnswerType.QUANTITY or without.kinds or not without.records:
        return None
    told = answering.answer(services, request.saying(without.rest))
    if told.outcome != "answer" or not told.lines:
        return None
    lead, *others = told.lines
    if value := _others(base, without.records, lead.value):
        said = say("Without {names}:", names=without.typed)
        return replace(told, headline=said, lines=(replace(lead, value=value), *others))
    spoken = _spoken_of(base, without, lead.fact)
    if (
        lead.value
        or not spoken
        or not _names_more(base, query, without, lead.fact)
        or _ties(base, query, spoken, lead.fact)
    ):
        return None
    # Named with others, what is left out tells where these stand.
    return replace(told, headline=say("The fact speaks of {names} as well:", names=all_of(spoken)))


def _ties(base: FactBase, query: Query, spoken: Iterable[Named], fact: Fact) -> bool:
    """Say whether a fact is on a tie of what is left out, which tells of no other, or a question wants whatever is of a kind."""
    away = _all_in(base, spoken)
    ties = (record for slug in fact.subjects if isinstance(record := base.entity(slug), Pairing))
    slight = base.lexicon.slight | query.sorts | base.lexicon.cities | base.lexicon.provinces
    tells = any(
        concept.surface not in slight
        and not any(isinstance(base.entity(slug), Place) for slug in concept.owners)
        for concept in query.concepts
    )
    return not tells or any(not away.isdisjoint(tie.members) for tie in ties if tie.arrangement in AS_TWINS)


def _spoken_of(base: FactBase, without: LeavingOut, fact: Fact) -> list[Named]:
    """Return what is left out and a fact speaks of all the same."""
    named = _named_in(base, fact)
    return [record for record in without.records if not named.isdisjoint(_all_in(base, (record,)))]


def _names_more(base: FactBase, query: Query, without: LeavingOut, fact: Fact) -> bool:
    """Say whether a fact names other places than a question does, and than those around these."""
    records = [base.entity(owner) for concept in query.concepts for owner in concept.owners]
    around = (
        slug
        for record in (*records, *without.records)
        if isinstance(record, Place)
        for slug in (record.slug, record.province, *record.part_of)
    )
    known = {*around, *_all_in(base, without.records), *base.going_without_saying}
    named = [one.record for one in printed.names(base.names, fact)]
    return any(isinstance(record, Place) and record.slug not in known for record in named)


def _others(base: FactBase, left_out: Iterable[Named], value: str) -> str:
    """Return the names in a row but those that are left out; "" where no other is left."""
    records = [record for slug in _all_in(base, left_out) if (record := base.entity(slug))]
    if any(value == shown(base, record) for record in records):
        return ""
    spelt = {_folded(spelling) for record in records for spelling in record.spellings()}
    parts = [part.strip() for part in _IN_A_ROW.split(value) if part.strip()]
    kept = [part for part in parts if _folded(part) not in spelt]
    if len(kept) == len(parts):
        return value
    *first, last = kept or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def _folded(name: str) -> str:
    return " ".join(tokenize(normalize(name)))


def _named_in(base: FactBase, fact: Fact) -> frozenset[str]:
    """Return the slugs of what a fact is about and of what its statement names."""
    named = (one.record.slug for one in printed.names(base.names, fact))
    return frozenset((*fact.subjects, *named))


def _all_in(base: FactBase, records: Iterable[Named]) -> frozenset[str]:
    """Return the slugs of records, and of places in them."""
    return frozenset(
        slug
        for record in records
        for slug in (base.within(record) if isinstance(record, Place) else (record.slug,))
    )
