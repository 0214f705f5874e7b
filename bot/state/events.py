"""Events of Slack's Events API: received, then answered, each message once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.ports import Receipt
from bot.state.store import Store

# Slack's first retry comes at once, while the first delivery may still be in hand.
IN_HAND = timedelta(seconds=10)
# Slack delivers for 24 h at most (Delayed Events), so a day more is enough.
KEPT = timedelta(hours=48)

_SAME = "team_id = :team AND (event_id = :event OR (message = :message AND message != ''))"


class StoredEvents:
    """The port Events, on state.db: what it has acknowledged outlives the process."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def receive(self, team: str, event_id: str, channel: str, ts: str, now: datetime) -> Receipt:
        """Record an event and return how it stands; only "new" and "again" (unanswered for over IN_HAND) are to be answered."""
        key = _key(team, event_id, channel, ts)
        with self._store.writing() as db:
            rows = _rows(db, key)
            if not rows:
                _insert(db, key, now, answered_at=None)
                return "new"
            if any(row["answered_at"] is not None for row in rows):
                return "answered"
            if now.timestamp() - max(row["received_at"] for row in rows) <= IN_HAND.total_seconds():
                return "in hand"
            # Taken up again now, so that the next retry finds it in hand.
            db.execute(f"UPDATE events SET received_at = :now WHERE {_SAME}", key | {"now": now.timestamp()})  # noqa: S608
            return "again"

    def answered(self, team: str, event_id: str, channel: str, ts: str, now: datetime) -> None:
        """Record that the event, and the message it brought, was answered."""
        key = _key(team, event_id, channel, ts)
        with self._store.writing() as db:
            if _rows(db, key):
                at = key | {"now": now.timestamp()}
                db.execute(f"UPDATE events SET answered_at = :now WHERE {_SAME}", at)  # noqa: S608
            else:
                _insert(db, key, now, answered_at=now.timestamp())


def _key(team: str, event_id: str, channel: str, ts: str) -> dict[str, Any]:
    return {"team": team, "event": event_id, "message": f"{channel}:{ts}" if channel and ts else ""}


def _rows(db: Database, key: dict[str, Any]) -> list[dict[str, Any]]:
    return list(db.query(f"SELECT received_at, answered_at FROM events WHERE {_SAME}", key))  # noqa: S608


def _insert(db: Database, key: dict[str, Any], now: datetime, answered_at: float | None) -> None:
    db.table("events").insert(
        {
            "team_id": key["team"],
            "event_id": key["event"],
            "message": key["message"],
            "received_at": now.timestamp(),
            "answered_at": answered_at,
        }
    )
