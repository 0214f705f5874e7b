"""From the text after a command to the answer about the record it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from handlers.answer import Answer
from handlers.questions import unsure
from handlers.questions.place_and_topic import on_topic_of_place
from handlers.questions.refusing import lookup
from handlers.questions.whereabouts.qualified import qualified
from handlers.records import about
from handlers.records.kind_of import kind_of
from handlers.request import Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.verdict.denied import listed
from knowledge.base import FactBase
from knowledge.model import Named, Topic
from knowledge.names.resolver import Ambiguous, Found, Outside, Resolution, Suggestions, Unknown
from knowledge.search.terms import index_terms

Wanted = Callable[[Named], bool]
PLACE: Final = say("place")
"""What people call a record that `/yrd-city` and `/yrd-pair` are for."""
ADVICE: Final = say("Type the command without text to see what the base holds, or help.")
TOPIC: Final = say("topic")
"""What people call a record that `/yrd-topic` is for."""
# More words than a topic and one beside it ask for something of it.
_WORDS_OF_A_TOPIC: Final = 2
# What speaks of fewer things than two tells no place without its name.
_FEWEST_OF_A_DESCRIPTION: Final = 2
_WORDS_OF_A_SENTENCE: Final = 5


def by_name(services: Services, request: Request, wanted: Wanted, noun: str) -> Answer:
    """Return the answer about the wanted record that `request.text` names.

    What names no wanted record is tried as a name of anything else, then as a description, then offered or
    declined. `noun` is the sort of thing the command is for, as people call it. A place is named and not told in a
    word: another sort of record is offered for it, never answered.
    """
    resolution = services.base.resolve(request.text, wanted)
    if isinstance(resolution, Found | Ambiguous) and resolution.match != "fuzzy":
        return answer_to(services, request, resolution)
    if read := qualified(services.base, request.text):
        return read.told(by_name(services, request.saying(read.text), wanted, noun))
    other = services.base.resolve(request.text, lambda record: not wanted(record), slips=False)
    if isinstance(other, Found | Ambiguous) and noun == PLACE:
        return of_another_sort(services.base, other, noun)
    if not isinstance(other, Unknown):
        return answer_to(services, request, other)
    if isinstance(resolution, Found | Ambiguous):
        return answer_to(services, request, resolution)
    if noun == PLACE and not describes(services, request.text):
        return (
            about.did_you_mean(resolution)
            if isinstance(resolution, Suggestions)
            else lookup.unknown(services, request.text, noun)
        )
    if isinstance(resolution, Unknown) and (sharing := _with_the_words(services, request.text, wanted)):
        return _which_of(request.text, sharing)
    return _described(services, request, resolution, wanted, noun)


def _described(
    services: Services, request: Request, resolution: Resolution, wanted: Wanted, noun: str
) -> Answer:
    """Return the answer to a text that is no name, as a description of a record, else what it may be, else a refusal."""
    if noun == PLACE and (of_place := on_topic_of_place(services, request)):
        return of_place
    described = unsure.answer(services, request)
    if noun == TOPIC and described.outcome in ("answer", "unknown"):
        described = _as_topic(services, request, described, wanted)
    if described.outcome in ("answer", "ambiguous"):
        return described
    if isinstance(resolution, Suggestions):
        return about.did_you_mean(resolution)
    slip = services.base.resolve(request.text, lambda record: not wanted(record))
    if isinstance(slip, Found) and noun != PLACE:
        return of_another_sort(services.base, slip, noun)
    if described.near or described.choices:
        return described
    return lookup.unknown(services, request.text, noun)


def _as_topic(services: Services, request: Request, described: Answer, wanted: Wanted) -> Answer:
    """Return the page of the topic that answers a description, else what matches it with a button for each topic it names."""
    query, typed = services.base.parse(request.text), " ".join(request.text.split())
    owners = dict.fromkeys(owner for concept in query.concepts for owner in concept.owners)
    named = [record for owner in owners if (record := services.base.entity(owner))]
    topics = [record for record in named if wanted(record)]
    is_one = len(named) == len(topics) == 1 and len(query.concepts) <= _WORDS_OF_A_TOPIC
    if described.outcome == "answer" and is_one:
        read = say("“{typed}” read as {name}.", typed=typed, name=topics[0])
        return about.about(services, request, topics[0], "search", (read,))
    buttons = tuple(about.as_choice(topic) for topic in topics[: services.base.tuning.most_offered])
    uncalled = say("No topic is called “{typed}”.", typed=typed)
    if described.outcome == "answer":
        return replace(described, notes=(uncalled, *described.notes), choices=(*buttons, *described.choices))
    if not topics:
        return described
    return replace(described, headline=uncalled, choices=buttons, denied=None)


def _with_the_words(services: Services, text: str, wanted: Wanted) -> tuple[Named, ...]:
    """Return the wanted records, two or a few, that have all words of `text` in their names; none where fewer or more do."""
    stop = services.base.lexicon.stop
    words = frozenset(index_terms(text, stop))
    having = tuple(
        record
        for record in services.base.seeds.named()
        if words and wanted(record) and words.issubset(index_terms(record.name, stop))
    )
    return having if 1 < len(having) <= services.base.tuning.most_offered else ()


def _which_of(text: str, records: Sequence[Named]) -> Answer:
    """Return the question which of `records` is meant by a word that stands in the names of all."""
    names = listed([record.name for record in records], "or")
    return Answer(
        headline=say("“{typed}” may be {names}.", typed=" ".join(text.split()), names=names),
        outcome="ambiguous",
        match="alias",
        choices=tuple(map(about.as_choice, records)),
    )


def answer_to(services: Services, request: Request, resolution: Resolution) -> Answer:
    """Return the answer that a resolved name leads to."""
    match resolution:
        case Found(record=record, match=match):
            page = about.about(services, request, record, match, about.how_read(resolution))
            return about.without_spelling(page, resolution)
        case Ambiguous(records=records) if twin := topic_and_other(records):
            return about.about(services, request, twin, "alias")
        case Ambiguous():
            return about.side_by_side(services, request, resolution)
        case Suggestions():
            return about.did_you_mean(resolution)
        case Outside():
            return lookup.outside(services, resolution)
        case _:
            return lookup.unknown(services, request.text, "name")


def describes(services: Services, text: str) -> bool:
    """Say whether `text` speaks of enough to tell a place or a tie without its name: in a few words none is a guess."""
    concepts = services.base.parse(text).concepts
    is_short = len(text.split()) < _WORDS_OF_A_SENTENCE
    is_guessed = is_short and any(concept.corrected and not concept.is_name for concept in concepts)
    return len(concepts) >= _FEWEST_OF_A_DESCRIPTION and not is_guessed


def of_another_sort(base: FactBase, found: Found | Ambiguous, noun: str) -> Answer:
    """Return what says that a name is none of a `noun`, with a button for each record that it may be."""
    records = (found.record,) if isinstance(found, Found) else found.records
    return Answer(
        headline=say_many(
            "“{typed}” is no {noun} in the fact base. Did you mean this?",
            "“{typed}” is no {noun} in the fact base. Did you mean one of these?",
            len(records),
            typed=found.typed.strip(),
            noun=noun,
        ),
        outcome="suggestion",
        choices=tuple(
            replace(
                about.as_choice(record), label=say("{name} ({kind})", name=record, kind=kind_of(base, record))
            )
            for record in records
        ),
    )


def topic_and_other(records: tuple[Named, ...]) -> Named | None:
    """Return the mechanism or pairing that merely shares its name with a topic: no choice worth asking."""
    others = [record for record in records if not isinstance(record, Topic)]
    return others[0] if len(others) == 1 else None
