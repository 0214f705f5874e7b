"""What shows digests and changes nothing: list, show, history, help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.digests import describe
from handlers.digests.access import digest_title, may_change, named, refusal
from handlers.digests.coming import runs
from handlers.digests.offers import offers, to_show
from handlers.digests.preview import not_known
from handlers.digests.reading.subjects import Subjects
from handlers.digests.schedule import clock_text
from handlers.digests.supply import lasting, runs_of, supply, supply_text
from handlers.ports import Votes
from handlers.request import DIGEST, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import Subscription, UnreadableDigest
from handlers.without_state import DIGESTS_ELSEWHERE

_MOST: Final = 20
_MOST_BUTTONS: Final = 10
_HISTORY: Final = 15
_PERIOD: Final = timedelta(days=30)

SUMMARY: Final = say("Scheduled posts of topics, places and mechanisms to a channel")
HELP: Final = (
    say("subscribe ports, G60 weekly mon 09:00 Asia/Shanghai: a digest in this channel"),
    say("How often: daily, weekdays, weekly mon,thu, monthly 1, monthly last, first monday, last workday"),
    say("When: 9, 9am, 09:00, 21:30; the zone by IANA name or city, your own if left out"),
    say("Options: facts 5; when empty quiet, say or again; skip holidays CN; quiet 22:00-07:00"),
    say("list: the digests of this channel, and yours"),
    say("show, history 3: how digest 3 stands, and what became of each run"),
    say("preview ports, Hangzhou: what a digest would show now"),
    say("pause 3, pause 3 until 24 Dec, resume 3, skip 3: hold it, or leave out one run"),
    say("edit 3 weekly tue 10:00; edit 3 add Hangzhou; edit 3 drop ports"),
    say("restart 3: begin again from the first fact; mine 3: the same in our direct messages"),
    say("unsubscribe 3: end it"),
    say("Without text a form opens that does the same."),
)


def help_(services: Services, request: Request) -> Answer:
    """Return every word that /yrd-digest takes."""
    return Answer(
        headline=say("{command}: {summary}.", command=DIGEST, summary=SUMMARY),
        outcome="answer",
        sections=(Section(f"{DIGEST} …", HELP),),
        notes=(say("Its owner and the workspace's admins may change a digest."),),
    )


def list_(services: Services, request: Request) -> Answer:
    """Return the digests of the channel, and those of the person in other channels."""
    here = services.subscriptions.listed(request.team, channel=request.channel) if request.channel else ()
    mine = services.subscriptions.listed(request.team, owner=request.user)
    elsewhere = [kept for kept in mine if kept.channel != request.channel]
    sections = [
        Section(name, tuple(line(services, kept, request) for kept in kept_ones[:_MOST]))
        for name, kept_ones in (
            (say("In this channel"), here),
            (say("Yours in other channels"), elsewhere),
        )
        if kept_ones
    ]
    if lost := _unreadable(services, request):
        entries = tuple(
            say(
                "{problem} {advice}",
                problem=describe.unreadable_text(one),
                advice=describe.unreadable_advice(one),
            )
            for one in lost[:_MOST]
        )
        sections.append(Section(say("Cannot be read"), entries))
    if not sections:
        return Answer(
            headline=say("There are no digests here yet."),
            outcome="answer",
            notes=(
                say(
                    "/yrd-digest subscribe ports, G60 weekly mon 09:00 makes one; /yrd-digest alone opens a form."
                ),
            ),
        )
    count = len(here) + len(elsewhere) + len(lost)
    listed = [*here[:_MOST], *elsewhere[:_MOST]]
    return Answer(
        headline=say_many("{count} digest.", "{count} digests.", count),
        outcome="answer",
        sections=tuple(sections),
        choices=offers(services, request, listed[0]) if len(listed) == 1 else _each(listed),
    )


def _each(listed: Sequence[Subscription]) -> tuple[Choice, ...]:
    """Return a button for each digest, which shows what can be done with it."""
    return tuple(to_show(kept, say("Digest {digest}", digest=kept.id)) for kept in listed[:_MOST_BUTTONS])


def offer(services: Services, request: Request) -> Answer:
    """Return the digests that there are, with a button for the form of a new one."""
    form = Choice("form", say("Open the form"), DIGEST, "", "form", effect="opens a form")
    found = list_(services, request)
    return replace(found, choices=(form, *found.choices))


def _unreadable(services: Services, request: Request) -> list[UnreadableDigest]:
    """Return the digests of the channel and those of the person that cannot be read."""
    port = services.subscriptions
    here = port.unreadable(request.team, channel=request.channel) if request.channel else ()
    return list(dict.fromkeys((*here, *port.unreadable(request.team, owner=request.user))))


def list_elsewhere(services: Services, request: Request) -> Answer:
    """Return where digests are listed, and what can be had here."""
    return not_known(refusal(DIGESTS_ELSEWHERE, say("/yrd-digest preview ports shows what one would post.")))


def line(services: Services, kept: Subscription, request: Request) -> Said:
    """Return one digest in a line: what, when, how it stands, the next run."""
    head = say(
        "{digest} at {time} ({zone})",
        digest=digest_title(services, kept),
        time=clock_text(kept.at),
        zone=kept.zone,
    )
    if held := describe.state_text(kept):
        return say("{digest}: {state}", digest=head, state=held)
    found = supply(services, kept, request.now)
    lasts = supply_text(kept, found)
    if found.is_resting:
        return say("{digest}. {supply}", digest=head, supply=lasts)
    run = runs(services.deliveries, kept, request.now, 1)[0]
    return say("{digest}; next {run}. {supply}", digest=head, run=run, supply=lasts)


def show(services: Services, request: Request) -> Answer:
    """Return how the digest named stands: what it does, its next runs and its record."""
    kept = named(services, request, "show")
    if isinstance(kept, Answer):
        return kept
    held = describe.state_text(kept)
    sections = [
        Section(
            describe.WHAT_IT_DOES,
            (lasting(services, kept, request.now), *describe.option_lines(kept)),
        ),
        Section(describe.NEXT_RUNS, runs_of(services, kept, request.now)),
    ]
    entries = [describe.reliability_text(services.deliveries.reliability(request.team, (kept.id,)))]
    votes = services.feedback.votes(request.team, f"digest:{kept.id}:")
    if votes != Votes():
        entries.append(
            say(
                "Found helpful {helpful}, not helpful {unhelpful}.",
                helpful=_times(votes.helpful),
                unhelpful=_times(votes.unhelpful),
            )
        )
    sections.append(Section(say("Record"), tuple(entries)))
    stands = {
        "digest": kept.id,
        "subjects": describe.subjects_text(services.base, Subjects.of(kept), 8),
        "schedule": describe.schedule_text(kept),
    }
    return Answer(
        headline=say("Digest {digest}: {subjects}, {schedule}; {state}.", **stands, state=held)
        if held
        else say("Digest {digest}: {subjects}, {schedule}.", **stands),
        outcome="answer",
        sections=tuple(sections),
        notes=_whose(services, request, kept),
        choices=offers(services, request, kept),
    )


def _whose(services: Services, request: Request, kept: Subscription) -> tuple[Said, ...]:
    """Return who set the digest up, to those who may not change it."""
    if may_change(services, request, kept) is not False:
        return ()
    owner = services.people.name(request.team, kept.owner)
    return (
        say("{person} set it up. To have it changed, ask them or an admin of the workspace.", person=owner),
    )


def _times(count: int) -> Said:
    return say_many("{count} time", "{count} times", count)


def history(services: Services, request: Request) -> Answer:
    """Return what became of each run of the digest named."""
    kept = named(services, request, "history")
    if isinstance(kept, Answer):
        return kept
    rows = services.deliveries.history(request.team, kept.id, _HISTORY)
    recent = services.deliveries.reliability(request.team, (kept.id,), request.now - _PERIOD)
    return Answer(
        headline=say(
            "Digest {digest}: {record}",
            digest=kept.id,
            record=describe.reliability_text(recent, describe.RECENTLY),
        ),
        outcome="answer",
        sections=(
            Section(
                say("Runs, newest first"),
                tuple(map(describe.delivery_text, rows)) or (say("None has been planned yet."),),
            ),
        ),
    )
