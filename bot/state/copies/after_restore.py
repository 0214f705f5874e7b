"""What a restored state.db cannot know: whether the digests due since the backup were posted, and events answered.

Digests become unknown, so that the channel is read before anything is posted again; so do events, of which nobody is
told any more.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, func, select, update

from bot.state.database.statements import rows
from bot.state.digests.planning import DIGEST, from_row, insert, moment, second
from bot.state.tables.schema import deliveries, events, subscriptions
from bot.state.unreadable import Row, UnreadableRows
from handlers.digests.schedule import slots
from handlers.subscription import Slot, Subscription

RESTORED = "due since the backup that was restored"


def mark_unknown(db: Connection, now: datetime) -> None:
    """Mark every message planned for a time up to `now`, and every event in hand, as unknown."""
    at = now.timestamp()
    of_it = and_(
        subscriptions.c.team_id == deliveries.c.team_id, subscriptions.c.id == deliveries.c.subscription
    )
    planned = (
        select(subscriptions, deliveries.c.slot)
        .join(deliveries, of_it)
        .where(
            deliveries.c.state == "planned", deliveries.c.part == DIGEST, deliveries.c.slot <= second(now),
            subscriptions.c.removed_at.is_(None), subscriptions.c.paused == 0,
        )
    )  # fmt: skip
    unreadable = UnreadableRows()
    for row in rows(db, planned):
        missed = unreadable.one("subscriptions", row, lambda row: _due(row, now))
        for kept, slot in missed or ():
            insert(db, kept, slot, "planned")
    db.execute(
        update(deliveries)
        .where(deliveries.c.state == "planned", deliveries.c.slot <= second(now))
        .values(
            state="unknown", attempt=deliveries.c.attempt + 1, why=RESTORED, not_before=at,
            since=func.coalesce(deliveries.c.since, deliveries.c.slot),
        )
    )  # fmt: skip
    db.execute(
        update(events)
        .where(events.c.answered_at.is_(None), events.c.channel != "")
        .values(answered_at=at, ending="unknown")
    )


def _due(row: Row, now: datetime) -> list[tuple[Subscription, Slot]]:
    kept = from_row(row)
    return [(kept, slot) for slot in slots(kept, moment(row["slot"]), now) if not slot.holiday]
