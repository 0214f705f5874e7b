"""The one call by which every adapter gets its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from handlers.answer import Answer
from handlers.curation.team_base import for_team
from handlers.lookups.map import offer_map
from handlers.records.disagreements import disagreements
from handlers.records.figures import compare_figures
from handlers.registry import slash
from handlers.request import Request
from handlers.route import route
from handlers.services import Desk


def reply(desk: Desk, request: Request) -> Answer:
    """Return the answer to `request`, with what must stand beside it."""
    desk = for_team(desk, request)
    wanted = route(desk, request)
    answer = wanted.verb.handle(desk, replace(request, text=wanted.argument))
    for step in AFTER:
        answer = step(desk, request, answer)
    return answer


def keep_unanswered(desk: Desk, request: Request, answer: Answer) -> Answer:
    """Keep for curators what the base could not answer, where the desk has a place for it; return `answer`."""
    text = request.text.strip()
    if answer.outcome == "unknown" and desk.questions and text and slash(request.command):
        nearest = tuple(fact.id for fact in answer.near)
        desk.questions.keep(request.team, request.command, text, nearest, request.now, request.user)
    return answer


Step = Callable[[Desk, Request, Answer], Answer]
# What is done with every answer, in this order.
AFTER: Final[tuple[Step, ...]] = (disagreements, keep_unanswered, compare_figures, offer_map)
