"""The runs of a digest that are to come, by its calendar, its quiet hours and its record, and those that are skipped: what is
due in quiet hours comes at their end.

Whoever shows what comes next asks here, or `supply.runs_of` where it stands in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from handlers.digests.schedule import HORIZON, due_at, slots
from handlers.ports import Deliveries
from handlers.subscription import SKIPPED, Delivery, Run, Subscription

RUNS: Final = 3
MOST_SKIPPED: Final = 30
"""Runs to come of one digest that may be skipped: who wants more left out pauses it."""
# What is to come and has a row: skipped runs, public holidays among them, and the next.
_RECORD: Final = 4 * MOST_SKIPPED
# No quiet hours last longer, the one at which clocks are put back among them.
_HELD: Final = timedelta(hours=25)


def coming(deliveries: Deliveries, kept: Subscription, now: datetime, count: int = RUNS) -> tuple[Run, ...]:
    """Return the next `count` runs that are posted after `now`, holidays and skipped ones left out; fewer where none come
    within 400 days.

    None while it is paused for good.
    """
    return () if kept.paused else tuple(islice(_posted(_open(deliveries, kept, now)), count))


def skipped(deliveries: Deliveries, kept: Subscription, now: datetime) -> tuple[Run, ...]:
    """Return the runs after `now` that somebody had left out and that would come otherwise, by its calendar as it is now."""
    left_out = _left_out(_record(deliveries, kept), kept)
    return tuple(run for run in _runs(kept, now) if run.slot.wanted.date() in left_out)


def _left_out(record: Iterable[Delivery], kept: Subscription) -> frozenset[date]:
    """Return the days that somebody had left out, in the zone that they were left out in: a digest comes once a day, and a skip
    stays on its day when the time or the zone moves.
    """
    skipped = (row for row in record if _is_left_out(row))
    return frozenset(row.slot.astimezone(ZoneInfo(row.zone or kept.zone)).date() for row in skipped)


def _is_left_out(row: Delivery) -> bool:
    return row.state == "skipped" and row.why == SKIPPED


def asked_to_skip(deliveries: Deliveries, kept: Subscription, now: datetime) -> int:
    """Return how many slots after `now` somebody had left out."""
    return sum(_is_left_out(row) and row.slot > now for row in _record(deliveries, kept))


def _record(deliveries: Deliveries, kept: Subscription) -> tuple[Delivery, ...]:
    return deliveries.history(kept.team, kept.id, _RECORD) if kept.id else ()


def _runs(kept: Subscription, now: datetime) -> Iterator[Run]:
    """Yield the runs of the calendar that are posted after `now`, whatever became of them."""
    zone = ZoneInfo(kept.zone)
    for slot in slots(kept, now - _HELD, now + HORIZON):
        at = due_at(kept, slot.at)
        if at > now and not slot.holiday:
            yield Run(slot, at.astimezone(zone))


def _open(deliveries: Deliveries, kept: Subscription, now: datetime) -> Iterator[Run]:
    """Yield the runs of which nothing became yet: those after `now`, and one that waits for the end of quiet hours."""
    record = _record(deliveries, kept)
    left_out = _left_out(record, kept)
    # In another zone the moment of one day that is left out may be that of the day beside it.
    states = {row.slot: row.state for row in record if not _is_left_out(row)}
    for run in _runs(kept, now):
        if run.slot.wanted.date() in left_out:
            continue
        # What is not in the record has no row yet, or was left out before the digest was changed.
        if states.get(run.slot.at, "planned" if run.slot.at > now else "skipped") == "planned":
            yield run


def _posted(runs: Iterator[Run]) -> Iterator[Run]:
    """Yield those that are posted: where several are due at one moment, the newest stands for all."""
    waiting = next(runs, None)
    for run in runs:
        if waiting is not None and run.slot.at > waiting.at:
            yield waiting
        waiting = run
    if waiting is not None:
        yield waiting
