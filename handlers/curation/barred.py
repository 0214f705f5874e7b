"""What people are told who are no curators: who is, who appoints them, and for an admin the button that makes them one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers import rights
from handlers.answer import Answer, Choice
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services

ADMIN: Final = "admin"
"""The word of /yrd by which curators are appointed."""
_NAMED: Final = 5


def becoming(services: Services, request: Request) -> Answer:
    """Return how whoever asks becomes a curator: an admin by a button, anybody else by an admin."""
    if rights.is_admin(services, request):
        said = say("You are an admin: press the button, and you are a curator.")
        return Answer(headline=said, outcome="answer", choices=(_button(request),))
    return _whom_to_ask(services, request, say("Curators review what the team proposes."))


def refusal(services: Services, request: Request, why: str) -> Answer:
    """Return `why` only curators may do something, with whom to ask, or with how an admin becomes one."""
    if rights.is_admin(services, request):
        said = say("{why} You are an admin: make yourself a curator to go on.", why=why)
        return Answer(headline=said, outcome="refused", choices=(_button(request),))
    return _whom_to_ask(services, request, why)


def _button(request: Request) -> Choice:
    # What was wanted of a proposal or a fact is carried along, and shown afterwards.
    return Choice(
        "curator", say("Make me a curator"), ADMIN, request.user, "add",
        target=request.target, effect="changes", style="primary",
    )  # fmt: skip


def _whom_to_ask(services: Services, request: Request, why: str) -> Answer:
    curators = tuple(services.team_bases.curation(request.team).curators.values())
    said = say("{why} {whom}", why=why, whom=_curators(curators))
    admins = services.people.admins(request.team)
    appoint = (
        say("Admins appoint curators: {admins}.", admins=_list(admins))
        if admins
        else say("Admins appoint curators.")
    )
    return Answer(headline=said, outcome="refused", notes=(appoint,))


def _curators(names: Sequence[str]) -> Said:
    return say("Curators are {names}.", names=_list(names)) if names else say("Nobody is a curator yet.")


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return say("{names} and {count} more", names=shown, count=more) if more > 0 else shown
