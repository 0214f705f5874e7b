"""Which digests there are: those of a channel and those of the person, and those of them that were ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.command import without_marks
from handlers.digests import describe
from handlers.digests.access import digest_title, end_of, history_of, listed_for, of_channel, refusal
from handlers.digests.offers import offers, to_show
from handlers.digests.preview import not_known
from handlers.digests.reading.which import fitting
from handlers.digests.schedule import clock_text
from handlers.digests.showing.show import show, stopped
from handlers.digests.supply import lasting, next_run, standing, to_come
from handlers.records.enumerated import sentences
from handlers.request import DIGEST, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import EndedDigest, Subscription, UnreadableDigest
from handlers.without_state import DIGESTS_ELSEWHERE

_MOST: Final = 20
_MOST_BUTTONS: Final = 10
# Comes after every moment.
_NEVER: Final = float("inf")
# What is said behind "list" of those that run no more.
_ENDED: Final = frozenset({"ended", "past", "former", "old", "已结束", "结束的"})


def list_(services: Services, request: Request) -> Answer:
    """Return the digests of the channel, and those of the person in other channels; or those of them that were ended."""
    if without_marks(request.text.strip()).lower() in _ENDED:
        return _ended(services, request)
    here = of_channel(services, request)
    mine = services.digests.listed(request.team, owner=request.user, promptly=True)
    elsewhere = [kept for kept in mine if kept.channel != request.channel]
    sections = [
        Section(name, tuple(line(services, kept, request) for kept in kept_ones[:_MOST]))
        for name, kept_ones in (
            (say("In this channel"), here),
            (say("Yours in other channels") if request.channel else say("Yours"), elsewhere),
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
                *stopped(services, request),
                *_ended_ones(services, request),
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
        notes=(*stopped(services, request), *_ended_ones(services, request)),
        choices=offers(services, request, listed[0]) if len(listed) == 1 else to_each(services, listed),
    )


def next_(services: Services, request: Request) -> Answer:
    """Return how the digest named stands; of several that may be meant the runs to come of each, the soonest first."""
    here = listed_for(services, request)
    is_of_names = request.target is not None and not request.target.id.isdecimal()
    if request.target is not None and is_of_names:
        here = fitting(services.base, here, request.target.ids)
    if (request.target is not None and not is_of_names) or request.text or len(here) < 2:
        shown_alone = show(services, request)
        # Who asks when it comes is not asked whether to end it.
        kept_on = tuple(one for one in shown_alone.choices if one.verb != "unsubscribe")
        return replace(shown_alone, choices=kept_on)
    told = []
    for kept in here:
        run = next_run(services, kept, request.now)
        runs = to_come(services, kept, request.now) if run else standing(services, kept, request.now)
        told.append((run.at.timestamp() if run else _NEVER, kept, runs))
    told.sort(key=lambda one: one[0])
    shown = told[:_MOST_BUTTONS]
    soonest = shown[0]
    comes = (
        say("Next comes digest {digest}, on {run}.", digest=soonest[1].id, run=soonest[2][0])
        if soonest[0] < _NEVER
        else say("No digest here has a run to come.")
    )
    on_it = say_many(
        "{count} digest is on it. {comes}", "{count} digests are on it. {comes}", len(told), comes=comes
    )
    return Answer(
        headline=on_it if is_of_names else comes,
        outcome="answer",
        sections=tuple(Section(digest_title(services, kept), runs) for _, kept, runs in shown),
        choices=to_each(services, [kept for _, kept, _ in shown]),
    )


def _gone(services: Services, request: Request) -> tuple[list[EndedDigest], list[EndedDigest]]:
    """Return the digests of the channel that were ended, and those of the person in other channels."""
    port = services.subscriptions
    here = port.ended(request.team, channel=request.channel) if request.channel else ()
    mine = port.ended(request.team, owner=request.user)
    return list(here), [gone for gone in mine if gone.digest.channel != request.channel]


def _ended_ones(services: Services, request: Request) -> tuple[Said, ...]:
    """Say that there are digests that were ended, and how to see them."""
    here, elsewhere = _gone(services, request)
    count = len(here) + len(elsewhere)
    told = say_many(
        "{count} was ended: /yrd-digest list ended shows it.",
        "{count} were ended: /yrd-digest list ended shows them.",
        count,
    )
    return (told,) if count else ()


def _ended(services: Services, request: Request) -> Answer:
    here, elsewhere = _gone(services, request)
    listed = [*here[:_MOST], *elsewhere[:_MOST]]
    count = len(here) + len(elsewhere)
    titled = ((say("In this channel"), here), (say("Yours in other channels"), elsewhere))
    return Answer(
        headline=say_many("{count} digest was ended.", "{count} digests were ended.", count)
        if count
        else say("No digest was ended here."),
        outcome="answer",
        sections=tuple(
            Section(name, tuple(_ended_line(services, gone) for gone in some[:_MOST]))
            for name, some in titled
            if some
        ),
        choices=tuple(map(history_of, listed[:_MOST_BUTTONS])),
    )


def _ended_line(services: Services, gone: EndedDigest) -> Said:
    return say("{digest}; ended on {day}", digest=digest_title(services, gone.digest), day=end_of(gone))


def to_each(services: Services, listed: Sequence[Subscription]) -> tuple[Choice, ...]:
    """Return a button for each digest, which shows what can be done with it."""
    titles = ((kept, describe.numbered_text(services.base, kept)) for kept in listed[:_MOST_BUTTONS])
    return tuple(to_show(kept, say("Digest {digest}", digest=title)) for kept, title in titles)


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
    stands = standing(services, kept, request.now)
    if describe.state_text(kept):
        return say("{digest}. {standing}", digest=head, standing=sentences(stands))
    lasts = say("{supply}.", supply=lasting(services, kept, request.now))
    after = sentences((lasts, *stands))
    run = next_run(services, kept, request.now)
    if run is None:
        return say("{digest}. {after}", digest=head, after=after)
    return say("{digest}; next {run}. {after}", digest=head, run=describe.run_text(kept, run), after=after)
