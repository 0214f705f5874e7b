"""admin curators: who reviews what the team proposes. The workspace's own admins appoint them, and only members."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from handlers import rights
from handlers.answer import Answer, Outcome, Section
from handlers.command import MISREAD, Command, Example, Handler, Reading, Verb, next_word, without_marks
from handlers.contribution import CurationEvent, EventKind
from handlers.curation import actions, projection, queue
from handlers.request import Reference, Request
from handlers.say import Said, say
from handlers.services import Services

_ID: Final = re.compile(r"^[UW][A-Z0-9]{1,40}$", re.IGNORECASE)
NOT_AN_ADMIN: Final = say("Only admins of the workspace appoint curators.")
UNCHECKED: Final = say(
    "Slack cannot be reached just now, so I did not check whether all of them belong here still."
)
USAGE: Final = say(
    "/yrd admin curators add @name, /yrd admin curators remove @name, /yrd admin curators list"
)


def read(services: Services, request: Request) -> Reading | None:
    """Return what is to be done with curators, and the id of the person named, "" for nobody."""
    word, rest = next_word(request.text)
    if word != "curators":
        return None
    verb, after = next_word(rest)
    is_change = verb in ("add", "remove")
    named = without_marks(after if is_change or verb == "list" else rest)
    people = [one for one in request.references if one.kind in ("person", "group", "broadcast")]
    person = _person(named, people)
    if (named or people) and not person:
        # To appoint somebody is no question, whoever that may be; "curators of Hangzhou" is one.
        return Reading(MISREAD, named) if is_change else None
    return Reading(verb if is_change else "", person)


def _person(named: str, people: Sequence[Reference]) -> str:
    """Return the id that was typed, or that of the one person mentioned; "" for nobody, or for several."""
    name = named.removeprefix("@")
    if _ID.match(name):
        return name.upper()
    is_one = len(people) == 1 and people[0].kind == "person" and name in ("", people[0].name or "someone")
    return people[0].id if is_one else ""


def _misread(services: Services, request: Request) -> Answer:
    return actions.refused(
        say(
            "I do not know who “{name}” is: type @ and choose the person from Slack’s list.",
            name=request.text,
        )
    )


def _change_of(verb: str, what: EventKind) -> Verb:
    """Return the verb that appoints or dismisses; Slack is asked each time whether the person is an admin."""

    def handle(services: Services, request: Request) -> Answer:
        if not request.text:
            return actions.refused(say("Name the person: /yrd admin curators {verb} @name", verb=verb))
        is_admin = rights.is_admin(services, request)
        if not is_admin:
            return actions.refused(rights.NOT_REACHED if is_admin is None else NOT_AN_ADMIN)
        return _change(services, request, what, request.text)

    return Verb(verb, handle, "changes", needs="contributions", without=_usage("refused"))


def _list(services: Services, request: Request) -> Answer:
    curators = actions.curation_of(services, request).curators
    if not curators:
        nobody = say("Nobody is a curator yet. An admin appoints them: {usage}.", usage=USAGE)
        return Answer(headline=nobody, outcome="answer")
    entries: list[str] = []
    is_checked = True
    for user, name in curators.items():
        # Slack that does not say of one is not waited for again for the next.
        member = rights.is_member(services, request, user) if is_checked else None
        is_checked = member is not None
        entries.append(name if member in (True, None) else _stranger(user, name))
    return Answer(
        headline=say("Curators review proposals."),
        outcome="answer",
        sections=(Section(say("Curators"), tuple(entries)),),
        notes=() if is_checked else (UNCHECKED,),
    )


def _stranger(user: str, name: str) -> Said:
    return say(
        "{name} ({user}), without rights: they do not belong to this workspace. /yrd admin curators remove {user}"
        " removes them",
        name=name,
        user=user,
    )


def _change(services: Services, request: Request, verb: EventKind, user: str) -> Answer:
    name = services.people.name(request.team, user)
    if verb == "appointed" and not (member := rights.is_member(services, request, user)):
        is_none = say("Only members of this workspace become curators, and {name} is none.", name=name)
        return actions.refused(rights.NOT_REACHED if member is None else is_none)
    wanted = actions.event_of(services, request, f"curator:{user}", verb, "", json.dumps({"name": name}))

    def decide(events: tuple[CurationEvent, ...]) -> CurationEvent | str:
        is_one = user in projection.replay(events).curators
        if is_one and verb == "appointed":
            return say("{name} is a curator already.", name=name)
        if not is_one and verb != "appointed":
            return say("{name} is no curator.", name=name)
        return wanted

    done = actions.record(services, request, decide)
    if isinstance(done, str):
        return actions.refused(done)
    if verb != "appointed":
        return Answer(headline=say("{name} is no longer a curator.", name=name), outcome="done")
    hello = say("You are now a curator: proposals come to you for review, and /yrd review lists what waits.")
    if user == request.user:
        said = say("{hello} Press or type again what you wanted.", hello=hello)
        return Answer(headline=said, outcome="done", choices=(queue.opened(),))
    services.notifier.notify(request.team, user, Answer(headline=hello, outcome="answer"))
    return Answer(headline=say("{name} is now a curator.", name=name), outcome="done")


def _usage(outcome: Outcome) -> Handler:
    """Return what says how curators are appointed, where nobody can be."""
    said = say("Curators: {usage}.", usage=USAGE)
    return lambda services, request: Answer(headline=said, outcome=outcome)


COMMAND = Command(
    name="admin",
    in_chinese=("管理员",),
    usage=say("curators list, add @name or remove @name"),
    summary=say("Who reviews what the team proposes; for admins"),
    examples=(Example("curators list"),),
    handle=_list,
    is_private=True,
    needs="contributions",
    without=_usage("answer"),
    verbs=(
        _change_of("add", "appointed"),
        _change_of("remove", "dismissed"),
        Verb(
            MISREAD,
            _misread,
            is_private=True,
            keeps_text=True,
            needs="contributions",
            without=_usage("refused"),
        ),
    ),
    read=read,
)
