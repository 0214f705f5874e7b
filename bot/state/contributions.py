"""The port Contributions, on state.db: a ledger that only grows."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from sqlite_utils import Database

from bot.state.store import Store
from bot.state.unreadable import Row
from handlers.contribution import CurationEvent
from handlers.curation.projection import check
from handlers.ports import Decide, UnreadableError

# "Within seconds in every process", with room to spare.
FRESH_SECONDS: Final = 0.5


class StoredContributions:
    """One row an event; each is a transaction of its own, so that an event is there with its trace or not at all."""

    def __init__(self, store: Store, now: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._now = now
        self._seen: dict[str, tuple[float, int]] = {}
        self._unread_at: dict[str, float] = {}

    def revision(self, team: str) -> int:
        """Return the number of the newest event, 0 where there is none; UnreadableError while state.db is locked.

        An event of another process is seen within FRESH_SECONDS: every answer asks, and asking the file each
        time would cost as much as finding the answer, or as waiting for a lock.
        """
        seen, now = self._seen.get(team), self._now()
        if seen is None or now - seen[0] >= FRESH_SECONDS:
            if now - self._unread_at.get(team, float("-inf")) < FRESH_SECONDS:
                raise UnreadableError
            try:
                seen = self._seen[team] = (now, _revision(self._store.connection(), team))
            except sqlite3.OperationalError as error:
                self._unread_at[team] = self._now()
                raise UnreadableError from error
        return seen[1]

    def events(self, team: str) -> tuple[CurationEvent, ...]:
        """Return every event, oldest first; one that cannot be read as such. UnreadableError while state.db is locked."""
        try:
            return self._events(self._store.connection(), team)
        except sqlite3.OperationalError as error:
            raise UnreadableError from error

    def record(self, team: str, decide: Decide) -> CurationEvent | str:
        """Keep the event that `decide` returns after seeing all there are, under the write lock.

        Return the event as it was kept, with its place in the ledger; where `decide` refused, its sentence.
        """
        with self._store.writing() as db:
            decided = decide(self._events(db, team))
            if isinstance(decided, str):
                return decided
            seq = _revision(db, team) + 1
            db.table("contributions").insert(
                {
                    "team_id": team, "seq": seq, "subject": decided.subject, "deed": decided.kind,
                    "who": decided.actor, "name": decided.name, "at": decided.at.timestamp(), "why": decided.why,
                    "body": decided.body,
                }
            )  # fmt: skip
        self._seen.pop(team, None)
        return CurationEvent(
            decided.subject,
            decided.kind,
            decided.actor,
            decided.name,
            decided.at,
            decided.why,
            decided.body,
            seq,
        )

    def teams(self) -> tuple[str, ...]:
        """Return the teams that have events."""
        found = self._store.connection().execute("SELECT DISTINCT team_id FROM contributions ORDER BY 1")
        return tuple(str(row[0]) for row in found)

    def _events(self, db: Database, team: str) -> tuple[CurationEvent, ...]:
        rows = db.query("SELECT * FROM contributions WHERE team_id = ? ORDER BY seq", [team])
        read = self._store.unreadable
        return tuple(read.one("contributions", row, event_of) or _unreadable(row) for row in rows)


def _revision(db: Database, team: str) -> int:
    found = db.execute("SELECT max(seq) FROM contributions WHERE team_id = ?", [team]).fetchone()[0]
    return int(found or 0)


def event_of(row: Row) -> CurationEvent:
    """Return the event of a row; any exception where it cannot be read."""
    event = CurationEvent(
        subject=row["subject"],
        kind=row["deed"],
        actor=row["who"],
        name=row["name"],
        at=datetime.fromtimestamp(row["at"], UTC),
        why=row["why"],
        body=row["body"],
        seq=row["seq"],
    )
    check(event)
    return event


def _unreadable(row: Row) -> CurationEvent:
    subject = row["subject"] if isinstance(row["subject"], str) else ""
    return CurationEvent(subject, "unreadable", "", "", datetime.fromtimestamp(0, UTC), seq=row["seq"])
