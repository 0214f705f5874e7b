"""What shows one digest, and the help."""

from __future__ import annotations

from typing import Final

from handlers.answer import Answer, Section
from handlers.digests import describe
from handlers.digests.access import named
from handlers.digests.offers import offers
from handlers.digests.ownership import may_change
from handlers.digests.reading.subjects import Subjects
from handlers.digests.supply import lasting, to_come
from handlers.ports import Votes
from handlers.request import DIGEST, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import Subscription

SUMMARY: Final = say("Scheduled posts of topics, places and mechanisms to a channel")
HELP: Final = (
    say("subscribe ports, G60 weekly mon 09:00 Asia/Shanghai: a digest in this channel"),
    say("How often: daily, weekdays, weekly mon,thu, monthly 1, monthly last, first monday, last workday"),
    say("When: 9, 9am, 09:00, 21:30; the zone by IANA name or city, your own if left out"),
    say("Options: facts 5; when empty quiet, say or again; skip holidays CN; quiet 22:00-07:00"),
    say("list: the digests of this channel, and yours"),
    say("list ended: those that were ended; history 3 shows what one of them posted"),
    say("show, history 3: how digest 3 stands, and what became of each run"),
    say("preview ports, Hangzhou: what a digest would show now"),
    say("pause 3, pause 3 for two weeks, resume 3, skip 3, unskip 3: hold it, or leave out one run"),
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
        Section(describe.NEXT_RUNS, to_come(services, kept, request.now)),
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
        notes=(*stopped(services, request), *_whose(services, request, kept)),
        choices=offers(services, request, kept),
    )


def stopped(services: Services, request: Request) -> tuple[Said, ...]:
    """Return that nothing is posted for the team, where Slack does not take the token: else the runs to come would be believed."""
    if not services.deliveries.is_stopped(request.team):
        return ()
    return (say("Slack does not take my token, so I post nothing here until the app is installed again."),)


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
