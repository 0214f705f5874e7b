"""What a digest that is wished for would come to, with buttons to save it, test it or leave it. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from handlers.answer import Answer, Choice, Refused, Section
from handlers.digests import describe
from handlers.digests import supply as supplies
from handlers.digests.access import (
    refusal,
)
from handlers.digests.changing.difference import changes
from handlers.digests.changing.keep import how_it_stands, unchanged, whole_of
from handlers.digests.changing.twins import alike, beside, same, there_already
from handlers.digests.coming import skipped
from handlers.digests.hindrance import hindrance_to, no_room
from handlers.digests.misread import helped
from handlers.digests.offers import takes_in, to_show
from handlers.digests.reading.subjects import Subjects
from handlers.digests.schedule import day_label, on_day, slot_label
from handlers.digests.selection import elsewhere
from handlers.records.enumerated import apart
from handlers.request import DIGEST, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription

# What is told in fewer daily digests is soon told.
_SOON_TOLD: Final = 14


def propose(services: Services, request: Request, wanted: Subscription) -> Answer | Refused:
    """Return what `wanted` comes to, or why it cannot be; nothing is kept."""
    read = whole_of(services, request, wanted)
    if isinstance(read, Refused):
        return read
    whole, kept = read.wanted, read.kept
    if kept and (so := unchanged(kept, whole)):
        # There is nothing to save, but what it comes to is shown.
        return replace(_shown(services, request, kept), outcome="refused", notes=(so.why,))
    found = hindrance_to(services, request, whole) or no_room(services, whole)
    if not found and not whole.id and (there := same(services, whole)):
        found = Refused("digest", there_already(services, there), (how_it_stands(there),))
    if found:
        return found
    shown = _shown(services, request, whole)
    other = alike(services, whole) if beside(services, whole) else None
    if other is None:
        return shown
    said = say("Digest {digest} is on the same here. Save makes a second one beside it.", digest=other.id)
    return replace(shown, notes=(said,))


def _shown(services: Services, request: Request, wanted: Subscription) -> Answer:
    names = Subjects.of(wanted)
    return Answer(
        headline=say(
            "{subjects}, {schedule}.",
            subjects=describe.subjects_text(services.base, names, 6),
            schedule=describe.schedule_text(wanted),
        ),
        outcome="answer",
        sections=(
            Section(describe.NEXT_RUNS, supplies.to_come(services, wanted, request.now)),
            Section(
                describe.WHAT_IT_DOES,
                (
                    supplies.lasting(services, wanted, request.now),
                    *describe.option_lines(wanted),
                    *_like_it(services, wanted),
                ),
            ),
        ),
    )


def _like_it(services: Services, wanted: Subscription) -> tuple[Said, ...]:
    """Return which digest of the channel is on the same or on some of it, and when that comes."""
    other = alike(services, wanted) if wanted.channel else None
    if other is None:
        return ()
    has, schedule = Subjects.of(other), describe.schedule_text(other)
    if set(has.slugs) == set(Subjects.of(wanted).slugs):
        return (say("Digest {digest} is on the same here, {schedule}", digest=other.id, schedule=schedule),)
    names = describe.subjects_text(services.base, has)
    return (
        say(
            "Digest {digest} is on {names} here, {schedule}", digest=other.id, names=names, schedule=schedule
        ),
    )


def proposed(services: Services, request: Request, wanted: Subscription) -> Answer:
    """Return what `wanted` comes to, with buttons that carry it; of one that is there already, that."""
    if not wanted.id and wanted.channel and (there := same(services, wanted)):
        return helped(refusal(there_already(services, there)), to_show(there, say("Show it")))
    shown = _shown(services, request, wanted)
    if wanted.id:
        shown = replace(shown, sections=(*_changing(services, wanted, request.now), *shown.sections))
        question = say("Change digest {digest}? {wanted}", digest=wanted.id, wanted=shown.headline)
    elif wanted.channel.startswith("D") and wanted.channel != request.channel:
        question = say("Post this digest in our direct messages? {wanted}", wanted=shown.headline)
    else:
        question = say("Post this digest here? {wanted}", wanted=shown.headline)
    asked = replace(shown, headline=question)
    held, told = StoredDigest.of(wanted), beside(services, wanted)
    choices = (
        Choice("save", say("Save"), DIGEST, told, "save", held, effect="changes", style="primary"),
        Choice("test", say("Send a test to me"), DIGEST, "", "test", held),
        *_slower(services, request, wanted),
        *_wider(services, wanted),
        Choice("cancel", say("Cancel"), DIGEST, "", "cancel"),
    )
    return replace(asked, choices=choices)


def _wider(services: Services, wanted: Subscription) -> tuple[Choice, ...]:
    """Return the button that proposes the same with what it leaves out as it is on other regions; () where that is nothing."""
    count = elsewhere(services.base, Subjects.of(wanted))
    if not count:
        return ()
    wider = StoredDigest.of(replace(wanted, is_wide=True))
    return (Choice("wide", takes_in(count), DIGEST, "", "subscribe", wider),)


def _changing(services: Services, wanted: Subscription, now: datetime) -> tuple[Section, ...]:
    """Return what a change changes, with what is so now."""
    kept = services.subscriptions.get(wanted.team, wanted.id)
    if kept is None:
        return ()
    told = (*changes(services.base, kept, wanted), *_of_skips(services, kept, wanted, now))
    return (Section(say("What changes"), told),)


def _of_skips(
    services: Services, kept: Subscription, wanted: Subscription, now: datetime
) -> tuple[Said, ...]:
    """Return which skipped runs stay so at another time, and which go with their days."""
    days = [run.slot.wanted.date() for run in skipped(services.deliveries, kept, now)]
    there = {day: slot for day in days if (slot := on_day(wanted, day)) and slot.at > now}
    stay = [slot_label(slot.local, wanted.zone) for slot in there.values()]
    gone = [day_label(day) for day in days if day not in there]
    return (
        *((say("What was skipped stays so: {runs}", runs=apart(stay)),) if stay else ()),
        *((_gone(gone),) if gone else ()),
    )


def _gone(days: Sequence[Said]) -> Said:
    return say_many(
        "The skip of {days} is forgotten: no run comes then any more",
        "{count} skips are forgotten, as no run comes then any more: {days}",
        len(days),
        days=apart(days),
    )


def _slower(services: Services, request: Request, wanted: Subscription) -> tuple[Choice, ...]:
    """Return the button for a digest that comes once a week, where one that comes daily is soon told."""
    if wanted.id or wanted.rhythm != "daily":
        return ()
    if supplies.supply(services, wanted, request.now).posts > _SOON_TOLD:
        return ()
    weekly = StoredDigest.of(supplies.weekly_instead(wanted))
    return (Choice("weekly", say("Weekly instead"), DIGEST, "", "subscribe", weekly),)


def cancel(services: Services, request: Request) -> Answer:
    """Return the sentence that nothing was kept."""
    return Answer(headline=say("Nothing was saved."), outcome="answer")
