"""Questions that name a spelling which several places share: each place with what answers of it, or that nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from handlers.answer import FACTS_PER_PAGE, NEAR_FACTS, Answer, Line
from handlers.questions.disambiguation import choice, decided
from handlers.questions.refusing import related
from handlers.questions.refusing.lookup import with_known
from handlers.questions.refusing.missing import missing
from handlers.questions.values import value_of
from handlers.records import about
from handlers.request import Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.verdict.answerability import answering
from handlers.verdict.denied import Denied, Lacking, listed
from knowledge.model import Fact, Named
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Ambiguous
from knowledge.search.intent import AnswerType
from knowledge.search.query import Query
from knowledge.text.normalize import normalize, tokenize

_FACTS_OF_EACH: Final = 2
# What several places may lack alike, so that it is said of them in one sentence.
_ALIKE: Final[dict[Lacking, Lacking]] = {"figure": "figure", "office": "office", "together": "either"}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A question with the shared name read as one place: the facts that answer it, else what of it is missing."""

    record: Named
    query: Query
    found: tuple[Fact, ...]
    denied: Denied | None
    near: tuple[Fact, ...]


def side_by_side(services: Services, request: Request, query: Query, mention: Mention) -> Answer:
    """Return what answers of each namesake under its name, and which of them lack it; what all lack is said in a sentence."""
    resolution = mention.resolution
    records = resolution.records if isinstance(resolution, Ambiguous) else ()
    readings = [_read(services, query, mention, record) for record in records]
    denied = [reading.denied for reading in readings if reading.denied]
    if not any(reading.found for reading in readings) and len(denied) == len(readings):
        return _none(services, readings, denied)
    lines = tuple(line for reading in readings for line in _lines(services, reading))[:FACTS_PER_PAGE]
    return Answer(
        headline=_headline(about.as_spelt(records, mention.typed), readings),
        outcome="ambiguous",
        match="alias",
        lines=lines,
        notes=tuple(map(_lacking, (one for one in readings if lines and not one.found))),
        choices=tuple(choice(request, record, about.describe(services, record)) for record in records),
        context=tuple(record.slug for record in records),
    )


def _read(services: Services, query: Query, mention: Mention, record: Named) -> _Reading:
    narrowed = decided(query, mention, record)
    hits = services.base.rank(narrowed)
    found = tuple(hit.fact for hit in answering(services.base, narrowed, hits, services.rules))
    if not found and _asks_all(services, narrowed):
        found = services.base.facts_of(record)
    denied = None if found else missing(services.base, narrowed)
    near = related.facts(services, narrowed, hits, denied) if denied else ()
    return _Reading(record, narrowed, found, denied, near)


def _asks_all(services: Services, query: Query) -> bool:
    """Say whether a question asks nothing in particular: "what do the documents say about Suzhou"."""
    base, lexicon = services.base, services.base.lexicon
    slight = lexicon.slight | lexicon.documents
    telling = (
        concept
        for concept in query.concepts
        if not slight.issuperset(tokenize(normalize(concept.surface)))
        and not (concept.owners and base.going_without_saying.issuperset(concept.owners))
    )
    is_open = query.answer_type is AnswerType.ANYTHING and not (query.years or query.partners or query.sorts)
    # The name itself is left.
    return is_open and not query.strangers and len(tuple(telling)) == 1


def _lines(services: Services, reading: _Reading) -> tuple[Line, ...]:
    """Return the lines on one place: the first with what of it was asked for."""
    lines = (Line(fact, group=reading.record.name) for fact in reading.found[:_FACTS_OF_EACH])
    return tuple(
        replace(line, value=value_of(services, reading.query, line.fact)) if place == 0 else line
        for place, line in enumerate(lines)
    )


def _headline(typed: str, readings: Sequence[_Reading]) -> str:
    """Return how many places have a name, and for which there is an answer if there is none for all."""
    having = [reading.record.name for reading in readings if reading.found]
    named = {"typed": typed, "places": listed(having)}
    if not having:
        return say_many(
            "I found no fact that surely answers that for the {count} place called “{typed}”.",
            "I found no fact that surely answers that for any of the {count} places called “{typed}”.",
            len(readings),
            **named,
        )
    if len(having) == len(readings):
        return say_many(
            "“{typed}” is the name of {count} place.",
            "“{typed}” is the name of {count} places.",
            len(readings),
            **named,
        )
    return say_many(
        "“{typed}” is the name of {count} place. I found an answer for {places}:",
        "“{typed}” is the name of {count} places. I found an answer only for {places}:",
        len(readings),
        **named,
    )


def _lacking(reading: _Reading) -> str:
    if reading.denied:
        return reading.denied.sentence
    return say("Of {names} I found no fact that answers that.", names=reading.record.name)


def _none(services: Services, readings: Sequence[_Reading], denied: Sequence[Denied]) -> Answer:
    """Return what none of the places has, with the pages of those that facts are on."""
    records = tuple(reading.record for reading in readings)
    of_all = _alike(records, denied)
    said, *others = dict.fromkeys(one.sentence for one in ([of_all] if of_all else denied))
    if all(one.lacking == "name" for one in denied):
        # Of what stands beside the shared name nothing is held either, or of that alone.
        slugs = tuple(dict.fromkeys(slug for one in denied for slug in one.slugs))
        of_all = Denied("name", tuple(dict.fromkeys(name for one in denied for name in one.names)), slugs)
        known = [record for record in records if record.slug not in slugs]
        said, others = with_known(services, of_all.sentence, known), []
    near = dict.fromkeys(fact for reading in readings for fact in reading.near)
    return Answer(
        headline=said,
        outcome="unknown",
        match="alias",
        near=tuple(near)[:NEAR_FACTS],
        notes=tuple(others),
        choices=related.pages(services, records) or related.choices(services, readings[0].query),
        context=tuple(record.slug for record in records),
        denied=of_all or denied[0],
    )


def _alike(records: Sequence[Named], denied: Sequence[Denied]) -> Denied | None:
    """Return that none of several places has the same thing; None where they lack things that differ, or more than is said of
    one place.
    """
    names, slugs = tuple(record.name for record in records), tuple(record.slug for record in records)
    if any(one.names != (name,) or one.years for one, name in zip(denied, names, strict=True)):
        return None
    # Of which nothing at all is held, nothing of this is either.
    wanted = [one for one in denied if one.lacking != "name"]
    if not wanted:
        return Denied("name", names, slugs)
    lacking = {_ALIKE.get(one.lacking) for one in wanted}
    words = {one.words for one in wanted}
    if len(lacking) > 1 or len(words) > 1 or (sort := lacking.pop()) is None:
        return None
    year = next((one.year for one in wanted if one.year), None)
    return Denied(sort, names, slugs, words.pop(), year)
