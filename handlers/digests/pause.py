"""What holds digests, has them begin again or ends them: pause, resume, skip, restart, unsubscribe."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.answer import Answer, Choice, Section
from handlers.digests import describe
from handlers.digests.access import changeable, denial_to, refusal, unreadable
from handlers.digests.coming import runs
from handlers.digests.hindrance import trouble_text
from handlers.digests.reading.dates import day_of
from handlers.digests.reading.subjects import Subjects
from handlers.digests.schedule import slot_label
from handlers.digests.supply import lasting, runs_of
from handlers.request import DIGEST, Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription, UnreadableDigest
from handlers.target import Target


def pause(services: Services, request: Request) -> Answer:
    """Pause the digest named, for good or until a date; return what became of it."""
    kept = changeable(services, request, "pause")
    if isinstance(kept, Answer):
        return kept
    words = re.sub(r"^(?:until|till|to)\s+", "", request.text, flags=re.IGNORECASE)
    today = request.now.astimezone(ZoneInfo(kept.zone)).date()
    until = day_of(words, today) if words else None
    if words and (until is None or until <= today):
        return refusal(
            say("“{words}” is no day to come.", words=words)
            if until
            else say("“{words}” is no date I can read; write until 2026-12-24, 24 Dec or fri.", words=words)
        )
    changed = services.subscriptions.pause(request.team, kept.id, request.now, until=until)
    if changed is None:
        return _gone(kept)
    again = Choice("resume", say("Resume"), DIGEST, "", "resume", target=Target(id=kept.id), effect="changes")
    if until is None:
        return Answer(
            headline=say("Digest {digest} is paused.", digest=kept.id), outcome="done", choices=(again,)
        )
    return Answer(
        headline=say("Digest {digest} is paused until {date}.", digest=kept.id, date=str(until)),
        outcome="done",
        notes=(say("First run after it: {run}.", run=runs(services.deliveries, changed, request.now, 1)[0]),),
        choices=(again,),
    )


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
    changed = services.subscriptions.resume(request.team, kept.id, request.now)
    if changed is None:
        return _gone(kept)
    return Answer(
        headline=say(
            "Digest {digest} runs again: {schedule}.",
            digest=kept.id,
            schedule=describe.schedule_text(changed),
        ),
        outcome="done",
        sections=(Section(describe.NEXT_RUNS, runs_of(services, changed, request.now)),),
    )


def skip(services: Services, request: Request) -> Answer:
    """Leave out the next run of the digest named; return which one that was and which comes now."""
    kept = changeable(services, request, "skip")
    if isinstance(kept, Answer):
        return kept
    skipped = services.subscriptions.skip(request.team, kept.id, request.now)
    if skipped is None:
        return refusal(
            say(
                "Digest {digest} has no run to skip: it is {state}.",
                digest=kept.id,
                state=describe.state_text(kept) or say("at its end"),
            )
        )
    after = runs(services.deliveries, kept, request.now, 1)[0]
    return Answer(
        headline=say(
            "The run of {run} is skipped; the next one is {next}.", run=_local(kept, skipped), next=after
        ),
        outcome="done",
    )


def restart(services: Services, request: Request) -> Answer:
    """Have the facts of the digest named begin again from the first; return when."""
    kept = changeable(services, request, "restart")
    if isinstance(kept, Answer):
        return kept
    changed = services.subscriptions.start_over(request.team, kept.id, request.now)
    if changed is None:
        return _gone(kept)
    return Answer(
        headline=say("Digest {digest} starts over from its first fact.", digest=kept.id),
        outcome="done",
        sections=(
            Section(describe.NEXT_RUNS, runs_of(services, changed, request.now)),
            Section(describe.WHAT_IT_DOES, (lasting(services, changed, request.now),)),
        ),
    )


def unsubscribe(services: Services, request: Request) -> Answer:
    """End the digest named for good; return what says so and, in its own channel, a button to take it up again."""
    if lost := unreadable(services, request, request.target.id if request.target else ""):
        return _end_unreadable(services, request, lost)
    kept = changeable(services, request, "unsubscribe")
    if isinstance(kept, Answer):
        return kept
    if not services.subscriptions.remove(request.team, kept.id, request.now):
        return _gone(kept)
    return Answer(
        headline=say(
            "Digest {digest} ({subjects}) is ended; what it posted stays.",
            digest=kept.id,
            subjects=describe.subjects_text(services.base, Subjects.of(kept)),
        ),
        outcome="done",
        choices=(
            Choice(
                "again",
                say("Take it up again"),
                DIGEST,
                "",
                "save",
                StoredDigest.anew(kept),
                effect="changes",
            ),
        )
        if kept.channel == request.channel
        else (),
    )


def _end_unreadable(services: Services, request: Request, lost: UnreadableDigest) -> Answer:
    if barred := denial_to(services, request, lost):
        return barred.answer
    services.subscriptions.remove(request.team, lost.id, request.now)
    return Answer(
        headline=say("Digest {digest}, which could not be read, is ended.", digest=lost.id), outcome="done"
    )


def _gone(kept: Subscription) -> Answer:
    return refusal(say("Digest {digest} is gone: somebody ended it meanwhile.", digest=kept.id))


def _local(kept: Subscription, at: datetime) -> Said:
    return slot_label(at.astimezone(ZoneInfo(kept.zone)), kept.zone)
