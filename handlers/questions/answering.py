"""Free text: the facts that answer, or an honest "the base does not say that"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from handlers.answer import FACTS_OF_ANSWER, FACTS_PER_PAGE, NEAR_FACTS, Answer, Line, Match
from handlers.answerability import Reason, answering, nothing_for, nothing_on, verdict
from handlers.evidence import FactEvidence, missing_names
from handlers.paging import page
from handlers.questions import disambiguation, excerpts
from handlers.questions.as_read import as_read, corrections
from handlers.questions.by_date import by_date
from handlers.questions.compound import Part, in_turn, parts_of, unanswered
from handlers.questions.members import one_of_each_first
from handlers.questions.side import side_asked_first
from handlers.questions.values import value_of
from handlers.records import about
from handlers.records.disagreements import with_other_side
from handlers.request import Request
from handlers.services import Services
from knowledge import citing
from knowledge.model import Fact, Gap, Place
from knowledge.names.resolver import Outside, Suggestions
from knowledge.search.index import Hit
from knowledge.search.query import Concept, Query
from knowledge.text.normalize import normalize, tokenize


def answer(services: Services, request: Request) -> Answer:
    """Return the facts that cover a free text, or what of it the base does not hold.

    Names that the target tells what to read as are read so.
    """
    parsed = services.base.parse(request.text)
    if request.target is not None:
        parsed = disambiguation.read_as(parsed, request.target.ids)
    query = disambiguation.resolve(services, parsed)
    hits = services.base.rank(query)
    if curated := _as_curated(services, request, query, hits):
        return curated
    if mention := disambiguation.shared(query):
        return disambiguation.side_by_side(services, request, query, mention)
    if dated := by_date(services, request, query):
        return dated
    if not (query.concepts or query.strangers):
        return _nothing_asked()
    return _of_what_is_asked(services, request, query, hits)


def _of_what_is_asked(services: Services, request: Request, query: Query, hits: tuple[Hit, ...]) -> Answer:
    """Return the facts that answer a question, or its parts, or else what is not held of it."""
    parts = parts_of(services, query)
    if not parts and (outside := _outside(query, hits)):
        return _with_passages(services, query, _about_outside(services, query, hits, outside))
    if not parts and query.strangers:
        return _with_passages(services, query, _about_strangers(services, query))
    if found := _answering(services, query, hits, parts):
        return _answered(services, request, query, found, parts)
    if near := _unsure_name(query):
        return about.did_you_mean(near, lambda record: disambiguation.choice(request, record, record.name))
    if gap := _gap(services, query, hits):
        return _not_stated(services, query, hits, gap)
    return _with_passages(services, query, _declined(services, query, hits))


def as_asked(services: Services, request: Request, text: str) -> Answer | None:
    """Return the facts that have `text` among their asks, whatever its words and names are; None where none has."""
    query = services.base.parse(text)
    found = tuple(hit for hit in services.base.search(text) if hit.is_asked)
    return _answered(services, request, query, found) if found else None


def _with_passages(services: Services, query: Query, answer: Answer) -> Answer:
    """Add what the documents at hand print on it; the outcome stays what it is."""
    is_off_topic = not answer.near and _outside(query) is None
    return replace(answer, passages=excerpts.offered(services, query, is_off_topic=is_off_topic))


def _nothing_asked() -> Answer:
    return Answer(
        headline="That holds no word to look for. Type a city, two places, a mechanism, a topic or a question; "
        "help shows examples.",
        outcome="unknown",
    )


def _answering(
    services: Services, query: Query, hits: tuple[Hit, ...], parts: tuple[Part, ...]
) -> tuple[Hit, ...]:
    """Return the hits that answer, the best first, then its context; none when nothing covers enough."""
    several = in_turn(parts)
    good = side_asked_first(services, query, answering(services.base, query, hits, services.rules))
    if query.members:
        good = one_of_each_first(good)
    if not several and not good:
        return ()
    # Facts on all that is asked come first, unless things are to be set side by side or one has no answer.
    is_by_part = query.compares or not all(part.hits for part in parts)
    first = () if several and is_by_part else good[: 2 if several else None]
    tuning = services.base.tuning
    beside = good or [hit for hit in hits if isinstance(hit.entry, Fact)]
    least = max(hit.score for hit in beside) - tuning.beside_the_best
    shown = {hit.fact.id: hit for hit in (*first, *several, *beside) if hit in several or hit.score >= least}
    return tuple(shown.values())[: tuning.most_facts]


def _answered(
    services: Services, request: Request, query: Query, hits: tuple[Hit, ...], parts: tuple[Part, ...] = ()
) -> Answer:
    facts = with_other_side(services, query, hits)
    # Where several things are asked for, each fact is an answer.
    is_list = bool(parts) or query.members or query.compares
    shown = page(facts, request.page, FACTS_PER_PAGE if is_list else FACTS_OF_ANSWER)
    left = unanswered(parts, query.text)
    return Answer(
        headline="",
        outcome="answer",
        match=_match(query),
        lines=_lines(services, query, parts, shown.items)
        if shown.number == 1
        else tuple(map(Line, shown.items)),
        notes=(left,) if left else (),
        read=corrections(query),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
        context=_subjects(query) or hits[0].fact.subjects[:2],
        asked=as_read(query),
    )


def _lines(
    services: Services, query: Query, parts: tuple[Part, ...], facts: Sequence[Fact]
) -> tuple[Line, ...]:
    """Return the lines of the first page: the fact that leads, or the one that leads each part, with what was asked for."""
    asked = {part.hits[0].fact: part.query for part in parts if part.hits} or {facts[0]: query}
    return tuple(
        Line(fact, value=value_of(services, asked[fact], fact) if fact in asked else "") for fact in facts
    )


def _match(query: Query) -> Match:
    if any(c.corrected for c in query.concepts):
        return "fuzzy"
    return "search"


def _as_curated(services: Services, request: Request, query: Query, hits: tuple[Hit, ...]) -> Answer | None:
    """Return what a curator wrote the question down for; None where it is no ask."""
    if gap := _asked_gap(hits):
        return _not_stated(services, query, hits, gap)
    found = _answering(services, query, hits, ()) if any(hit.is_asked for hit in hits) else ()
    return _answered(services, request, query, found) if found else None


def _asked_gap(hits: tuple[Hit, ...]) -> Gap | None:
    """Return the gap of which the question is an ask, unless it is one of a fact too."""
    asked = [hit.entry for hit in hits if hit.is_asked]
    gaps = [entry for entry in asked if isinstance(entry, Gap)]
    return gaps[0] if gaps and len(gaps) == len(asked) else None


def _gap(services: Services, query: Query, hits: tuple[Hit, ...]) -> Gap | None:
    """Return the gap that a question without an answer is about: one that ranks before every fact, or nearly so, and speaks
    of every name, every year and most of what is asked.
    """
    tuning = services.base.tuning
    for hit in hits if any(not concept.is_name for concept in query.concepts) else ():
        if hit.score < hits[0].score - tuning.beside_a_gap:
            return None
        if isinstance(hit.entry, Gap):
            is_on_it = hit.feature("word coverage") >= tuning.about_a_gap and not hit.feature("year missed")
            return hit.entry if is_on_it and not missing_names(services.base, hit) else None
    return None


def _not_stated(services: Services, query: Query, hits: tuple[Hit, ...], gap: Gap) -> Answer:
    """Say that the documents are known not to state what is asked, and where they speak of it."""
    return Answer(
        headline=f"The documents do not say. {gap.statement} ({citing.cited(gap.citations)})",
        outcome="unknown",
        match=_match(query),
        near=_facts(hits)[:NEAR_FACTS] if _is_near(services, query, hits) else (),
        context=_subjects(query) or gap.subjects[:2],
    )


def _declined(services: Services, query: Query, hits: tuple[Hit, ...]) -> Answer:
    """Say what of the question the base does not hold, with the nearest facts where any is near."""
    near = [hit for hit in hits if isinstance(hit.entry, Fact)][:NEAR_FACTS]
    if not near or (near[0].likely < services.base.tuning.related and not _names_something(query)):
        unheard = near[0].missed if near else query.concepts
        named = ", ".join(dict.fromkeys(mention.shown for mention in query.mentions))
        lacking = f"It holds nothing on {named}." if named else nothing_on(unheard) if unheard else ""
        return Answer(
            headline=f"That is not in the fact base. {lacking}".rstrip()
            + " It covers cooperation in the Yangtze River Delta: cities, pairings, mechanisms and topics from "
            f"{about.counted(len(services.base.documents), 'document')}.",
            outcome="unknown",
            notes=("help shows what can be asked.",),
        )
    reasons = verdict(services.base, query, FactEvidence(services.base, near[0]), services.rules)
    return Answer(
        headline=f"The fact base does not say that. {_what_is_missing(reasons)}",
        outcome="unknown",
        match=_match(query),
        near=tuple(hit.fact for hit in near),
        context=_subjects(query),
    )


def _names_something(query: Query) -> bool:
    return any(concept.is_name for concept in query.concepts)


def _what_is_missing(reasons: tuple[Reason, ...]) -> str:
    """Return in a sentence why the nearest fact does not answer: for names, else a year, else its first reason."""
    names = tuple(
        missing
        for reason in reasons
        if reason.rule.name == "name"
        for missing in reason.missing
        if isinstance(missing, Concept) and missing.is_name
    )
    if names:
        return nothing_for(names)
    return next((reason for reason in reasons if reason.rule.name == "year"), reasons[0]).refusal


def _subjects(query: Query) -> tuple[str, ...]:
    return tuple(dict.fromkeys(owner for concept in query.concepts for owner in concept.owners[:1]))


def _unsure_name(query: Query) -> Suggestions | None:
    return next((m.resolution for m in query.mentions if isinstance(m.resolution, Suggestions)), None)


def _outside(query: Query, hits: tuple[Hit, ...] = ()) -> Outside | None:
    """Return a place outside that a question names, unless the best of `hits` speaks of it: the base compares the delta with
    others.
    """
    outside = (m.resolution for m in query.mentions if isinstance(m.resolution, Outside))
    best = _facts(hits)[:1]
    return next((one for one in outside if not any(_says(fact.statement, one.typed) for fact in best)), None)


def _about_outside(services: Services, query: Query, hits: tuple[Hit, ...], outside: Outside) -> Answer:
    place = outside.place
    is_told = any(_says(fact.statement, place.name) for fact in services.base.facts)
    what = "and none of its facts answers that" if is_told else "which holds nothing about it"
    return Answer(
        headline=f"{place.name} is in {place.within}: outside this fact base, {what}.",
        outcome="unknown",
        near=_facts(hits)[:NEAR_FACTS] if _is_near(services, query, hits) else (),
    )


def _says(text: str, name: str) -> bool:
    said, words = (" ".join(tokenize(normalize(one))) for one in (text, name))
    return f" {words} " in f" {said} "


def _is_near(services: Services, query: Query, hits: tuple[Hit, ...]) -> bool:
    """Say whether the nearest facts are worth showing beside a refusal."""
    likely = (hit.likely for hit in hits if isinstance(hit.entry, Fact))
    return _names_something(query) or next(likely, 0.0) >= services.base.tuning.related


def _facts(hits: Iterable[Hit]) -> tuple[Fact, ...]:
    return tuple(hit.entry for hit in hits if isinstance(hit.entry, Fact))


def _about_strangers(services: Services, query: Query) -> Answer:
    hits = services.base.rank(query) if _names_something(query) else ()
    return Answer(
        headline="The fact base does not say that. "
        + nothing_for(tuple(Concept(stranger, 0.0) for stranger in query.strangers)),
        outcome="unknown",
        near=_facts(hits)[:NEAR_FACTS],
        notes=tuple(note for stranger in query.strangers for note in _may_be_meant(services, stranger)),
        context=_subjects(query),
    )


def _may_be_meant(services: Services, stranger: str) -> Iterator[str]:
    """Yield the question whether a place was meant, where one is near to an unknown name."""
    read = services.base.names.resolve(stranger, lambda record: isinstance(record, Place))
    if isinstance(read, Suggestions):
        places = " or ".join(f"{record.name} ({record.chinese})" for record in read.records)
        yield f"Did you mean {places} by “{stranger}”?"
