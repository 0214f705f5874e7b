"""From the text after a command to the answer about the record it names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from handlers.answer import Answer
from handlers.questions import unsure
from handlers.records import about
from handlers.request import Request
from handlers.services import Services
from knowledge.model import Named, Topic
from knowledge.names.resolver import Ambiguous, Found, Outside, Resolution, Suggestions, Unknown

Wanted = Callable[[Named], bool]
PLACE: Final = "place"
"""What people call a record that `/yrd-city` and `/yrd-pair` are for."""
ADVICE: Final = "Type the command without text to see what the base holds, or help."
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
    other = services.base.resolve(request.text, lambda record: not wanted(record), slips=False)
    if isinstance(other, Found | Ambiguous) and noun == PLACE:
        return of_another_sort(other, noun)
    if not isinstance(other, Unknown):
        return answer_to(services, request, other)
    if isinstance(resolution, Found | Ambiguous):
        return answer_to(services, request, resolution)
    if noun == PLACE and not describes(services, request.text):
        return (
            about.did_you_mean(resolution)
            if isinstance(resolution, Suggestions)
            else unknown(request.text, noun)
        )
    described = unsure.answer(services, request)
    if described.outcome in ("answer", "ambiguous"):
        return described
    if isinstance(resolution, Suggestions):
        return about.did_you_mean(resolution)
    slip = services.base.resolve(request.text, lambda record: not wanted(record))
    if isinstance(slip, Found) and noun != PLACE:
        return of_another_sort(slip, noun)
    if described.near or described.choices:
        return described
    return unknown(request.text, noun)


def answer_to(services: Services, request: Request, resolution: Resolution) -> Answer:
    """Return the answer that a resolved name leads to."""
    match resolution:
        case Found(record=record, match=match):
            return about.about(services, request, record, match, about.how_read(resolution))
        case Ambiguous(records=records) if twin := topic_and_other(records):
            return about.about(services, request, twin, "alias")
        case Ambiguous():
            return about.side_by_side(services, request, resolution)
        case Suggestions():
            return about.did_you_mean(resolution)
        case Outside():
            return outside(resolution)
        case _:
            return unknown(request.text, "name")


def describes(services: Services, text: str) -> bool:
    """Say whether `text` speaks of enough to tell a place or a tie without its name: in a few words none is a guess."""
    concepts = services.base.parse(text).concepts
    is_short = len(text.split()) < _WORDS_OF_A_SENTENCE
    is_guessed = is_short and any(concept.corrected and not concept.is_name for concept in concepts)
    return len(concepts) >= _FEWEST_OF_A_DESCRIPTION and not is_guessed


def of_another_sort(found: Found | Ambiguous, noun: str) -> Answer:
    """Return what says that a name is none of a `noun`, with a button for each record that it may be."""
    records = (found.record,) if isinstance(found, Found) else found.records
    return Answer(
        headline=f"“{found.typed.strip()}” is no {noun} in the fact base. Did you mean "
        f"{'this' if len(records) == 1 else 'one of these'}?",
        outcome="suggestion",
        choices=tuple(
            replace(about.as_choice(record), label=f"{record.name} ({type(record).__name__.lower()})")
            for record in records
        ),
    )


def outside(resolution: Outside) -> Answer:
    """Return where a place is that the base holds nothing about."""
    place = resolution.place
    chinese = f" ({place.chinese})" if place.chinese else ""
    return Answer(
        headline=f"{place.name}{chinese} is in {place.within}: outside this fact base, which holds nothing about it.",
        outcome="unknown",
    )


def unknown(text: str, noun: str, advice: str = ADVICE) -> Answer:
    """Return what says that nothing is near to what was typed, and what to do next: `advice`."""
    typed = " ".join(text.split())
    return Answer(
        headline=f"“{typed}” is not in the fact base: no {noun} of that name, nor any near it.",
        outcome="unknown",
        notes=(advice,),
    )


def topic_and_other(records: tuple[Named, ...]) -> Named | None:
    """Return the mechanism or pairing that merely shares its name with a topic: no choice worth asking."""
    others = [record for record in records if not isinstance(record, Topic)]
    return others[0] if len(others) == 1 else None
