"""fact <id>: one fact in full, with a citation ready to paste and what agrees or disagrees with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.answer import Answer, Choice, Line
from handlers.command import Command, Example
from handlers.curation import fact_actions
from handlers.lookups import fact_card
from handlers.records import fact_ids
from handlers.records.disagreements import of_fact
from handlers.records.enumerated import in_a_row
from handlers.request import FACT, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Fact

WRONG: Final = say("Wrong or outdated")
"""The button that reports a fact."""


def fact(services: Services, request: Request) -> Answer:
    """Return the fact of that id with all its particulars, and what a reader may do about it."""
    shown = fact_in_full(services, request)
    is_one = len(request.text.split()) == 1 and shown.lines
    return replace(shown, choices=_changes(services, shown.lines[0].fact)) if is_one else shown


def fact_in_full(services: Services, request: Request) -> Answer:
    """Return the fact of that id with all its particulars; of several ids their facts."""
    ids = [fact_ids.standard(word) for word in request.text.split()]
    if len(ids) > 1:
        return _several(services, ids)
    wanted = "".join(ids)
    record = services.base.fact(wanted)
    if record is None:
        return _no_fact(services, wanted)
    return Answer(
        headline=fact_actions.superseded(services, record.id),
        outcome="answer",
        match="exact",
        notes=of_fact(services, record),
        lines=(Line(record), *(Line(other, group=title) for title, other in _related(services, record))),
        sections=fact_card.sections(services, request, record),
        total=1,
        context=record.subjects[:2],
    )


def _several(services: Services, ids: list[str]) -> Answer:
    """Return the facts of `ids`, and which of those no fact has."""
    found = [record for wanted in ids if (record := services.base.fact(wanted))]
    absent = [wanted for wanted in ids if services.base.fact(wanted) is None]
    if not found:
        return _no_fact(services, absent[0])
    return Answer(
        headline=say_many(
            "{count} fact. “fact” and one id shows it in full.",
            "{count} facts. “fact” and one id shows it in full.",
            len(found),
        ),
        outcome="answer",
        match="exact",
        lines=tuple(map(Line, found)),
        notes=tuple(_no_such(services, wanted) for wanted in absent),
        total=len(found),
    )


def _no_fact(services: Services, wanted: str) -> Answer:
    near = fact_ids.nearest(services.base, wanted)
    return Answer(
        headline=_no_such(services, wanted),
        outcome="unknown",
        choices=tuple(Choice(one, one, FACT, one, "", target=Target(id=one)) for one in near),
    )


def _no_such(services: Services, wanted: str) -> str:
    near = fact_ids.nearest(services.base, wanted)
    if not near:
        example = services.base.facts[0].id
        return say("No fact has the id “{id}”. An id looks like {example}.", id=wanted, example=example)
    return say("No fact has the id “{id}”; the nearest are {ids}.", id=wanted, ids=in_a_row(near))


def _changes(services: Services, record: Fact) -> tuple[Choice, ...]:
    """What a reader may do about a fact that stands."""
    if record.id in services.base.overlay.superseded:
        return ()
    target = Target(id=record.id)
    return (
        correcting(record),
        Choice("wrong", WRONG, FACT, "", "wrong", target=target, effect="opens a form"),
        Choice("history", say("History"), FACT, "", "history", target=target),
    )


def correcting(record: Fact) -> Choice:
    """Return the button that opens the form for what a fact should say."""
    target = Target(id=record.id)
    return Choice(
        "correct", say("Suggest a correction"), FACT, "", "correct", target=target, effect="opens a form"
    )


def _related(services: Services, record: Fact) -> list[tuple[Said, Fact]]:
    relations = (
        (say("Says otherwise"), record.contradicts),
        (say("Agrees"), record.same_as),
        (say("Says it less precisely"), record.more_precise_than),
    )
    return [(title, other) for title, ids in relations for i in ids if (other := services.base.fact(i))][:4]


COMMAND = Command(
    name=FACT,
    in_chinese=("事实",),
    usage=say("id of a fact, and history, correct, wrong, verify, revert or prefer"),
    summary=say("A fact in full, with a citation to paste"),
    examples=(Example("xu-twinning-001"),),
    handle=fact,
    needs="contributions",
    without=fact_in_full,
    verbs=fact_actions.VERBS,
    read=fact_actions.read,
    mistaken=fact_ids.mistaken,
)
