"""/yrd-mechanism: a way of cooperating, what it consists of and where it is used."""

from __future__ import annotations

from handlers import found
from handlers.answer import Answer
from handlers.by_name import by_name
from handlers.command import Command, Example
from handlers.desk import Desk
from handlers.paging import ENTRIES_PER_PAGE
from handlers.request import Request
from knowledge.model import Mechanism, Named


def is_mechanism(record: Named) -> bool:
    return isinstance(record, Mechanism)


def mechanism(desk: Desk, request: Request) -> Answer:
    """Return the facts on the mechanism named or described, or the list of mechanisms."""
    if not request.text.strip():
        return _all(desk, request)
    return by_name(desk, request, is_mechanism, "mechanism")


def _all(desk: Desk, request: Request) -> Answer:
    held = [(record, len(desk.base.using(record.slug))) for record in desk.base.seeds.mechanisms]
    names = [f"{record.name} ({count})" for record, count in held if count]
    return found.listing(
        request,
        f"The fact base knows {found.counted(len(names), 'mechanism')} of cooperation.",
        [("Mechanisms", sorted(names))],
        ENTRIES_PER_PAGE,
    )


COMMAND = Command(
    name="/yrd-mechanism",
    usage="a way of cooperating, by name or in your words",
    summary="How a cooperation mechanism works and where it is used",
    examples=(Example("enclave economy"), Example("splitting tax income"), Example("飞地经济")),
    handle=mechanism,
)
