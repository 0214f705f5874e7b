"""/yrd-topic: facts on a subject area such as ports or integrated circuits."""

from __future__ import annotations

from handlers import found
from handlers.answer import Answer
from handlers.by_name import by_name
from handlers.command import Command, Example
from handlers.desk import Desk
from handlers.paging import ENTRIES_PER_PAGE
from handlers.request import Request
from knowledge.model import Named, Topic


def is_topic(record: Named) -> bool:
    return isinstance(record, Topic)


def topic(desk: Desk, request: Request) -> Answer:
    """Return the facts on the topic named or described, or the list of topics."""
    if not request.text.strip():
        return _all(desk, request)
    return by_name(desk, request, is_topic, "topic")


def _all(desk: Desk, request: Request) -> Answer:
    held = [(record, len(desk.base.on(record.slug))) for record in desk.base.seeds.topics]
    names = [f"{record.name} ({count})" for record, count in held if count]
    return found.listing(
        request,
        f"The fact base is filed under {found.counted(len(names), 'topic')}.",
        [("Topics", sorted(names))],
        ENTRIES_PER_PAGE,
    )


COMMAND = Command(
    name="/yrd-topic",
    usage="a subject such as ports, talent, low-carbon cities",
    summary="Facts on a subject area",
    examples=(Example("ports"), Example("shipping"), Example("人才")),
    handle=topic,
)
