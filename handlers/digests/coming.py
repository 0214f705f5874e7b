"""The runs of a digest that are to come, by its calendar and by its record: what is skipped does not come.

Whoever shows what comes next asks here.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Final

from handlers.digests import describe
from handlers.digests.schedule import HORIZON, slots
from handlers.ports import Deliveries
from handlers.subscription import Slot, Subscription

RUNS: Final = 3
# Of one digest nobody has skipped more.
_RECORD: Final = 100


def coming(deliveries: Deliveries, kept: Subscription, now: datetime, count: int = RUNS) -> tuple[Slot, ...]:
    """Return the next `count` runs, holidays and skipped ones left out; fewer where none come within 400 days.

    None while it is paused for good.
    """
    if kept.paused:
        return ()
    record = deliveries.history(kept.team, kept.id, _RECORD) if kept.id else ()
    settled = {row.slot for row in record if row.state != "planned"}
    due = (slot for slot in slots(kept, now, now + HORIZON) if not slot.holiday and slot.at not in settled)
    return tuple(islice(due, count))


def runs(deliveries: Deliveries, kept: Subscription, now: datetime, count: int = RUNS) -> tuple[str, ...]:
    """Return the same in local words; a sentence where none is to come."""
    return describe.run_texts(kept, coming(deliveries, kept, now, count))
