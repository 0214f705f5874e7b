"""/yrd-digest: scheduled posts of topics to a channel."""

from __future__ import annotations

from handlers.answer import Answer
from handlers.command import Command, Example
from handlers.desk import Desk
from handlers.request import Request


def digest(desk: Desk, request: Request) -> Answer:
    """Say that scheduled digests come next, and what serves meanwhile."""
    return Answer(
        headline="Scheduled digests come next: this version answers questions and posts nothing by itself.",
        outcome="answer",
        notes=("Until then /yrd-topic shows what a digest on a topic will draw on.",),
    )


COMMAND = Command(
    name="/yrd-digest",
    usage="scheduled posts of topics (coming next)",
    summary="Scheduled posts of topics to a channel (coming next)",
    examples=(Example("subscribe ports weekly"), Example("")),
    handle=digest,
)
