"""The one call by which every adapter gets its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from handlers.answer import Answer
from handlers.curation.team_base import with_team_base
from handlers.lookups.map import offer_map
from handlers.records.disagreements import disagreements
from handlers.records.figures import compare_figures
from handlers.registry import slash
from handlers.request import Request
from handlers.route import route
from handlers.services import Services


def reply(services: Services, request: Request) -> Answer:
    """Return the answer to `request`, with what must stand beside it."""
    services = with_team_base(services, request)
    wanted = route(services, request)
    answer = wanted.verb.handle(services, replace(request, text=wanted.argument, target=wanted.target))
    for step in AFTER:
        answer = step(services, request, answer)
    return answer


def keep_unanswered(services: Services, request: Request, answer: Answer) -> Answer:
    """Keep for curators what the base could not answer, where there is a place for it; return `answer`."""
    text = request.text.strip()
    if answer.outcome == "unknown" and services.questions and text and slash(request.command):
        nearest = tuple(fact.id for fact in answer.near)
        services.questions.keep(request.team, request.command, text, nearest, request.now, request.user)
    return answer


Step = Callable[[Services, Request, Answer], Answer]
# What is done with every answer, in this order.
AFTER: Final[tuple[Step, ...]] = (disagreements, keep_unanswered, compare_figures, offer_map)
