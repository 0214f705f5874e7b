"""The one call by which every adapter gets its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from handlers.answer import Answer
from handlers.lookups.map import offer_map
from handlers.questions.answering import as_asked
from handlers.records.disagreements import disagreements
from handlers.records.figures import compare_figures
from handlers.request import QUESTION, Request
from handlers.route import Route, route
from handlers.services import Services
from handlers.threads import follow_up
from handlers.without_state import MissingServiceError


def reply(services: Services, request: Request, wanted: Route | None = None) -> Answer:
    """Return the answer to `request`, from the base of its team in `services`, with what must stand beside it.

    `wanted` is its route, where whoever asks has asked for that already.
    """
    wanted = wanted or route(services, request)
    if wanted.follows is not None:
        return follow_up.answered(services, wanted.follows, reply)
    answer = _done(services, request.saying(wanted.argument, wanted.target), wanted)
    # Of "/yrd tulips" the question is "tulips"; a name stands with the command that it was looked up by.
    asked = (wanted.argument if wanted.command.name == QUESTION else request.text).strip()
    if wanted.is_search and answer.outcome == "unknown":
        answer = as_asked(services, request, asked) or answer
    for step in AFTER:
        answer = step(services, request, answer)
    if wanted.is_search:
        _keep_unanswered(services, request, asked, answer)
    return answer


def _done(services: Services, request: Request, wanted: Route) -> Answer:
    """Return what comes of the verb, or what is said where a service that it uses is missing."""
    verb = wanted.verb
    try:
        if verb.needs is not None:
            services.require(verb.needs)
        return verb.handle(services, request)
    except MissingServiceError as error:
        if verb.without is not None:
            return verb.without(services, request)
        return Answer(headline=error.elsewhere, outcome="unknown" if verb.effect == "reads" else "refused")


def _keep_unanswered(services: Services, request: Request, text: str, answer: Answer) -> None:
    """Keep `text` for curators, in the words of whoever asked, where the base could not answer it."""
    # Another page is no other question, and signs, numbers or words of grammar alone are none.
    if answer.outcome != "unknown" or request.page > 1 or not any(map(str.isalpha, text)):
        return
    asked = services.base.parse(text)
    if asked.concepts or asked.strangers or asked.mentions:
        nearest = tuple(fact.id for fact in answer.near)
        services.questions.keep(request.team, request.command, text, nearest, request.now, request.user)


Step = Callable[[Services, Request, Answer], Answer]
# What is done with every answer, in this order.
AFTER: Final[tuple[Step, ...]] = (disagreements, compare_figures, offer_map)
