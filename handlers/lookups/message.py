"""The message shortcut: the places, pairings and mechanisms that a message names."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import FACTS_PER_PAGE, Answer, Choice, Line
from handlers.records import about
from handlers.records.enumerated import in_a_row
from handlers.request import Request
from handlers.say import say
from handlers.services import Services
from knowledge.model import Mechanism, Named, Organisation, Pairing, Place, Plan, Project
from knowledge.names.resolver import Ambiguous, Found

_LOOKED_FOR = (Place, Pairing, Mechanism, Organisation, Plan, Project)


def lookup(services: Services, request: Request) -> Answer:
    """Return a fact or two for each name in `request.text`, and a button for each name."""
    named: dict[Named, None] = {}
    for mention in services.base.parse(request.text).mentions:
        if isinstance(mention.resolution, Found):
            named[mention.resolution.record] = None
        elif isinstance(mention.resolution, Ambiguous):
            named.update(dict.fromkeys(mention.resolution.records))
    records = [
        record for record in named if isinstance(record, _LOOKED_FOR) and services.base.facts_of(record)
    ]
    if not records:
        return Answer(
            headline=say(
                "That message names no place, pairing or mechanism that the fact base has facts about."
            ),
            outcome="unknown",
            notes=(say("Mention the bot with a question, or type /yrd followed by one."),),
        )
    each = 1 if len(records) > 2 else 2
    lines = [
        Line(fact, group=about.describe(services, record))
        for record in records[:FACTS_PER_PAGE]
        for fact in services.base.facts_of(record)[:each]
    ]
    return Answer(
        headline=say("Named in that message: {names}.", names=in_a_row(records[:FACTS_PER_PAGE])),
        outcome="answer",
        match="exact",
        lines=tuple(lines[:FACTS_PER_PAGE]),
        choices=tuple(_more(record) for record in records[:10]),
        context=tuple(record.slug for record in records[:FACTS_PER_PAGE]),
    )


def _more(record: Named) -> Choice:
    return replace(about.as_choice(record), label=say("All on {name}", name=record))
