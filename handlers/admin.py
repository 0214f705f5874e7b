"""admin curators: who reviews what the team proposes. Slack's own admins appoint them."""

from __future__ import annotations

import json
import re
from typing import Final

from handlers import curate, curation
from handlers.answer import Answer, Section
from handlers.command import Command, Example
from handlers.contributions import Deed, DeedKind
from handlers.desk import Desk
from handlers.request import Request

_SPEC: Final = re.compile(
    r"^curators(?:\s+(list|add|remove))?(?:\s+@?([UW][A-Z0-9]{1,40}))?\s*$", re.IGNORECASE
)
NOT_REACHED: Final = (
    "Slack cannot be reached just now, so I do not know whether you are an admin. Nothing was changed."
    " Please try again in a moment."
)
USAGE: Final = "/yrd admin curators add @name, /yrd admin curators remove @name, /yrd admin curators list"


def admin(desk: Desk, request: Request) -> Answer:
    """List, appoint or dismiss curators; Slack is asked whether the person is an admin each time."""
    found = _SPEC.match(request.text.strip())
    if found is None or desk.contributions is None:
        return Answer(headline=f"Curators: {USAGE}.", outcome="answer")
    verb = (found[1] or "list").lower()
    if verb == "list":
        return _list(desk, request)
    if not found[2]:
        return curate.refused(f"Name the person: /yrd admin curators {verb} @name")
    is_admin = desk.people.is_admin(request.team, request.user) if desk.people else False
    if is_admin is None:
        return curate.refused(NOT_REACHED)
    if not is_admin:
        return curate.refused("Only admins of the workspace appoint curators.")
    return _change(desk, request, "appointed" if verb == "add" else "dismissed", found[2].upper())


def _list(desk: Desk, request: Request) -> Answer:
    names = tuple(curate.curation_of(desk, request).curators.values())
    if not names:
        return Answer(headline=f"Nobody is a curator yet. An admin appoints them: {USAGE}.", outcome="answer")
    return Answer(
        headline="Curators review proposals.", outcome="answer", sections=(Section("Curators", names),)
    )


def _change(desk: Desk, request: Request, verb: DeedKind, user: str) -> Answer:
    name = desk.people.name(request.team, user) if desk.people else user
    wanted = curate.deed(desk, request, f"curator:{user}", verb, "", json.dumps({"name": name}))

    def judge(deeds: tuple[Deed, ...]) -> Deed | str:
        is_one = user in curation.read(deeds).curators
        if is_one == (verb == "appointed"):
            return f"{name} {'is a curator already' if is_one else 'is no curator'}."
        return wanted

    assert desk.contributions is not None
    done = desk.contributions.record(request.team, judge)
    if isinstance(done, str):
        return curate.refused(done)
    said = f"{name} is {'now a curator' if verb == 'appointed' else 'no longer a curator'}."
    if desk.bell and verb == "appointed":
        hello = "You are now a curator: proposals come to you for review, and /yrd review lists what waits."
        desk.bell.ring(request.team, user, Answer(headline=hello, outcome="answer"))
    return Answer(headline=said, outcome="answer")


COMMAND = Command(
    name="admin",
    usage="curators list, add @name or remove @name",
    summary="Who reviews what the team proposes; for admins",
    examples=(Example("curators list"),),
    handle=admin,
    takes=lambda desk, rest: bool(_SPEC.match(rest)),
)
