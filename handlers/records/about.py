"""Answers about one record of the base: its facts, or an honest nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from handlers.answer import FACTS_PER_PAGE, NEAR_FACTS, Answer, Card, Choice, Line, Match, Section
from handlers.paging import page, page_of_parts
from handlers.records import caveats, counts, figures
from handlers.records.disagreements import of_record
from handlers.records.enumerated import in_a_row
from handlers.records.kind_of import full_name, kind_of
from handlers.records.lists import LISTS
from handlers.records.spread import spread
from handlers.records.summary import summary
from handlers.records.told import Told, told
from handlers.request import Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import Target
from handlers.verdict import held
from handlers.verdict.denied import Denied
from knowledge.base import FactBase
from knowledge.model import Mechanism, Named, Pairing, Place, Topic
from knowledge.names.resolver import Ambiguous, Found, Suggestions
from knowledge.search.terms import index_terms

DELTA: Final = say("Yangtze River Delta")
ELSEWHERE: Final = say("Elsewhere")

COMMAND_OF: tuple[tuple[type[Named], str], ...] = (
    (Place, "/yrd-city"),
    (Pairing, "/yrd-pair"),
    (Mechanism, "/yrd-mechanism"),
    (Topic, "/yrd-topic"),
)


def command_of(record: Named) -> str:
    """Return the slash command that asks for records of this sort."""
    return next((command for sort, command in COMMAND_OF if isinstance(record, sort)), "/yrd")


def describe(services: Services, record: Named) -> Said:
    """Return the name with what tells it from others: "Suzhou (Anhui), 宿州, prefecture-level city in Anhui"."""
    chinese = (record.chinese,) if record.chinese else ()
    return in_a_row((record.name, *chinese, kind_of(services.base, record)))


def region_of(base: FactBase, place: Place) -> str:
    """Return the heading that `place` stands under in a list: its province, the delta, or elsewhere."""
    if not base.lies_in_delta(place):
        return ELSEWHERE
    province = base.entity(place.province) if place.province else None
    return province.name if province else DELTA


def about(
    services: Services, request: Request, record: Named, match: Match, read: tuple[str, ...] = ()
) -> Answer:
    """Return the page of facts on `record` that is asked for, or say that the base holds none; `read` is how its name was."""
    facts = services.base.facts_of(record)
    if not facts:
        return nothing_about(services, record, match, read)
    answer = of_rows(
        request,
        summary(services.base, record, facts),
        pages_of(services, record),
        match,
        notes=of_record(services, record),
        read=read,
        context=(record.slug,),
    )
    return warned(services, record, answer)


def warned(services: Services, record: Named, answer: Answer) -> Answer:
    """Return `answer` with the caveat of `record` where none of its facts says the same."""
    unsaid = caveats.unsaid(services.base, record, [line.fact for line in answer.lines])
    return replace(answer, notes=(*unsaid, *answer.notes))


def pages_of(services: Services, record: Named) -> tuple[Told, ...]:
    """Return the facts on `record` for its pages: the first chosen over all headings, figures that compare side by side."""
    rows = told(services.base, record)
    if isinstance(record, Topic | Mechanism):
        by_fact = {row.fact: row for row in rows}
        groups = [[row.fact for row in group] for _, group in groupby(rows, key=lambda row: row.group)]
        rows = tuple(by_fact[fact] for group in groups for fact in figures.gathered(services, group))
    return spread(rows, FACTS_PER_PAGE)


def of_rows(
    request: Request,
    headline: str,
    rows: Sequence[Told],
    match: Match,
    *,
    notes: tuple[str, ...] = (),
    read: tuple[str, ...] = (),
    context: tuple[str, ...] = (),
) -> Answer:
    """Return the page of `rows` that is asked for, as they stand: facts under their headings."""
    shown = page(rows, request.page, FACTS_PER_PAGE)
    return Answer(
        headline=headline,
        outcome="answer",
        match=match,
        lines=tuple(Line(row.fact, group=row.group) for row in shown.items),
        notes=notes,
        read=read,
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
        context=context,
    )


def of_target(services: Services, request: Request, target: Target) -> Answer:
    """Return the page of facts on the record that a button carries."""
    record = services.base.entity(target.id)
    return about(services, request, record, "exact") if record else gone(target.id)


def gone(slug: str) -> Answer:
    """Return what says that the base no longer has what a button carries."""
    return Answer(headline=say("The fact base holds no “{slug}” any more.", slug=slug), outcome="unknown")


def nothing_about(services: Services, record: Named, match: Match, read: tuple[str, ...] = ()) -> Answer:
    """Return what says that `record` is known and that no fact names it."""
    named = held.naming(services.base, record)
    near = tuple(fact for fact in services.base.facts if fact in named)[:NEAR_FACTS]
    denied = None if near else Denied("name", (describe(services, record),), (record.slug,))
    return Answer(
        headline=denied.sentence
        if denied
        else say("No fact is about {name}.", name=describe(services, record)),
        outcome="unknown",
        match=match,
        notes=(record.caveat,) if record.caveat else (),
        read=read,
        near=near,
        choices=LISTS,
        context=(record.slug,),
        denied=denied,
    )


def how_read(found: Found | Ambiguous) -> tuple[str, ...]:
    """Return a sentence on how the name was recognised, none where that is obvious."""
    if isinstance(found, Found) and found.match == "fuzzy":
        return (say("“{typed}” read as {name}.", typed=found.typed.strip(), name=found.record),)
    if isinstance(found, Found) and _is_odd(found):
        return (
            say("The documents print “{typed}” for {name}.", typed=found.typed.strip(), name=found.record),
        )
    if isinstance(found, Found) and _is_in_other_words(found):
        return (say("“{typed}” read as {name}.", typed=found.typed.strip(), name=found.record),)
    return ()


def without_spelling(answer: Answer, found: Found) -> Answer:
    """Return `answer` without the sentence on the odd spelling that was typed, where a fact shown warns of it itself."""
    typed = found.typed.strip().casefold()
    is_warned = any(typed in line.fact.caveat.casefold() for line in answer.lines)
    return replace(answer, read=()) if is_warned and _is_odd(found) else answer


def _is_in_other_words(found: Found) -> bool:
    """Say whether a topic or a mechanism was told in words of which its name has none."""
    if not isinstance(found.record, Topic | Mechanism):
        return False
    typed, name = (
        frozenset(index_terms(text, frozenset())) for text in (found.typed, full_name(found.record))
    )
    return bool(typed) and typed.isdisjoint(name)


def _is_odd(found: Found) -> bool:
    record = found.record
    typed = found.typed.strip().casefold()
    return isinstance(record, Place) and typed in {s.casefold() for s in record.spellings_in_documents}


def _shared(found: Ambiguous) -> Said:
    typed, count = as_spelt(found.records, found.typed.strip()), len(found.records)
    if all(isinstance(record, Place) for record in found.records):
        return say_many(
            "“{typed}” is the name of {count} place.",
            "“{typed}” is the name of {count} places.",
            count,
            typed=typed,
        )
    return say_many(
        "“{typed}” is the name of {count} thing in the base.",
        "“{typed}” is the name of {count} things in the base.",
        count,
        typed=typed,
    )


def side_by_side(
    services: Services,
    request: Request,
    found: Ambiguous,
    choice: Callable[[Named], Choice] | None = None,
) -> Answer:
    """Return the records that share a spelling beside each other, each as a button with its first facts."""
    each = max(1, FACTS_PER_PAGE // len(found.records))
    lines = [
        Line(fact, group=describe(services, record))
        for record in found.records[:FACTS_PER_PAGE]
        for fact in services.base.facts_of(record)[:each]
    ]
    make = choice or as_choice
    return Answer(
        headline=_shared(found),
        outcome="ambiguous",
        match=found.match,
        lines=tuple(lines[:FACTS_PER_PAGE]),
        notes=tuple(
            say("No fact is about {name}.", name=record)
            for record in found.records
            if not services.base.facts_of(record)
        ),
        choices=tuple(_on_card(services, make(record), record) for record in found.records),
        context=tuple(record.slug for record in found.records),
    )


def _on_card(services: Services, choice: Choice, record: Named) -> Choice:
    """Return a choice of places with what tells each from its namesakes; any other as it is."""
    if not isinstance(record, Place):
        return choice
    held = counts.facts(len(services.base.facts_of(record)))
    return replace(
        choice,
        card=Card(full_name(record), kind_of(services.base, record), say("{facts} in the base", facts=held)),
    )


def did_you_mean(found: Suggestions, choice: Callable[[Named], Choice] | None = None) -> Answer:
    """Return an offer of the names that are near to one that was not recognised."""
    make = choice or as_choice
    return Answer(
        headline=say(
            "“{typed}” is no name in the fact base. Did you mean one of these?", typed=found.typed.strip()
        ),
        outcome="suggestion",
        choices=tuple(make(record) for record in found.records),
    )


def as_spelt(records: Iterable[Named], typed: str) -> str:
    """Return a name that people typed with the capitals that it has, `typed` where none of `records` is spelt so."""
    spellings = (spelling for record in records for spelling in record.spellings())
    return next((one for one in spellings if one.casefold() == typed.casefold()), typed)


def as_choice(record: Named) -> Choice:
    """Return the button that asks for `record`, whatever its name is read as."""
    return Choice(record.slug, record.name, command_of(record), "", "", target=Target(id=record.slug))


def listing(
    request: Request,
    headline: str,
    parts: Iterable[Iterable[tuple[str, Sequence[str]]]],
    per_page: int,
) -> Answer:
    """Return the page of a grouped list of what the base holds, of which each part begins a page."""
    shown = page_of_parts(
        [[(title, entry) for title, names in part for entry in names] for part in parts],
        request.page,
        per_page,
    )
    titles = dict.fromkeys(title for title, _ in shown.items)
    return Answer(
        headline=headline,
        outcome="answer",
        match="none",
        sections=tuple(
            Section(title, tuple(entry for group, entry in shown.items if group == title)) for title in titles
        ),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
    )
