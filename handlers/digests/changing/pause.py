"""What holds digests or has them begin again: pause, resume, restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.answer import Answer, Choice, Section
from handlers.digests import describe
from handlers.digests.access import (
    changeable,
    refusal,
)
from handlers.digests.changing.end import gone
from handlers.digests.hindrance import trouble_text
from handlers.digests.offers import pausing_until, skipping
from handlers.digests.reading.when.until import is_until
from handlers.digests.reading.when.until import until as until_of
from handlers.digests.schedule import day_label
from handlers.digests.supply import lasting, next_run, runs_of
from handlers.request import DIGEST, Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.subscription import Note, Subscription
from handlers.target import Target


def pause(services: Services, request: Request) -> Answer:
    """Pause the digest named, for good or until a date; return what became of it."""
    kept = changeable(services, request, "pause")
    if isinstance(kept, Answer):
        return kept
    today = request.now.astimezone(ZoneInfo(kept.zone)).date()
    until = until_of(request.text, today) if request.text else None
    if request.text and (until is None or until <= today):
        return _no_day_to_come(kept, request.text, until, today)
    if until and not is_until(request.text):
        return _until_or_on(services, request, kept, until)
    said = say("paused until {date}", date=day_label(until)) if until else say("paused")
    changed = services.subscriptions.pause(
        request.team, kept.id, request.now, until=until, note=Note(request.user, said)
    )
    if changed is None:
        return gone(kept)
    again = Choice("resume", say("Resume"), DIGEST, "", "resume", target=Target(id=kept.id), effect="changes")
    if until is None:
        return Answer(
            headline=say("Digest {digest} is paused.", digest=kept.id), outcome="done", choices=(again,)
        )
    return Answer(
        headline=say("Digest {digest} is paused until {date}.", digest=kept.id, date=day_label(until)),
        outcome="done",
        notes=(_first_after(services, changed, request.now),),
        choices=(again,),
    )


def _until_or_on(services: Services, request: Request, kept: Subscription, day: date) -> Answer:
    """Ask whether a pause is to last until a day, or the run of that day alone is to be left out."""
    until = pausing_until(kept, day)
    run = next_run(services, kept, request.now)
    is_next = run is not None and run.slot.local.date() == day
    said = say(
        "A pause begins at once. Until {date}, or shall that day's run be left out?", date=day_label(day)
    )
    return refusal(said, choices=(until, *((skipping(services, kept, request.now),) if is_next else ())))


def _first_after(services: Services, kept: Subscription, now: datetime) -> Said:
    if run := next_run(services, kept, now):
        return say("First run after it: {run}.", run=describe.run_text(kept, run))
    return say("{supply}.", supply=lasting(services, kept, now))


def resume(services: Services, request: Request) -> Answer:
    """Let the digest named run again; return its next runs, or why it cannot."""
    kept = changeable(services, request, "resume")
    if isinstance(kept, Answer):
        return kept
    if trouble := services.channels.trouble(request.team, kept.channel):
        return refusal(trouble_text(trouble, "its"))
    if not describe.state_text(kept):
        return refusal(
            say(
                "Digest {digest} is running already: {schedule}.",
                digest=kept.id,
                schedule=describe.schedule_text(kept),
            )
        )
    changed = services.subscriptions.resume(
        request.team, kept.id, request.now, Note(request.user, say("resumed"))
    )
    if changed is None:
        return gone(kept)
    return Answer(
        headline=say(
            "Digest {digest} runs again: {schedule}.",
            digest=kept.id,
            schedule=describe.schedule_text(changed),
        ),
        outcome="done",
        sections=(Section(describe.NEXT_RUNS, runs_of(services, changed, request.now)),),
    )


def restart(services: Services, request: Request) -> Answer:
    """Have the facts of the digest named begin again from the first; return when."""
    kept = changeable(services, request, "restart")
    if isinstance(kept, Answer):
        return kept
    changed = services.subscriptions.start_over(
        request.team, kept.id, request.now, Note(request.user, say("started over"))
    )
    if changed is None:
        return gone(kept)
    return Answer(
        headline=say("Digest {digest} starts over from its first fact.", digest=kept.id),
        outcome="done",
        sections=(
            Section(describe.NEXT_RUNS, runs_of(services, changed, request.now)),
            Section(describe.WHAT_IT_DOES, (lasting(services, changed, request.now),)),
        ),
    )


def _no_day_to_come(kept: Subscription, words: str, until: date | None, today: date) -> Answer:
    """Ask for a day, with buttons for those that are said most."""
    said = (
        say("{day} is over, so digest {digest} stays as it is.", day=day_label(until), digest=kept.id)
        if until and until < today
        else say("{day} is no day to come.", day=day_label(until))
        if until
        else say(
            "“{words}” is no day I can read; write until 24 Dec, until next monday or for two weeks.",
            words=words,
        )
    )
    offered = (
        (say("For a week"), "for a week"),
        (say("For a month"), "for a month"),
        (say("Until it is resumed"), ""),
    )
    choices = tuple(
        Choice(f"pause {text}", label, DIGEST, text, "pause", target=Target(id=kept.id), effect="changes")
        for label, text in offered
    )
    return replace(refusal(said), choices=choices)
