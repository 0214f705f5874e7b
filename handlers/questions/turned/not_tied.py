"""Questions that take a tie for not so, "isn't it twinned", "why is it not twinned", or for ended: the records say which are held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers.answer import Answer
from handlers.questions import answering
from handlers.questions.refusing import related
from handlers.questions.turned.negated import OF_TIES
from handlers.records.lists import PAIRINGS
from handlers.request import Request
from handlers.say import say
from handlers.services import Services
from handlers.verdict import paired
from knowledge.model import Place
from knowledge.search.negation import WHY, denies_something
from knowledge.search.query import Query

_I: Final = re.IGNORECASE
_ISNT: Final = re.compile(
    r"^((?:(?:so|and|but|ok|well),? )?(?:is|are|was|were|do|does|did|has|have|had))n['’]?t\b", _I
)
_ENDED: Final = re.compile(
    r"\b(?:stop(?:s|ped)?|end(?:s|ed)?|ceased?|terminated?|dissolved?|broken? (?:up|off)|cancell?ed|expired?|over)\b"
    r"|结束|终止|停止|解除|取消|到期",
    _I,
)


def straight(text: str) -> str:
    """Return a question that begins with "isn't" as one that begins with "is", which asks the same; any other as it is."""
    return _ISNT.sub(r"\1", text)


def of_no_tie(services: Services, request: Request) -> Answer | None:
    """Return that no such tie is held, or which is, to who asks why it is not so, or when it ended; None to any other question."""
    base, text = services.base, request.text
    asks_why = _asks_why_not(text)
    asks_end = _ENDED.search(text) is not None
    if not (asks_why or asks_end):
        return None
    query = base.parse(text)
    if not (query.partners or query.twins) or any(
        hit.is_asked and (asks_end or any(map(_asks_why_not, hit.entry.asks))) for hit in base.rank(query)
    ):
        return None
    places = paired.to_be_paired(base, query)
    if asks_end:
        return _of_the_end(services, query, places)
    return _of_the_reason(services, request, query, places) if paired.asks_no_more(base, query) else None


def _asks_why_not(text: str) -> bool:
    return WHY.search(text) is not None and denies_something(text)


def _of_the_end(services: Services, query: Query, places: Sequence[Place]) -> Answer | None:
    """Return that no end of a tie is held, with the facts that state it; None where none is held of the places, or no place is named."""
    if not places or paired.unpaired(services.base, query):
        return None
    said = (
        say("No end of the pairing of {place} and {other} is recorded.", place=places[0], other=places[1])
        if len(places) > 1
        else say("No end of a pairing of {place} is recorded.", place=places[0])
    )
    return Answer(
        headline=said,
        outcome="unknown",
        near=related.facts(services, query, services.base.rank(query)),
        choices=related.choices(services, query),
        context=tuple(place.slug for place in places),
    )


def _of_the_reason(
    services: Services, request: Request, query: Query, places: Sequence[Place]
) -> Answer | None:
    base = services.base
    if not places:
        return Answer(headline=OF_TIES, outcome="unknown", choices=(PAIRINGS,))
    if not paired.unpaired(base, query):
        return _as_it_is(services, request, places)
    if len(places) == 1 or not all(base.about(place.slug) for place in places):
        return None
    return Answer(
        headline=say(
            "No pairing of {place} and {other} is recorded, and so no reason why there is none.",
            place=places[0],
            other=places[1],
        ),
        outcome="unknown",
        choices=(*related.choices(services, query), PAIRINGS),
        context=tuple(place.slug for place in places),
    )


def _as_it_is(services: Services, request: Request, places: Sequence[Place]) -> Answer | None:
    """Return the facts on a tie which a question takes for not so."""
    asked = " twinned ".join((*(place.name for place in places), "")).strip()
    told = answering.answer(services, request.saying(asked))
    if told.outcome != "answer":
        return None
    said = (
        say("The base does record a pairing of {place} and {other}:", place=places[0], other=places[1])
        if len(places) > 1
        else say("The base does record a pairing of {place}:", place=places[0])
    )
    return replace(told, headline=said)
