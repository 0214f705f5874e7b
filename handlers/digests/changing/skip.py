"""What leaves out runs of a digest that are to come, and has them come after all: skip, unskip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from handlers.answer import Answer, Section
from handlers.digests import coming, describe
from handlers.digests.access import changeable, refusal
from handlers.digests.offers import pausing_until, skipping, unskipping
from handlers.digests.reading.when.counts import counted
from handlers.digests.reading.when.until import until as until_of
from handlers.digests.schedule import day_label
from handlers.digests.supply import day_meant, lasting, next_run, runs_of, supply
from handlers.records.enumerated import apart
from handlers.request import Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.subscription import Run, Subscription

_MOST_SKIPPED: Final = 10
# What says of a day that all before it is meant.
_UNTIL: Final = frozenset({"until", "till", "til", "to", "through", "for", "from", "直到", "到", "至"})
# The day by which a button names the run that it leaves out or takes back: its time may move meanwhile.
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def skip(services: Services, request: Request) -> Answer:
    """Leave out the next run of the digest named, or as many as the text says; return which those were and which comes now.

    A button says which run it was shown to leave out: pressed again it leaves out no other.
    """
    # Where somebody typed a day it may be any.
    said, shown = _days(request.text) if request.verb is not None else (request.text, [])
    count, words = counted(said)
    if count > _MOST_SKIPPED:
        return refusal(
            say("I skip at most {most} runs at once, so nothing was skipped.", most=_MOST_SKIPPED),
            say("/yrd-digest pause 3 until 24 Dec leaves out all runs before a day."),
        )
    day = until_of(words, request.now.date()) if words and not count else None
    kept = changeable(services, request.saying("" if day else words, request.target), "skip")
    if isinstance(kept, Answer):
        return _of_each(kept, said if count else "")
    if asked := _already(services, request, kept, shown):
        return asked
    if day and (asked := _not_the_next(services, request, kept, words)):
        return asked
    return _none_to_skip(services, request, kept, count or 1) or _skip(services, request, kept, count or 1)


def _of_each(asked: Answer, counted_runs: str) -> Answer:
    """Return what asks of which digest, with buttons that say how many runs again."""
    choices = (
        replace(one, text=f"{counted_runs} {' '.join(map(str, _days(one.text)[1]))}".strip())
        if one.verb == "skip"
        else one
        for one in asked.choices
    )
    return replace(asked, choices=tuple(choices))


def _already(
    services: Services, request: Request, kept: Subscription, shown: Sequence[date]
) -> Answer | None:
    """Return that the run which a button was shown to leave out is left out already, or is over; None where it comes next."""
    if not shown or day_meant(services, kept, request.now) == shown[0].isoformat():
        return None
    after = runs_of(services, kept, request.now, 1)[0]
    left_out = coming.skipped(services.deliveries, kept, request.now)
    run = next((run for run in left_out if run.slot.wanted.date() == shown[0]), None)
    if run is None:
        said = say(
            "Digest {digest}: the run of {day} is over, or comes no more, so nothing was skipped. Next: {next}.",
            digest=kept.id,
            day=day_label(shown[0]),
            next=after,
        )
        return refusal(said, choices=(skipping(services, kept, request.now),))
    said = say(
        "Digest {digest}: the run of {run} is skipped already. Next: {next}.",
        digest=kept.id,
        run=describe.run_text(kept, run),
        next=after,
    )
    return refusal(said, choices=(unskipping(kept, 1, shown[0].isoformat()),))


def _none_to_skip(services: Services, request: Request, kept: Subscription, count: int) -> Answer | None:
    """Return why no run of a digest can be left out; None where one can."""
    if next_run(services, kept, request.now) is None and supply(services, kept, request.now).is_resting:
        said = say("Digest {digest} has no run to skip.", digest=kept.id)
        return refusal(said, say("{supply}.", supply=lasting(services, kept, request.now)))
    if coming.asked_to_skip(services.deliveries, kept, request.now) + count > coming.MOST_SKIPPED:
        return _too_many_skipped(kept)
    return None


def _skip(services: Services, request: Request, kept: Subscription, count: int) -> Answer:
    skipped = _skipped(services, kept, request.now, count)
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
    if day is None or run is None or day < today:
        return None
    is_one_day = words.split()[0].lower() not in _UNTIL
    if is_one_day and run.slot.local.date() == day:
        return None
    paused = pausing_until(kept, day)
    said = say(
        "A skip leaves out the next run of digest {digest}, which is that of {run}.",
        digest=kept.id,
        run=describe.run_text(kept, run),
    )
    return refusal(said, choices=(skipping(services, kept, request.now), *((paused,) if day > today else ())))


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
    words, only = _days(request.text)
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


def _days(text: str) -> tuple[str, list[date]]:
    """Return a text without the days that a button names, and those."""
    words = text.split()
    days = [day for word in words if (day := _day(word))]
    return " ".join(word for word in words if _day(word) is None), days


def _day(word: str) -> date | None:
    if not _DAY.fullmatch(word):
        return None
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
