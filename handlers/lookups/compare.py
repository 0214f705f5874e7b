"""compare A B: two places, mechanisms or organisations side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final, Self

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.command import Command, Example, whole_if
from handlers.help import of_misused
from handlers.paging import page
from handlers.questions.refusing import lookup
from handlers.records import about, counts
from handlers.records.enumerated import sentences
from handlers.records.told import LAST, Told, told
from handlers.records.two_names import names_in, unknown_in, written_in
from handlers.request import Request
from handlers.say import Said, Value, say, say_many
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Place, Topic
from knowledge.names.resolver import Found, Resolution, Unknown
from knowledge.vocabulary import Heading

_ADVICE: Final = say("compare and two names sets them side by side: /yrd compare Xuzhou and Jining.")


def compare(services: Services, request: Request) -> Answer:
    """Return the facts on both, what is alike beside each other: definitions and ties first."""
    parts = names_in(services, request.text, _is_no_topic)
    if unknown := unknown_in(services, parts):
        known = lookup.known_in(parts)
        refused = lookup.unknown(services, unknown.typed, say("place, mechanism or organisation"), known)
        return replace(refused, notes=(_ADVICE, *refused.notes))
    named = _named(parts)
    if not named:
        return of_misused(services, COMMAND, request.text)
    one, other = named
    sides = (_Side.of(services.base, one), _Side.of(services.base, other))
    shown = page(_beside(*sides), request.page, FACTS_PER_PAGE - 1)
    return Answer(
        headline=_headline(services.base, *sides),
        outcome="answer" if shown.total else "unknown",
        match="exact",
        lines=shown.items,
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
        read=tuple(note for part in parts if isinstance(part, Found) for note in about.how_read(part)),
        context=(one.slug, other.slug),
    )


def _headline(base: FactBase, one: _Side, other: _Side) -> Said:
    """Return what is held on each of the two, and whether one is part of the other."""
    held = _held(one, other)
    part = _part(base, one, other) or _part(base, other, one)
    return sentences((part, held)) if part else held


def _held(one: _Side, other: _Side) -> Said:
    more, less = sorted((one, other), key=lambda side: -len(side.rows))
    if not more.rows:
        return say("No fact is about {one} or {other}.", one=one.record, other=other.record)
    if not less.rows:
        return say(
            "{one}: {facts}. No fact is about {other}.",
            one=more.record,
            other=less.record,
            facts=counts.facts(len(more.rows)),
        )
    both = len({row.fact for row in one.rows} & {row.fact for row in other.rows})
    return _counted(one, other, both) if both else _counted_apart(one, other)


def _counted_apart(one: _Side, other: _Side) -> Said:
    return say(
        "{one} beside {other}: {number} and {facts}.",
        one=one.record,
        other=other.record,
        number=len(one.rows),
        facts=counts.facts(len(other.rows)),
    )


def _counted(one: _Side, other: _Side, both: int) -> Said:
    return say(
        "{one} beside {other}: {number} and {facts}, {both} of them on both.",
        one=one.record,
        other=other.record,
        number=len(one.rows),
        facts=counts.facts(len(other.rows)),
        both=both,
    )


def _part(base: FactBase, one: _Side, other: _Side) -> Said | None:
    """Return that the first is part of the second, None where it is not."""
    part, whole = one.record, other.record
    if isinstance(part, Mechanism) and part.slug in base.with_narrower(whole.slug):
        return say("{part} is a form of {whole}.", part=part, whole=whole)
    is_in = isinstance(part, Place) and whole.slug in (part.province, *part.part_of)
    return say("{part} lies in {whole}.", part=part, whole=whole) if is_in else None


def names_several(services: Services, rest: str) -> bool:
    """Say whether `rest` is two names or more and nothing else, of which one may be unknown to the base."""
    query = services.base.parse(rest)
    parts = names_in(services, rest, _is_no_topic)
    if len(parts) == 2 and unknown_in(services, parts):
        return True
    is_list = all(isinstance(part, Found) for part in written_in(services, rest) or (None,))
    is_two = all(c.is_name for c in query.concepts) and len(_named(parts)) == 2
    return not query.years and (is_list or is_two)


def _not_two(services: Services, typed: str) -> Said:
    """Return what is compared and why `typed` is not that: no name, one, or more than two."""
    parts = names_in(services, typed, _is_no_topic)
    named = list(dict.fromkeys(_called(part) for part in parts if not isinstance(part, Unknown)))
    if not named:
        return say("Compare needs two names; “{typed}” is none that the base knows.", typed=typed)
    if len(named) == 1:
        return say("Compare needs two names; {name} is one.", name=named[0])
    return say_many(
        "Compare needs two names; this is {count}.", "Compare needs two names; these are {count}.", len(named)
    )


def _called(part: Resolution) -> Value:
    return part.record if isinstance(part, Found) else part.typed.strip()


def _is_no_topic(record: Named) -> bool:
    return not isinstance(record, Topic)


def _named(parts: tuple[Resolution, ...]) -> tuple[Named, ...]:
    records = tuple(part.record for part in parts if isinstance(part, Found))
    return records if len(parts) == len(records) == len(set(records)) == 2 else ()


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two, with what its page tells."""

    record: Named
    rows: tuple[Told, ...]

    @classmethod
    def of(cls, base: FactBase, record: Named) -> Self:
        return cls(record, told(base, record))

    def under(self, heading: Heading, topics: set[str]) -> list[Line]:
        """Return the facts under a heading, those on `topics` first."""
        rows = [row for row in self.rows if row.heading is heading]
        return [
            Line(row.fact, group=row.group)
            for row in sorted(rows, key=lambda row: topics.isdisjoint(row.fact.topics))
        ]

    def less(self, other: _Side) -> _Side:
        """Return the side without the facts on both that are about the other before it."""
        there = {row.fact: _at(other.record, row.fact) for row in other.rows}
        kept = (row for row in self.rows if not there.get(row.fact, _NOWHERE) < _at(self.record, row.fact))
        return replace(self, rows=tuple(kept))


_NOWHERE: Final = 1000


def _at(record: Named, fact: Fact) -> int:
    return fact.subjects.index(record.slug) if record.slug in fact.subjects else _NOWHERE


def _beside(one: _Side, other: _Side) -> tuple[Line, ...]:
    """Return the facts on both in turn, heading by heading, so that what stands beside each other is alike.

    What only one side has comes behind what both have; a fact on both stands once, with what it is about first.
    """
    shared = _topics(one) & _topics(other)
    one, other = one.less(other), other.less(one)
    held = {row.fact for row in one.rows}
    other = replace(other, rows=tuple(row for row in other.rows if row.fact not in held))
    pairs: list[Line] = []
    alone: list[Line] = []
    last: list[Line] = []
    for heading in Heading:
        for row in zip_longest(one.under(heading, shared), other.under(heading, shared)):
            rest = last if heading in LAST else alone if None in row else pairs
            rest.extend(line for line in row if line is not None)
    return (*pairs, *alone, *last)


def _topics(side: _Side) -> set[str]:
    return {topic for row in side.rows for topic in row.fact.topics}


COMMAND = Command(
    name="compare",
    in_chinese=("比较", "对比", "相比"),
    usage=say("two names"),
    summary=say("Two places or mechanisms side by side"),
    examples=(Example("Xuzhou and Jining"), Example("Nanjing, Hangzhou")),
    handle=compare,
    read=whole_if(names_several),
    mistaken=_not_two,
)
