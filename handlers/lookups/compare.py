"""compare A B: two places, mechanisms or organisations side by side."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.command import Command, Example, whole_if
from handlers.paging import page
from handlers.questions import by_name
from handlers.records import about
from handlers.records.two_names import names_in, unknown_in
from handlers.request import Request
from handlers.services import Services
from knowledge.model import Fact, Named, Topic
from knowledge.names.resolver import Found, Resolution

_ADVICE: Final = "compare and two names sets them side by side: /yrd compare Xuzhou and Jining."


def compare(services: Services, request: Request) -> Answer:
    """Return facts on both in turn, those on topics that both have first."""
    parts = names_in(services, request.text, _is_no_topic)
    if unknown := unknown_in(services, parts):
        return by_name.unknown(unknown.typed, "place, mechanism or organisation", _ADVICE)
    named = _named(parts)
    if not named:
        return Answer(
            headline="Compare what? Name two places, mechanisms or organisations.", outcome="refused"
        )
    one, other = named
    of_one, of_other = services.base.facts_of(one), services.base.facts_of(other)
    shared = {topic for fact in of_one for topic in fact.topics} & {
        t for fact in of_other for t in fact.topics
    }
    both = [fact for fact in of_one if services.base.is_about(fact, other.slug)]
    ids = {fact.id for fact in both}
    apart = [[fact for fact in _on(facts, shared) if fact.id not in ids] for facts in (of_one, of_other)]
    turns = zip_longest(*apart)
    lines = [Line(fact, group=f"{one.name} and {other.name}") for fact in both[:1]] + [
        Line(fact, group=record.name)
        for pair in turns
        for record, fact in zip((one, other), pair, strict=True)
        if fact
    ]
    shown = page(lines, request.page, FACTS_PER_PAGE - 1)
    return Answer(
        headline=f"{one.name} beside {other.name}: {len(of_one)} and {about.counted(len(of_other), 'fact')}.",
        outcome="answer" if lines else "unknown",
        match="exact",
        lines=shown.items,
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
        notes=tuple(note for part in parts if isinstance(part, Found) for note in about.how_read(part)),
        context=(one.slug, other.slug),
    )


def names_two(services: Services, rest: str) -> bool:
    """Say whether `rest` is two names and nothing else, of which one may be unknown to the base."""
    query = services.base.parse(rest)
    parts = names_in(services, rest, _is_no_topic)
    if len(parts) == 2 and unknown_in(services, parts):
        return True
    return not query.years and all(c.is_name for c in query.concepts) and len(_named(parts)) == 2


def _is_no_topic(record: Named) -> bool:
    return not isinstance(record, Topic)


def _named(parts: tuple[Resolution, ...]) -> tuple[Named, ...]:
    records = tuple(part.record for part in parts if isinstance(part, Found))
    return records if len(parts) == len(records) == len(set(records)) == 2 else ()


def _on(facts: tuple[Fact, ...], topics: set[str]) -> list[Fact]:
    """Return `facts` with those on `topics` first, by topic, so that what stands side by side is alike."""
    return sorted(facts, key=lambda fact: min((t for t in fact.topics if t in topics), default="~"))


COMMAND = Command(
    name="compare",
    usage="two names",
    summary="Two places or mechanisms side by side",
    examples=(Example("Xuzhou and Jining"), Example("Nanjing, Hangzhou")),
    handle=compare,
    read=whole_if(names_two),
)
