"""Free text: the facts that answer, or an honest "the base does not say that"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from handlers.answer import FACTS_OF_ANSWER, FACTS_PER_PAGE, Answer, Line
from handlers.paging import page
from handlers.questions import disambiguation, namesakes
from handlers.questions.by_date import by_date
from handlers.questions.by_source import OfSource, said_by
from handlers.questions.compound import in_turn, parts_of, refused, told_apart, unanswered
from handlers.questions.lacking import lacking
from handlers.questions.members import one_of_each_first
from handlers.questions.parts import Part
from handlers.questions.refusing import refusal
from handlers.questions.side import side_asked_first
from handlers.questions.support import on_the_point, own_word_first
from handlers.questions.understood import as_read, corrections, match, subjects
from handlers.questions.values import told_once, value_of
from handlers.questions.values.owner import is_of_another_event
from handlers.questions.values.wanted import wanted
from handlers.records import about, figures
from handlers.records.disagreements import with_other_side
from handlers.records.enumerated import apart, sentences
from handlers.request import Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.verdict import paired
from handlers.verdict.answerability import answering, is_asked
from handlers.verdict.evidence import missing_names
from knowledge.base import FactBase
from knowledge.model import Fact, Gap
from knowledge.names.resolver import Suggestions
from knowledge.search.index import Hit
from knowledge.search.query import Query


def answer(services: Services, request: Request) -> Answer:
    """Return the facts that cover a free text, or what of it the base does not hold.

    Names that the target tells what to read as are read so.
    """
    parsed = services.base.parse(request.text)
    if request.target is not None:
        parsed = disambiguation.read_as(parsed, request.target.ids)
    query = disambiguation.resolve(services, parsed)
    found = _answer_to(services, request, query)
    if found.outcome != "answer":
        return found
    return replace(found, read=(*found.read, *disambiguation.read_by_company(parsed, query)))


def _answer_to(services: Services, request: Request, query: Query) -> Answer:
    hits = services.base.rank(query)
    told = said_by(services.base, query)
    if told and not told.words:
        return _all_said(services, request, query, hits, told)
    if curated := _as_curated(services, request, query, hits):
        return curated
    if mention := disambiguation.shared(query):
        return namesakes.side_by_side(services, request, query, mention)
    if dated := by_date(services, request, query):
        return dated
    if not (query.concepts or query.strangers):
        return refusal.nothing_asked()
    return _of_what_is_asked(services, request, query, hits, told)


def _all_said(
    services: Services, request: Request, query: Query, hits: tuple[Hit, ...], told: OfSource
) -> Answer:
    """Return whatever somebody says of whom that is asked, or that nothing of it is held."""
    if stating := tuple(hit for hit in hits if hit.entry in told.facts):
        return _answered(services, request, query, stating)
    return refusal.of_source(
        refusal.declined(services, query, refusal.looked_for(services, query, hits)), told
    )


def _of_what_is_asked(
    services: Services, request: Request, query: Query, hits: tuple[Hit, ...], told: OfSource | None
) -> Answer:
    """Return the facts that answer a question, or its parts, or else what is not held of it; `told` is what it asks of who says
    something, if it does.
    """
    parts = parts_of(services, query)
    told = None if parts else told
    if told and (stating := tuple(hit for hit in hits if hit.entry in told.facts)):
        return _answered(services, request, query, on_the_point(services, query, stating))
    if not parts and (outside := refusal.outside(query, hits)):
        return refusal.of_outside(services, query, hits, outside)
    if not parts and query.strangers:
        return refusal.of_strangers(services, query)
    found = _answering(services, query, hits, parts)
    if found and (parts or not _tells_another_time(services, query, found[0].fact)):
        return _answered(services, request, query, found, parts)
    beside = refusal.looked_for(services, query, hits)
    if said := refused(services, query):
        return replace(refusal.declined(services, query, beside), headline=sentences(said))
    if beside.nearest and (stated := _stating_all(services, query, hits, beside.nearest)):
        return _answered(services, request, query, stated)
    if near := _unsure_name(query):
        near = disambiguation.in_company_first(services, query, near)
        return about.did_you_mean(near, lambda record: disambiguation.choice(request, record, record.name))
    if (gap := _gap(services, query, hits)) and refusal.is_on(services, query, gap):
        return refusal.not_stated(services, query, hits, gap)
    declined = refusal.declined(services, query, beside)
    # Of several words each may be spoken of, in a fact of its own or in other words.
    return refusal.of_source(declined, told) if told and len(told.words) == 1 else declined


def _tells_another_time(services: Services, query: Query, fact: Fact) -> bool:
    return is_of_another_event(services.base, query, wanted(services.base.lexicon, query), fact)


def _stating_all(services: Services, query: Query, hits: tuple[Hit, ...], nearest: Fact) -> tuple[Hit, ...]:
    """Return the `nearest` fact, which speaks of all that is asked, if it has in it what the question wants, or states every word
    of it and is more likely than not to answer.
    """
    found = tuple(hit for hit in hits if isinstance(hit.entry, Fact) and hit.fact == nearest)
    least = services.base.tuning.likely_beside
    is_stated = any(hit.feature("stated in full") and hit.likely >= least for hit in found)
    return found if is_stated or value_of(services, _read(query), nearest) else ()


def as_asked(services: Services, request: Request, text: str) -> Answer | None:
    """Return the facts that have `text` among their asks, whatever its words and names are; None where none has."""
    query = services.base.parse(text)
    found = tuple(hit for hit in services.base.search(text) if is_asked(services.base, query, hit))
    return _answered(services, request, query, found) if found else None


def of_hits(services: Services, request: Request, query: Query, hits: tuple[Hit, ...]) -> Answer | None:
    """Return the answer to a question from some of its hits alone; None where none of these answers."""
    found = _answering(services, query, hits, ()) if hits else ()
    if not found or _tells_another_time(services, query, found[0].fact):
        return None
    return _answered(services, request, query, found)


def with_facts(services: Services, request: Request, facts: Iterable[Fact]) -> Answer:
    """Return the answer to a text that is known to ask for what `facts` state, the nearest first; one at least has to be near."""
    query, asked = services.base.parse(request.text), {fact.id for fact in facts}
    return _answered(
        services, request, query, tuple(hit for hit in services.base.rank(query) if hit.entry.id in asked)
    )


def _answering(
    services: Services, query: Query, hits: tuple[Hit, ...], parts: tuple[Part, ...]
) -> tuple[Hit, ...]:
    """Return the hits that answer, the best first, then its context; none when nothing covers enough."""
    if leads := _telling_each(services, parts):
        return leads
    several = in_turn(parts)
    good = side_asked_first(services, query, answering(services.base, query, hits, services.rules))
    good = own_word_first(services.base, query, good)
    if query.members:
        good = one_of_each_first(good)
    if not several and not good:
        return ()
    # Facts on all that is asked come first, unless things are to be set side by side or one has no answer.
    is_by_part = query.compares or not all(part.hits for part in parts)
    first = () if several and is_by_part else good[: 2 if several else None]
    if first and first[0].fact in {hit.fact for hit in several}:
        # Each is the answer to a part: in the order in which they were asked.
        first = ()
    tuning = services.base.tuning
    beside = good or [hit for hit in hits if isinstance(hit.entry, Fact)]
    least = max(hit.score for hit in beside) - tuning.beside_the_best
    # What leads need not be likeliest by its words: what states the very partner does.
    shown = {
        hit.fact.id: hit
        for hit in (*first, *several, *beside)
        if hit in several or hit in good[:1] or hit.score >= least
    }
    found = tuple(shown.values())
    is_list = bool(several) or query.members or query.compares
    return (found if is_list else on_the_point(services, query, found))[: tuning.most_facts]


def _telling_each(services: Services, parts: tuple[Part, ...]) -> tuple[Hit, ...]:
    """Return the fact that answers each part, if each has in it what its part asks for: beside these others tell nothing."""
    leads = {part: part.hits[0] for part in parts if part.hits}
    if not all(value_of(services, _read(part.query), hit.fact) for part, hit in leads.items()):
        return ()
    return tuple({hit.fact.id: hit for hit in leads.values()}.values())


def _answered(
    services: Services, request: Request, query: Query, hits: tuple[Hit, ...], parts: tuple[Part, ...] = ()
) -> Answer:
    facts = with_other_side(services, query, hits, lambda fact: value_of(services, _read(query), fact))
    # Where several things are asked for, each fact is an answer.
    is_list = bool(parts) or query.members or query.compares
    shown = page(facts, request.page, FACTS_PER_PAGE if is_list else FACTS_OF_ANSWER)
    lines = tuple(map(Line, shown.items))
    if shown.number == 1:
        lines = _lines(services, query, parts, shown.items)
    # Where each fact is told by its figure, a table tells nothing more.
    is_tabled = query.compares and not all(line.value for line in lines)
    return Answer(
        headline="" if parts or shown.number > 1 else _doubting(services.base, query, shown.items[0]),
        outcome="answer",
        match=match(query),
        lines=lines,
        table=figures.table(services, lines) if is_tabled else None,
        notes=tuple(
            dict.fromkeys(
                (
                    *unanswered(services, parts, query.text),
                    *lacking(services, query, shown.items),
                )
            )
        ),
        read=corrections(query),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
        context=subjects(query) or hits[0].fact.subjects[:2],
        asked=as_read(query),
    )


def _doubting(base: FactBase, query: Query, lead: Fact) -> str:
    """Return in a sentence that the partners of a place which are printed are all doubted; "" where one is not."""
    ties = paired.all_doubted(base, query)
    if not any(tie.slug in lead.subjects for tie in ties):
        return ""
    return say_many(
        "Only one partner of {place} is printed, and the curator of the base doubts it:",
        "{count} partners of {place} are printed, and the curator of the base doubts each:",
        len(ties),
        place=paired.to_be_paired(base, query)[0],
    )


def _lines(
    services: Services, query: Query, parts: tuple[Part, ...], facts: Sequence[Fact]
) -> tuple[Line, ...]:
    """Return the lines of the first page: the fact that leads, or the one that leads each part, with what was asked for."""
    leads: dict[Fact, list[Part]] = {}
    for part in parts:
        if part.hits:
            leads.setdefault(part.hits[0].fact, []).append(part)
    if not leads:
        lead, *others = facts
        return (Line(lead, value=value_of(services, _read(query), lead)), *map(Line, others))
    names = told_apart(parts)
    values = [_value(services, query, leads[fact], names, fact) if fact in leads else "" for fact in facts]
    # What stands in bold once is not told again.
    firsts = {value: at for at, value in reversed(tuple(enumerate(values)))}
    return tuple(
        Line(fact, value=value if firsts[value] == at else "")
        for at, (fact, value) in enumerate(zip(facts, values, strict=True))
    )


def _value(
    services: Services, query: Query, parts: Sequence[Part], names: Mapping[Part, str], fact: Fact
) -> str:
    """Return what the parts of a question that a fact answers want of it, if each wants something in particular; else what the
    question wants. Where the parts ask of several `names`, each value has its own. Slips are read as what they were meant for.
    """
    found = {part: value_of(services, _read(part.query), fact) for part in parts}
    if not all(found.values()):
        return value_of(services, _read(query), fact)
    said = (_named(services, names.get(part, ""), value) for part, value in found.items())
    return apart(tuple(told_once(said)))


def _named(services: Services, slug: str, value: str) -> str:
    record = services.base.entity(slug)
    return say("{name}: {value}", name=record, value=value) if record else value


def _read(query: Query) -> Query:
    text = as_read(query)
    return query if text == query.text else replace(query, text=text)


def _as_curated(services: Services, request: Request, query: Query, hits: tuple[Hit, ...]) -> Answer | None:
    """Return what a curator wrote the question down for; None where it is no ask."""
    as_asked_for = [hit for hit in hits if is_asked(services.base, query, hit)]
    if (gap := _asked_gap(as_asked_for)) and not paired.are_said_to_be_paired(services.base, query):
        return refusal.not_stated(services, query, hits, gap)
    found = _answering(services, query, hits, ()) if as_asked_for else ()
    return _answered(services, request, query, found) if found else None


def _asked_gap(hits: Sequence[Hit]) -> Gap | None:
    """Return the gap among those of which the question is an ask, unless it is one of a fact too."""
    asked = [hit.entry for hit in hits]
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


def _unsure_name(query: Query) -> Suggestions | None:
    return next((m.resolution for m in query.mentions if isinstance(m.resolution, Suggestions)), None)
