"""Events of Slack's Events API: received, then answered, each message once."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any, Final

from sqlite_utils import Database

from bot.ports import Receipt
from bot.state.store import Store

_log = logging.getLogger(__name__)

# Slack's first retry comes at once, while the first delivery may still be in hand.
IN_HAND = timedelta(seconds=10)
# Slack delivers for 24 h at most (Delayed Events), so a day more is enough.
KEPT = timedelta(hours=48)
# Messages that are remembered while state.db cannot be written; beyond them the oldest is forgotten.
HELD_MAX: Final = 10_000

_Event = tuple[str, str, str, str]

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


class EventsWhileLocked(StoredEvents):
    """Answers are given though state.db is locked; what was received meanwhile is written down as soon as it can be."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._held: OrderedDict[_Event, datetime | None] = OrderedDict()
        self._lock = threading.Lock()

    def receive(self, team: str, event_id: str, channel: str, ts: str, now: datetime) -> Receipt:
        """Record an event and return how it stands, as the memory knows it where state.db does not say."""
        event = (team, event_id, channel, ts)
        try:
            with self._store.promptly():
                self._write_down(now)
                return super().receive(*event, now)
        except sqlite3.OperationalError as error:
            return self._hold(event, str(error))

    def answered(self, team: str, event_id: str, channel: str, ts: str, now: datetime) -> None:
        """Record that the event was answered, later if need be."""
        event = (team, event_id, channel, ts)
        try:
            with self._store.promptly():
                super().answered(*event, now)
        except sqlite3.OperationalError:
            with self._lock:
                self._held[event] = now
        else:
            with self._lock:
                self._held.pop(event, None)

    def _hold(self, event: _Event, error: str) -> Receipt:
        same = {(event[0], event[1]), (event[0], *event[2:])}
        with self._lock:
            for held, at in self._held.items():
                if same & {(held[0], held[1]), (held[0], *held[2:])}:
                    return "in hand" if at is None else "answered"
            self._held[event] = None
            while len(self._held) > HELD_MAX:
                self._held.popitem(last=False)
        _log.warning("an event was not written down yet", extra={"error": error})
        return "new"

    def _write_down(self, now: datetime) -> None:
        with self._lock:
            held = list(self._held.items())
        for event, at in held:
            if at is None:
                super().receive(*event, now)
            else:
                super().answered(*event, at)
            with self._lock:
                if self._held.get(event) == at:
                    self._held.pop(event, None)
