"""What holds digests or has them begin again: pause, resume, skip, unskip, restart."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from handlers.answer import Answer, Choice, Section
from handlers.digests import coming, describe
from handlers.digests.access import (
    changeable,
    refusal,
)
from handlers.digests.changing.end import gone
from handlers.digests.hindrance import trouble_text
from handlers.digests.offers import unskipping
from handlers.digests.reading.when.counts import counted
from handlers.digests.reading.when.until import until as until_of
from handlers.digests.schedule import day_label
from handlers.digests.supply import lasting, next_run, runs_of, supply
from handlers.records.enumerated import apart
from handlers.request import DIGEST, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import Note, Run, Subscription
from handlers.target import Target

_MOST_SKIPPED: Final = 10
# What says of a day that all before it is meant.
_UNTIL: Final = frozenset({"until", "till", "til", "to", "through", "for", "from", "直到", "到", "至"})
# The day by which a button names the run that it takes back: its time may move meanwhile.
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def pause(services: Services, request: Request) -> Answer:
    """Pause the digest named, for good or until a date; return what became of it."""
    kept = changeable(services, request, "pause")
    if isinstance(kept, Answer):
        return kept
    today = request.now.astimezone(ZoneInfo(kept.zone)).date()
    until = until_of(request.text, today) if request.text else None
    if request.text and (until is None or until <= today):
        return _no_day_to_come(kept, request.text, until)
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


def skip(services: Services, request: Request) -> Answer:
    """Leave out the next run of the digest named, or as many as the text says; return which those were and which comes now."""
    count, words = counted(request.text)
    if count > _MOST_SKIPPED:
        return refusal(
            say("I skip at most {most} runs at once, so nothing was skipped.", most=_MOST_SKIPPED),
            say("/yrd-digest pause 3 until 24 Dec leaves out all runs before a day."),
        )
    day = until_of(words, request.now.date()) if words and not count else None
    kept = changeable(services, request.saying("" if day else words, request.target), "skip")
    if day and isinstance(kept, Subscription) and (asked := _not_the_next(services, request, kept, words)):
        return asked
    if isinstance(kept, Answer):
        # Where it is asked of which digest, the button says how many again.
        again = request.text if count else ""
        return replace(
            kept,
            choices=tuple(replace(one, text=again) if one.verb == "skip" else one for one in kept.choices),
        )
    if next_run(services, kept, request.now) is None and supply(services, kept, request.now).is_resting:
        said = say("Digest {digest} has no run to skip.", digest=kept.id)
        return refusal(said, say("{supply}.", supply=lasting(services, kept, request.now)))
    if coming.asked_to_skip(services.deliveries, kept, request.now) + (count or 1) > coming.MOST_SKIPPED:
        return _too_many_skipped(kept)
    skipped = _skipped(services, kept, request.now, count or 1)
    if not skipped:
        return refusal(
            say(
                "Digest {digest} has no run to skip: it is {state}.",
                digest=kept.id,
                state=describe.state_text(kept) or say("at its end"),
            )
        )
    after = runs_of(services, kept, request.now, 1)[0]
    return Answer(
        headline=say_many(
            "The run of {runs} is skipped; the next one is {next}.",
            "{count} runs are skipped: {runs}. The next one is {next}.",
            len(skipped),
            runs=apart([describe.run_text(kept, run) for run in skipped]),
            next=after,
        ),
        outcome="done",
        choices=(
            unskipping(kept, len(skipped), " ".join(run.slot.wanted.date().isoformat() for run in skipped)),
        ),
    )


def _too_many_skipped(kept: Subscription) -> Answer:
    return refusal(
        say(
            "At most {most} runs of a digest can be skipped ahead, so nothing was skipped.",
            most=coming.MOST_SKIPPED,
        ),
        say("/yrd-digest pause {digest} until 24 Dec leaves out all runs before a day.", digest=kept.id),
    )


def _not_the_next(services: Services, request: Request, kept: Subscription, words: str) -> Answer | None:
    """Return what can be done where runs are to be left out until a day, or that of a day which is not the next; None where it
    is.
    """
    today = request.now.astimezone(ZoneInfo(kept.zone)).date()
    day, run = until_of(words, today), next_run(services, kept, request.now)
    if day is None or run is None or day <= today:
        return None
    is_one_day = words.split()[0].lower() not in _UNTIL
    if is_one_day and run.slot.local.date() == day:
        return None
    target = Target(id=kept.id)
    paused = Choice(
        "pause",
        say("Pause digest {digest} until {date}", digest=kept.id, date=day_label(day)),
        DIGEST,
        f"until {day.isoformat()}",
        "pause",
        target=target,
        effect="changes",
    )
    skipping = Choice("skip", say("Skip the next run"), DIGEST, "", "skip", target=target, effect="changes")
    said = say(
        "A skip leaves out the next run of digest {digest}, which is that of {run}.",
        digest=kept.id,
        run=describe.run_text(kept, run),
    )
    return refusal(said, choices=(skipping, paused))


def _skipped(services: Services, kept: Subscription, now: datetime, count: int) -> list[Run]:
    """Leave out up to `count` runs; return them."""
    skipped: list[Run] = []
    while len(skipped) < count:
        run = next_run(services, kept, now)
        if run is None or services.subscriptions.skip(kept.team, kept.id, now) is None:
            break
        skipped.append(run)
    return skipped


def unskip(services: Services, request: Request) -> Answer:
    """Have the runs come after all that were to be skipped: those that a button carries, or all of the digest named; return
    which.
    """
    said = request.text.split()
    only = [day for word in said if (day := _day(word))]
    words = " ".join(word for word in said if _day(word) is None)
    kept = changeable(services, request.saying(words, request.target), "unskip")
    if isinstance(kept, Answer):
        return kept
    left_out = coming.skipped(services.deliveries, kept, request.now)
    back = services.subscriptions.unskip(request.team, kept.id, request.now, only)
    # What was skipped before its days were changed does not come after all.
    told = [describe.run_text(kept, run) for run in left_out if run.slot.at in back]
    if not told:
        return refusal(say("No run of digest {digest} that is to come is skipped.", digest=kept.id))
    runs = apart(told)
    return Answer(
        headline=say_many(
            "The run of {runs} is no longer skipped.",
            "{count} runs are no longer skipped: {runs}.",
            len(told),
            runs=runs,
        )
        if kept.paused
        else say_many(
            "The run of {runs} comes after all.", "{count} runs come after all: {runs}.", len(told), runs=runs
        ),
        outcome="done",
        sections=(Section(describe.NEXT_RUNS, runs_of(services, kept, request.now)),),
    )


def _day(word: str) -> date | None:
    if not _DAY.fullmatch(word):
        return None
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


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


def _no_day_to_come(kept: Subscription, words: str, until: date | None) -> Answer:
    """Ask for a day, with buttons for those that are said most."""
    said = (
        say("{day} is no day to come.", day=day_label(until))
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
