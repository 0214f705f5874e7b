"""What a restored state.db cannot know: whether the digests due since the backup were posted, and events answered.

Digests become unknown, so that the channel is read before anything is posted again; so do events, of which nobody is
told any more.
"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.state.digests.planning import from_row, insert, moment
from bot.state.store import connect
from bot.state.unreadable import Row, UnreadableRows
from handlers.digests.schedule import slots
from handlers.subscription import Slot, Subscription

RESTORED = "due since the backup that was restored"


def mark_unknown(path: Path, now: datetime) -> None:
    """Mark every message planned for a time up to `now`, and every event in hand, as unknown in the state.db at `path`."""
    with closing(connect(path)) as db:
        if "deliveries" not in db.table_names():
            return
        with db.atomic():
            planned = db.query(
                "SELECT s.*, d.slot FROM deliveries d JOIN subscriptions s ON s.team_id = d.team_id"
                " AND s.id = d.subscription WHERE d.state = 'planned' AND d.part = 'digest' AND d.slot <= ?"
                " AND s.removed_at IS NULL AND s.paused = 0",
                [now.timestamp()],
            )
            unreadable = UnreadableRows()
            for row in list(planned):
                missed = unreadable.one("subscriptions", row, lambda row: _due(row, now))
                for kept, slot in missed or ():
                    insert(db, kept, slot, "planned")
            db.execute(
                "UPDATE deliveries SET state = 'unknown', attempt = attempt + 1, since = coalesce(since, slot),"
                " not_before = ?, why = ? WHERE state = 'planned' AND slot <= ?",
                [now.timestamp(), RESTORED, now.timestamp()],
            )
            if "ending" in db.table("events").columns_dict:
                db.execute(
                    "UPDATE events SET answered_at = ?, ending = 'unknown' WHERE answered_at IS NULL AND channel != ''",
                    [now.timestamp()],
                )


def _due(row: Row, now: datetime) -> list[tuple[Subscription, Slot]]:
    kept = from_row(row)
    return [(kept, slot) for slot in slots(kept, moment(row["slot"]), now) if not slot.holiday]
