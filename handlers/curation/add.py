"""add: propose a fact. An adapter that can opens the form; this says how, where it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers.answer import Answer, Choice
from handlers.command import Command, Example, Reading, Verb, whole_if
from handlers.request import ADD, Request
from handlers.say import Said, say
from handlers.services import Services
from knowledge.text.normalize import CHINESE

HOW: Final = "how"
CORRECTING: Final = "correction"
"""The verbs that say how a fact is proposed, and how one is corrected."""
_PROPOSING: Final = say(
    "Nothing that is said here becomes a fact by itself. A fact is proposed by its statement and its source, and used after a"
    " second person approves it: press the button, type /yrd add, or choose “Propose a fact” among the shortcuts of a message."
)
_CORRECTING: Final = say(
    "A correction begins at the fact that it corrects: ask for that fact, press Details under it and then Suggest a correction. Who"
    " knows its id types /yrd fact ID correct. A curator reviews it."
)
_IN_CHINESE: Final[Mapping[str, str]] = {
    _PROPOSING: "对话内容不会自行成为事实。请按按钮或输入 /yrd add，填写事实和出处；也可在消息的快捷方式中选“Propose a fact”。经第二人审核后才会使用。",
    _CORRECTING: "更正从要更正的那条事实开始：先查到该事实，按其下的“Details”，再按“Suggest a correction”。知道编号的可输入 /yrd fact 编号 correct。更正须经审核。",
}


def add(services: Services, request: Request) -> Answer:
    """Return the offer of the form; `request.text` is the statement to begin with."""
    return Answer(
        headline=say("A fact needs its source and a second person’s approval before it answers anybody."),
        outcome="answer",
        choices=(proposing(request.text),),
    )


def proposing(statement: str) -> Choice:
    """Return the button that opens the form for a fact with a statement to begin with."""
    return Choice("add", say("Propose a fact"), ADD, statement, "", effect="opens a form")


def _elsewhere(services: Services, request: Request) -> Answer:
    said = say("Facts are proposed in Slack: /yrd add, or “Propose a fact” on a message.")
    return Answer(headline=said, outcome="answer")


def how(services: Services, request: Request) -> Answer:
    """Return how a fact is proposed, with the button that does it."""
    form = Choice("propose", say("Propose a fact"), ADD, "", "", effect="opens a form", style="primary")
    return _told(request, _PROPOSING, form)


def _correcting(services: Services, request: Request) -> Answer:
    return _told(request, _CORRECTING)


def _told(request: Request, said: Said, *choices: Choice) -> Answer:
    in_chinese = CHINESE.search(request.text) is not None
    headline = _IN_CHINESE[said] if in_chinese else said
    return Answer(headline=headline, outcome="answer", choices=choices, in_chinese=in_chinese)


def read(services: Services, request: Request) -> Reading | None:
    """Return the statement to begin with, or that it is asked how one is proposed or corrected; None where the text is a question."""
    word = request.text.lower()
    if word in services.base.lexicon.stop:
        # "Add more" states nothing.
        return Reading(HOW)
    return Reading(word) if word in (HOW, CORRECTING) else _READ(services, request)


def _is_statement(services: Services, rest: str) -> bool:
    """Say whether `rest` is a statement, or nothing yet, and no question that begins with "add"; a lone word that names nothing
    of the base is none.
    """
    if not rest or rest.rstrip().endswith((".", "。")):
        return True
    if len(rest.split()) == 1 and not CHINESE.search(rest) and not services.base.parse(rest).mentions:
        return False
    return not rest.lower().startswith(("up ", "to ", "the ")) and not rest.endswith(("?", "？"))


_READ: Final = whole_if(_is_statement)

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
    read=read,
    verbs=(Verb(HOW, how), Verb(CORRECTING, _correcting)),
)
