"""The port Contributions, on state.db: a ledger that only grows."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select

from bot.state.database.statements import rows
from bot.state.errors import UnavailableError
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, contributions
from bot.state.unreadable import Row
from handlers.contribution import CurationEvent
from handlers.curation.projection import check
from handlers.ports import Decide, UnreadableError

# "Within seconds in every process", with room to spare.
FRESH_SECONDS: Final = 0.5
# Where it is heard of an event of another process, asking is for the case that what is told is lost unnoticed.
HEARD_SECONDS: Final = 1.5


class StoredContributions:
    """One row an event; each is a transaction of its own, so that an event is there with its trace or not at all."""

    def __init__(self, store: Store, now: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._now = now
        self._seen: dict[str, tuple[float, int]] = {}
        self._heard: Counter[str] = Counter()
        self._unread_at: dict[str, float] = {}

    def listen(self) -> None:
        """Hear at once of the events of other processes, where the database tells of them. To be called once a store."""
        self._store.backend.listen(self._forget)

    def revision(self, team: str) -> int:
        """Return the number of the newest event, 0 where there is none; UnreadableError while state.db is locked.

        An event of another process is seen within FRESH_SECONDS: every answer asks, and asking the file each
        time would cost as much as finding the answer, or as waiting for a lock.
        """
        seen, now = self._seen.get(team), self._now()
        fresh = HEARD_SECONDS if self._store.backend.is_listening else FRESH_SECONDS
        if seen is None or now - seen[0] >= fresh:
            if now - self._unread_at.get(team, float("-inf")) < FRESH_SECONDS:
                raise UnreadableError
            before = self._heard[team]
            try:
                seen = (now, self._store.ask(team, lambda db: _revision(db, team)))
            except UnavailableError as error:
                self._unread_at[team] = self._now()
                raise UnreadableError from error
            # What was read may be older than what was heard of meanwhile.
            if self._heard[team] == before:
                self._seen[team] = seen
        return seen[1]

    def _forget(self, team: str) -> None:
        """Have the team's events counted anew: another process has kept one."""
        self._heard[team] += 1
        self._seen.pop(team, None)

    def events(self, team: str) -> tuple[CurationEvent, ...]:
        """Return every event, oldest first; one that cannot be read as such. UnreadableError while state.db is locked."""
        try:
            with self._store.reading(team) as db:
                return self._events(db, team)
        except UnavailableError as error:
            raise UnreadableError from error

    def record(self, team: str, decide: Decide) -> CurationEvent | str:
        """Keep the event that `decide` returns after seeing all there are, under the write lock.

        Return the event as it was kept, with its place in the ledger; where `decide` refused, its sentence.
        """
        with self._store.writing(team) as db:
            decided = decide(self._events(db, team))
            if isinstance(decided, str):
                return decided
            seq = _revision(db, team) + 1
            what = {
                "subject": decided.subject,
                "deed": decided.kind,
                "why": decided.why,
                "body": decided.body,
            }
            who = {"who": decided.actor, "name": decided.name, "at": decided.at.timestamp()}
            db.execute(insert(contributions).values(team_id=team, seq=seq, **what, **who))
            self._store.backend.announce(db, team)
        self._forget(team)
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
        every = select(contributions.c.team_id).distinct().order_by(contributions.c.team_id)
        return tuple(str(row["team_id"]) for row in self._store.rows(EVERY_TEAM, every))

    def _events(self, db: Connection, team: str) -> tuple[CurationEvent, ...]:
        of_team = select(contributions).where(contributions.c.team_id == team).order_by(contributions.c.seq)
        read = self._store.unreadable
        return tuple(
            read.one("contributions", row, event_of) or _unreadable(row) for row in rows(db, of_team)
        )


def _revision(db: Connection, team: str) -> int:
    newest = select(func.max(contributions.c.seq)).where(contributions.c.team_id == team)
    return int(db.execute(newest).scalar() or 0)


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
