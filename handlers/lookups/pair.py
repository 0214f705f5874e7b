"""/yrd-pair: what ties two places, in either order, with whatever people put between the names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice, product
from typing import Final

from handlers.answer import FACTS_PER_PAGE, NEAR_FACTS, Answer, Choice, Line
from handlers.command import READ_AS, Command, Example, Verb
from handlers.lookups import ties
from handlers.lookups.lists import LISTINGS
from handlers.lookups.recorded import recorded
from handlers.questions import by_name, disambiguation, unsure
from handlers.questions.refusing import lookup
from handlers.questions.whereabouts.qualified import qualified
from handlers.records import about, counts
from handlers.records.enumerated import apart, enumerated
from handlers.records.kind_of import marked
from handlers.records.spread import spread
from handlers.records.summary import fitted, named_and_told, summary, ties_of
from handlers.records.told import Told, told
from handlers.records.two_names import MOST_NAMES, names_in, without_filler, written_in
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Fact, Mechanism, Named, Organisation, Pairing, Place, Topic
from knowledge.names.resolver import Ambiguous, Found, Outside, Resolution, Suggestions, Unknown
from knowledge.vocabulary import AS_TWINS, WordUse

PAIR: Final = "/yrd-pair"
# Readings of shared spellings that are shown, each with a button; six spellings of two places have 64.
_MOST_READINGS: Final = 10
_MOST_PAIRINGS: Final = 3


def _may_be_tied(record: Named) -> bool:
    return isinstance(record, Place | Pairing | Organisation)


def pair(services: Services, request: Request) -> Answer:
    """Return what ties the places named; of one place all its pairings; without text the list of pairings."""
    if request.target is not None:
        return _of_target(services, request, request.target)
    text = without_filler(request.text)
    if not text:
        return LISTINGS[WordUse.PAIRINGS](services, request)
    if (read := qualified(services.base, text)) and not read.wrong:
        return read.told(pair(services, request.saying(read.text)))
    whole = services.base.resolve(text, slips=False)
    is_shared = any(isinstance(part, Ambiguous) for part in written_in(services, text))
    if isinstance(whole, Found) and not is_shared:
        return _of_one(services, request, whole)
    return _of_all(services, request, names_in(services, text, _may_be_tied))


def _read_as(services: Services, request: Request) -> Answer:
    """Return what ties the places named, with those that the target decides read as that says."""
    slugs = request.target.ids if request.target else ()
    named = names_in(services, without_filler(request.text), _may_be_tied)
    return _of_all(services, request, tuple(_decided(part, slugs) for part in named))


def are_tied(services: Services, text: str) -> bool:
    """Say whether a text consists of the names of two places, as they are written, that are twins or the like, or on both of which
    most that is held is on what ties them.
    """
    if (read := qualified(services.base, text)) and read.wrong:
        # "Hangzhou, Anhui" says where Hangzhou lies, and wrongly.
        return False
    parts = written_in(services, text)
    records = [part.record for part in parts if isinstance(part, Found) and isinstance(part.record, Place)]
    if len(records) != len(parts) or len(records) != len(("one", "other")):
        return False
    pairings = ties.pairings_between(services.base, records)
    if any(pairing.arrangement in AS_TWINS for pairing in pairings):
        return True
    on_ties = {fact.id for pairing in pairings for fact in services.base.about(pairing.slug)}
    on_both = {fact.id for fact in services.base.between(records[0].slug, records[1].slug).facts}
    return bool(on_ties) and len(on_ties) >= len(on_both - on_ties)


def _decided(part: Resolution, slugs: Sequence[str]) -> Resolution:
    record = disambiguation.meant(part, slugs)
    return (
        Found(record, "fuzzy" if isinstance(part, Suggestions) else "alias", part.typed) if record else part
    )


def _of_target(services: Services, request: Request, target: Target) -> Answer:
    """Return what ties the places that a button carries; of one record what is asked of it by name."""
    parts: list[Found] = []
    for slug in target.ids:
        record = services.base.entity(slug)
        if record is None:
            return about.gone(slug)
        parts.append(Found(record, "exact", ""))
    return _of_one(services, request, parts[0]) if len(parts) == 1 else _tied(services, request, tuple(parts))


def _distinct(parts: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """Return `parts` without those that repeat what one before them may mean."""
    first: dict[object, Resolution] = {}
    for part in parts:
        first.setdefault(_meant(part), part)
    return tuple(first.values())


def _meant(part: Resolution) -> object:
    match part:
        case Found(record=record):
            return record
        case Ambiguous(records=records):
            return records
        case Outside(place=place):
            return place
        case _:
            return part.typed.strip().casefold()


def _too_many(parts: tuple[Resolution, ...]) -> Answer:
    return Answer(
        headline=say(
            "That names {count} places. Name up to {most} of them, and I look for what ties them.",
            count=len(parts),
            most=MOST_NAMES,
        ),
        outcome="unknown",
    )


def _of_one(services: Services, request: Request, resolution: Resolution) -> Answer:
    if isinstance(resolution, Unknown):
        if by_name.describes(services, request.text):
            return unsure.answer(services, request)
        return lookup.unknown(services, without_filler(request.text), by_name.PLACE)
    if isinstance(resolution, Found) and isinstance(resolution.record, Topic | Mechanism):
        return by_name.of_another_sort(services.base, resolution, by_name.PLACE)
    if not isinstance(resolution, Found) or not isinstance(resolution.record, Place):
        return by_name.answer_to(services, request, resolution)
    return _of_place(services, request, resolution.record, resolution)


def _of_place(services: Services, request: Request, place: Place, found: Found) -> Answer:
    """Return everything that ties one place, each pairing under its name."""
    base = services.base
    pairings = ties.pairings_of(base, place)
    if not pairings:
        near = base.facts_of(place)
        return lookup.without_pairing(services, [place], near, found.match, about.how_read(found))
    rows = ties.rows_of(base, pairings, (place,))
    headline = fitted(
        named_and_told(base, place),
        ties_of(base, place),
        recorded(base, place, pairings, rows),
    )
    answer = about.of_rows(
        request,
        headline,
        spread(rows, FACTS_PER_PAGE),
        found.match,
        read=about.how_read(found),
        context=(place.slug,),
    )
    if len(pairings) == 1:
        return answer
    return replace(answer, choices=tuple(map(about.as_choice, pairings[:FACTS_PER_PAGE])))


def _of_all(services: Services, request: Request, named: tuple[Resolution, ...]) -> Answer:
    parts = _distinct(named)
    if not parts:
        return lookup.unknown(services, without_filler(request.text), by_name.PLACE)
    if len(parts) > MOST_NAMES:
        return _too_many(parts)
    return _of_one(services, request, parts[0]) if len(parts) == 1 else _of_several(services, request, parts)


def _of_several(services: Services, request: Request, parts: tuple[Resolution, ...]) -> Answer:
    for part in parts:
        if isinstance(part, Outside):
            return lookup.outside(services, part, lookup.known_in(parts))
        if isinstance(part, Unknown):
            return lookup.unknown(services, part.typed, by_name.PLACE, lookup.known_in(parts))
    near = next((part for part in parts if isinstance(part, Suggestions)), None)
    if near:
        return about.did_you_mean(near, lambda record: _instead(request, parts, near, record))
    known = tuple(part for part in parts if isinstance(part, Found | Ambiguous))
    if any(isinstance(part, Ambiguous) for part in known):
        return _of_namesakes(services, request, known)
    return _tied(services, request, tuple(part for part in known if isinstance(part, Found)))


def _instead(request: Request, parts: tuple[Resolution, ...], part: Suggestions, record: Named) -> Choice:
    """Return the button for `record` in place of `part`: with what else is meant, or what else was typed."""
    read = (Found(record, "exact", "") if other is part else other for other in parts)
    meant = [other.record for other in read if isinstance(other, Found)]
    if len(meant) == len(parts):
        return _of(record.name, meant, choice_id=record.slug)
    # Another name is still to be chosen.
    target = Target.also(request.target, record.slug)
    return Choice(record.slug, record.name, PAIR, request.text, READ_AS, target=target)


def _of(label: str, records: Sequence[Named], choice_id: str) -> Choice:
    """Return the button that asks what ties `records`."""
    return Choice(choice_id, label, PAIR, "", "", target=Target.of([record.slug for record in records]))


def _of_namesakes(services: Services, request: Request, parts: tuple[Found | Ambiguous, ...]) -> Answer:
    """Return what the only reading of a shared spelling that is tied gives; else every reading, each with what it is tied by."""
    readings = [*islice(_readings(parts), _MOST_READINGS + 1)]
    rows = {records: _rows_between(services, records) for records in readings[:_MOST_READINGS]}
    tied = [records for records, held in rows.items() if held]
    if len(tied) == 1 and len(readings) <= _MOST_READINGS:
        return _of_the_only(services, request, parts, tied[0], [one for one in readings if one != tied[0]])
    lines: list[Line] = []
    for records in tied:
        label = " – ".join(record.name for record in records)
        lines.extend(Line(row.fact, group=label) for row in rows[records][:2])
    shared = next(part.typed for part in parts if isinstance(part, Ambiguous)).strip()
    return Answer(
        headline=say("“{typed}” is the name of several places.", typed=shared),
        outcome="ambiguous",
        match="alias",
        lines=tuple(lines[:FACTS_PER_PAGE]),
        choices=tuple(_reading(records, is_tied=bool(held)) for records, held in rows.items()),
    )


def _of_the_only(
    services: Services,
    request: Request,
    parts: tuple[Found | Ambiguous, ...],
    tied: tuple[Named, ...],
    others: Sequence[tuple[Named, ...]],
) -> Answer:
    """Return what ties the only places of these names that are tied, with a button for each other reading."""
    read = tuple(
        part if isinstance(part, Found) else Found(record, "alias", part.typed)
        for part, record in zip(parts, tied, strict=True)
    )
    answer = _tied(services, request, read)
    return replace(
        answer,
        read=(*answer.read, _how_read(parts, tied, others)),
        choices=tuple(_reading(records, is_tied=False) for records in others),
    )


def _how_read(
    parts: tuple[Found | Ambiguous, ...], tied: tuple[Named, ...], others: Sequence[tuple[Named, ...]]
) -> Said:
    decided = [
        (part, record) for part, record in zip(parts, tied, strict=True) if isinstance(part, Ambiguous)
    ]
    (part, record), *_ = decided
    if len(decided) == len(others) == 1:
        return say(
            "“{typed}” read as {name}: nothing is recorded between {others}.",
            typed=part.typed.strip(),
            name=record,
            others=enumerated(others[0], MOST_NAMES),
        )
    names = enumerated([record for _, record in decided], MOST_NAMES)
    return say("Read as {names}: no other places of these names are recorded as tied.", names=names)


def _reading(records: tuple[Named, ...], *, is_tied: bool) -> Choice:
    label = " – ".join(record.name for record in records)
    told = label if is_tied else say("{names} (no pairing recorded)", names=label)
    return _of(told, records, "+".join(record.slug for record in records))


def _readings(parts: tuple[Found | Ambiguous, ...]) -> Iterator[tuple[Named, ...]]:
    """Yield what `parts` may mean together, no place twice in one reading."""
    for records in product(*((p.record,) if isinstance(p, Found) else p.records for p in parts)):
        if len(set(records)) == len(records):
            yield records


def _tied(services: Services, request: Request, parts: tuple[Found, ...]) -> Answer:
    records = tuple(dict.fromkeys(part.record for part in parts))
    names = " – ".join(record.name for record in records)
    read = tuple(note for part in parts for note in about.how_read(part))
    match = max((part.match for part in parts), key=("exact", "alias", "fuzzy").index)
    context = tuple(record.slug for record in records)
    if len(records) == 1:
        return by_name.answer_to(services, request, parts[0])
    rows = _rows_between(services, records)
    if not rows:
        return lookup.without_pairing(services, records, _nearest(services, records), match, read)
    pairings = ties.pairings_between(services.base, records)
    headline = _between(services, names, pairings, rows)
    answer = about.of_rows(request, headline, spread(rows, FACTS_PER_PAGE), match, read=read, context=context)
    return about.warned(services, pairings[0], answer) if len(pairings) == 1 else answer


def _between(services: Services, names: str, pairings: Sequence[Pairing], rows: Sequence[Told]) -> Said:
    """Return what ties the places in a line: the pairing itself where there is one."""
    if len(pairings) == 1:
        return summary(services.base, pairings[0], [row.fact for row in rows])
    facts = counts.facts(len(rows))
    if not pairings:
        return say("{names}: {facts}.", names=names, facts=facts)
    return fitted(
        say("{names}: {pairings} recorded.", names=names, pairings=counts.pairings(len(pairings))),
        [
            say(
                "First of them: {pairings}.",
                pairings=apart([marked(services.base, one) for one in pairings[:_MOST_PAIRINGS]]),
            )
        ],
        say("{facts}.", facts=facts),
    )


def _rows_between(services: Services, records: tuple[Named, ...]) -> tuple[Told, ...]:
    """Return what ties the records: of one pairing its page, of several each under its name, then ties without a name."""
    base = services.base
    pairings = ties.pairings_between(base, records)
    unnamed = ties.stated_between(base, records)
    if len(pairings) == 1:
        return told(base, pairings[0], (*base.about(pairings[0].slug), *unnamed))
    rows = ties.rows_of(base, pairings, records)
    held = {row.fact for row in rows}
    return (*rows, *told(base, records[0], [fact for fact in unnamed if fact not in held]))


def _nearest(services: Services, records: tuple[Named, ...]) -> tuple[Fact, ...]:
    near: dict[Fact, None] = {}
    for one, other in combinations(records, 2):
        near.update(dict.fromkeys(services.base.between(one.slug, other.slug).facts))
    for record in records:
        near.update(dict.fromkeys(services.base.facts_of(record)[:2]))
    return tuple(near)[:NEAR_FACTS]


COMMAND = Command(
    name=PAIR,
    usage=say("two places, in either order: Minhang / Huainan"),
    summary=say("What ties two places"),
    examples=(
        Example("Minhang and Huainan"),
        Example("淮南和闵行"),
        Example("huainan, minhang"),
        Example("Nanjing - Chuzhou"),
        Example("Suzhou Hefei", outcome="ambiguous"),
        Example("Wenzhou / Lianyungang", outcome="unknown"),
    ),
    handle=pair,
    verbs=(Verb(READ_AS, _read_as),),
    is_search=True,
)
