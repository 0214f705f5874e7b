"""admin curators: who reviews what the team proposes. The workspace's own admins appoint them, and only members."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers import rights
from handlers.answer import Answer, Choice, Line, Outcome, Section
from handlers.command import MISREAD, Command, Example, Handler, Reading, Verb, next_word, without_marks
from handlers.contribution import CurationEvent, EventKind
from handlers.curation import actions, barred, describe, projection
from handlers.curation.barred import ADMIN
from handlers.curation.questions import queue
from handlers.records.enumerated import sentences
from handlers.request import FACT, Reference, Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.target import Target

# Typed in small letters it is told from a word ("who", "why") by a digit.
_ID: Final = re.compile(r"[UW][A-Z0-9]{1,40}|[uw](?=[a-z]*[0-9])[a-z0-9]{1,40}")
NOT_AN_ADMIN: Final = say("Only admins of the workspace appoint curators.")
UNCHECKED: Final = say(
    "Slack cannot be reached just now, so I did not check whether all of them belong here still."
)
USAGE: Final = say(
    "/yrd admin curators add @name, /yrd admin curators remove @name, /yrd admin curators list"
)


CHOOSING: Final = "choose"
BECOMING: Final = "become"
"""The verb that says how whoever asks becomes a curator."""
CHOOSE: Final = Choice("choose", say("Choose curators"), ADMIN, "", CHOOSING, effect="opens a form")
"""The button of an admin that opens the form of who is a curator."""


def read(services: Services, request: Request) -> Reading | None:
    """Return what is to be done with curators, and the id of the person named, "" for nobody."""
    word, rest = next_word(request.text)
    if word != "curators":
        return None
    verb, after = next_word(rest)
    if verb in (CHOOSING, BECOMING) and not after:
        return Reading(verb)
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
    if _ID.fullmatch(name):
        return name.upper()
    is_one = len(people) == 1 and people[0].kind == "person" and name in ("", people[0].name or "someone")
    return people[0].id if is_one else ""


def _misread(services: Services, request: Request) -> Answer:
    if sum(one.kind == "person" for one in request.references) > 1 and rights.is_admin(services, request):
        one_each = say("That names several people. Say it for one at a time, or choose them all in the form.")
        return Answer(headline=one_each, outcome="refused", choices=(CHOOSE,))
    if not request.channel:
        # Where nobody writes in a conversation, Slack offers no list of people as one types.
        if not rights.is_admin(services, request):
            return _choose(services, request)
        unknown = say("I do not know who “{name}” is: choose the person from the list.", name=request.text)
        return Answer(headline=unknown, outcome="refused", choices=(CHOOSE,))
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


def _choose(services: Services, request: Request) -> Answer:
    """Return the button of the form for an admin, where what was typed opens none; for others why they do not choose."""
    is_admin = rights.is_admin(services, request)
    if not is_admin:
        return actions.refused(rights.NOT_REACHED if is_admin is None else NOT_AN_ADMIN)
    return Answer(headline=say("Curators are chosen in a form."), outcome="answer", choices=(CHOOSE,))


def become(services: Services, request: Request) -> Answer:
    """Return how whoever asks becomes a curator, or that they are one."""
    if why := actions.denial(services, request):
        return barred.becoming(services, request) if why == actions.NOT_A_CURATOR else actions.refused(why)
    said = say("You are a curator: proposals come to you for review, and the queue lists what waits.")
    return Answer(headline=said, outcome="answer", choices=(queue.opened(),))


def strangers(services: Services, request: Request, users: Sequence[str]) -> str:
    """Return why some of `users` cannot be curators, "" where all can and Slack says who asks."""
    members = {user: rights.is_member(services, request, user) for user in users}
    if None in (*members.values(), rights.is_member(services, request)):
        return rights.NOT_REACHED
    barred = [_no_member(services.people.name(request.team, user)) for user in users if not members[user]]
    return sentences(barred) if barred else ""


def chosen(services: Services, request: Request, before: Sequence[str], after: Sequence[str]) -> Answer:
    """Appoint and dismiss, so that of the curators `before` those `after` are left or come; return how it went, and who is one."""
    is_admin = rights.is_admin(services, request)
    if not is_admin:
        return actions.refused(rights.NOT_REACHED if is_admin is None else NOT_AN_ADMIN)
    done = [
        *(_change(services, request, "appointed", user) for user in after if user not in before),
        *(_change(services, request, "dismissed", user) for user in before if user not in after),
    ]
    if not done:
        return _list(services, request)
    curators = tuple(actions.curation_of(services.with_base_of(request.team), request).curators.values())
    return Answer(
        headline=sentences([say("{done}", done=one.headline) for one in done]),
        outcome="done" if any(one.outcome == "done" for one in done) else "refused",
        sections=(Section(say("Curators"), curators),) if curators else (),
    )


def _list(services: Services, request: Request) -> Answer:
    curators = actions.curation_of(services, request).curators
    is_admin = rights.is_admin(services, request)
    offered = (CHOOSE,) if is_admin else ()
    if not curators:
        nobody = say("Nobody is a curator yet. An admin appoints them: {usage}.", usage=USAGE)
        return Answer(headline=nobody, outcome="answer", choices=offered)
    entries: list[str] = []
    # Slack that does not say of one is not waited for again for the next.
    is_checked = is_admin is not None
    for user, name in curators.items():
        member = rights.is_member(services, request, user) if is_checked else None
        is_checked = member is not None
        entries.append(name if member in (True, None) else _stranger(user, name))
    return Answer(
        headline=say("Curators review proposals."),
        outcome="answer",
        sections=(Section(say("Curators"), tuple(entries)),),
        notes=() if is_checked else (UNCHECKED,),
        choices=offered,
    )


def _stranger(user: str, name: str) -> Said:
    return say(
        "{name} ({user}), without rights: they do not belong to this workspace. /yrd admin curators remove {user}"
        " removes them",
        name=name,
        user=user,
    )


def _no_member(name: str) -> Said:
    return say("Only members of this workspace become curators, and {name} is none.", name=name)


def _change(services: Services, request: Request, verb: EventKind, user: str) -> Answer:
    name = services.people.name(request.team, user)
    if verb == "appointed" and not (member := rights.is_member(services, request, user)):
        return actions.refused(rights.NOT_REACHED if member is None else _no_member(name))
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
        return _going_on(services, request, hello)
    services.notifier.notify(request.team, user, Answer(headline=hello, outcome="answer"))
    return Answer(headline=say("{name} is now a curator.", name=name), outcome="done")


def _going_on(services: Services, request: Request, hello: str) -> Answer:
    """Return what somebody wanted before they made themselves a curator: the proposal or the fact that their button carries,
    else the queue.
    """
    target = request.target
    kept = actions.curation_of(services, request).contributions.get(target.number) if target else None
    if kept is not None:
        wanted = describe.card(services, kept, reader=request.user)
    elif target and (fact := services.base.fact(target.id)):
        view = Choice("view", say("View fact"), FACT, target.id, "", target=Target(id=target.id))
        wanted = Answer(
            headline=say("This is the fact that you looked at."), outcome="answer", lines=(Line(fact),),
            choices=(view, queue.opened()),
        )  # fmt: skip
    else:
        wanted = queue.part(services, replace(request, text=""))
    return replace(
        wanted, headline=say("{hello} {shown}", hello=hello, shown=wanted.headline), outcome="done"
    )


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
            CHOOSING,
            _choose,
            "opens a form",
            is_private=True,
            needs="contributions",
            without=_usage("refused"),
        ),
        Verb(BECOMING, become, is_private=True, needs="contributions", without=_usage("answer")),
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
