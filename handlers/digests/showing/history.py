"""What became of the runs of a digest, and what was done to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.answer import Answer, Section
from handlers.digests import describe
from handlers.digests.access import end_of, ended, named
from handlers.digests.coming import coming, skipped
from handlers.digests.offers import offers
from handlers.digests.ownership import after_its_end
from handlers.digests.reading.subjects import Subjects
from handlers.digests.schedule import slot_label
from handlers.digests.supply import standing, supply
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.subscription import SKIPPED, Delivery, EndedDigest, Subscription

_HISTORY: Final = 15
_CHANGES: Final = 10
_PERIOD: Final = timedelta(days=30)
# Of what can be done with a digest, what takes back what history shows of it.
_UNDOING: Final = frozenset({"unskip", "resume"})


def history(services: Services, request: Request) -> Answer:
    """Return what became of each run of the digest named."""
    if gone := ended(services, request, request.target.id if request.target else ""):
        return _history_of_ended(services, request, gone)
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
            _runs(_became(services, kept, rows, request.now) or (say("None has been planned yet."),)),
            *_changes(services, kept),
        ),
        notes=standing(services, kept, request.now),
        choices=tuple(one for one in offers(services, request, kept) if one.verb in _UNDOING),
    )


def _history_of_ended(services: Services, request: Request, gone: EndedDigest) -> Answer:
    kept = gone.digest
    told = tuple(map(describe.delivery_text, services.deliveries.history(request.team, kept.id, _HISTORY)))
    found = services.deliveries.reliability(request.team, (kept.id,))
    return Answer(
        headline=say(
            "Digest {digest} ({subjects}) was ended on {day}.",
            digest=kept.id,
            subjects=describe.subjects_text(services.base, Subjects.of(kept)),
            day=end_of(gone),
        ),
        outcome="answer",
        sections=(
            _runs(told or (say("It was ended before the first."),)),
            *_changes(services, kept),
        ),
        notes=(describe.reliability_text(found),) if found.due else (),
        choices=after_its_end(services, request, kept),
    )


def _runs(told: tuple[Said, ...]) -> Section:
    return Section(say("Runs, newest first"), told)


def _became(
    services: Services, kept: Subscription, rows: Sequence[Delivery], now: datetime
) -> tuple[Said, ...]:
    """Return what became of each run, and of one that is planned what will."""
    runs = {run.slot.at: run for run in coming(services.deliveries, kept, now, 1)}
    is_resting = supply(services, kept, now).is_resting
    # What is skipped stays so while it is paused.
    running = replace(kept, paused_until=None)
    left_out = {run.slot.at for run in skipped(services.deliveries, running, now)}

    def line(row: Delivery) -> Said:
        run = runs.get(row.slot) if row.state == "planned" else None
        if run is None:
            return describe.delivery_text(row)
        if is_resting:
            return say("{run}: quiet, unless a fact is added or corrected before it", run=row.label)
        return say("{run}: planned", run=describe.run_text(kept, run))

    def is_of_other_days(row: Delivery) -> bool:
        """Say whether it was skipped before the days were changed: it comes neither way."""
        return row.why == SKIPPED and row.slot > now and row.slot not in left_out

    return tuple(line(row) for row in rows if not is_of_other_days(row))


def _changes(services: Services, kept: Subscription) -> tuple[Section, ...]:
    """Return what was done to a digest, by whom and when; () where nothing was."""
    zone = ZoneInfo(kept.zone)
    told = tuple(
        say(
            "{when}: {what}, by {person}",
            when=slot_label(change.at.astimezone(zone)),
            what=change.note.what,
            person=services.people.name(kept.team, change.note.who),
        )
        for change in services.subscriptions.changes(kept.team, kept.id, _CHANGES)
    )
    return (Section(say("Changes, newest first"), told),) if told else ()
