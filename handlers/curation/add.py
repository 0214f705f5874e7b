"""add: propose a fact. An adapter that can opens the form; this says how, where it cannot."""

from __future__ import annotations

from handlers.answer import Answer, Choice
from handlers.command import Command, Example, whole_if
from handlers.request import ADD, Request
from handlers.say import say
from handlers.services import Services


def add(services: Services, request: Request) -> Answer:
    """Return the offer of the form; `request.text` is the statement to begin with."""
    return Answer(
        headline=say("A fact needs its source and a second person’s approval before it answers anybody."),
        outcome="answer",
        choices=(Choice("add", say("Propose a fact"), ADD, request.text, "", effect="opens a form"),),
    )


def _elsewhere(services: Services, request: Request) -> Answer:
    said = say("Facts are proposed in Slack: /yrd add, or “Propose a fact” on a message.")
    return Answer(headline=said, outcome="answer")


def _is_statement(services: Services, rest: str) -> bool:
    """Say whether `rest` is a statement, or nothing yet, and no question that begins with "add"."""
    if rest.rstrip().endswith((".", "。")):
        return True
    return not rest.lower().startswith(("up ", "to ", "the ")) and not rest.endswith(("?", "？"))


COMMAND = Command(
    name=ADD,
    usage=say("statement"),
    summary=say("Propose a fact with its source; a curator reviews it"),
    examples=(Example(""),),
    handle=add,
    effect="opens a form",
    keeps_text=True,
    needs="contributions",
    without=_elsewhere,
    read=whole_if(_is_statement),
)
