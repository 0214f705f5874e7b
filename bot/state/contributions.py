"""The port Contributions, on state.db: a ledger that only grows."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from sqlite_utils import Database

from bot.state.store import Store
from handlers.contribution import Deed
from handlers.ports import Judge

# "Within seconds in every process", with room to spare.
FRESH_SECONDS: Final = 0.5


class StoredContributions:
    """One row a deed; each is a transaction of its own, so that a deed is there with its trace or not at all."""

    def __init__(self, store: Store, now: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._now = now
        self._seen: dict[str, tuple[float, int]] = {}

    def revision(self, team: str) -> int:
        """Return the number of the newest deed, 0 where there is none.

        A deed of another process is seen within FRESH_SECONDS: every answer asks, and asking the file each
        time would cost as much as finding the answer.
        """
        seen, now = self._seen.get(team), self._now()
        if seen is None or now - seen[0] >= FRESH_SECONDS:
            seen = self._seen[team] = (now, _revision(self._store.connection(), team))
        return seen[1]

    def deeds(self, team: str) -> tuple[Deed, ...]:
        """Return every deed, oldest first."""
        return _deeds(self._store.connection(), team)

    def record(self, team: str, judge: Judge) -> Deed | str:
        """Keep the deed that `judge` returns after seeing all there are, under the write lock."""
        with self._store.writing() as db:
            judged = judge(_deeds(db, team))
            if isinstance(judged, str):
                return judged
            seq = _revision(db, team) + 1
            db.table("contributions").insert(
                {
                    "team_id": team, "seq": seq, "subject": judged.subject, "deed": judged.deed,
                    "who": judged.who, "name": judged.name, "at": judged.at.timestamp(), "why": judged.why,
                    "body": judged.body,
                }
            )  # fmt: skip
        self._seen.pop(team, None)
        return Deed(
            judged.subject, judged.deed, judged.who, judged.name, judged.at, judged.why, judged.body, seq
        )

    def teams(self) -> tuple[str, ...]:
        """Return the teams that have deeds."""
        found = self._store.connection().execute("SELECT DISTINCT team_id FROM contributions ORDER BY 1")
        return tuple(str(row[0]) for row in found)


def _revision(db: Database, team: str) -> int:
    found = db.execute("SELECT max(seq) FROM contributions WHERE team_id = ?", [team]).fetchone()[0]
    return int(found or 0)


def _deeds(db: Database, team: str) -> tuple[Deed, ...]:
    rows = db.query("SELECT * FROM contributions WHERE team_id = ? ORDER BY seq", [team])
    return tuple(
        Deed(
            subject=row["subject"],
            deed=row["deed"],
            who=row["who"],
            name=row["name"],
            at=datetime.fromtimestamp(row["at"], UTC),
            why=row["why"],
            body=row["body"],
            seq=row["seq"],
        )
        for row in rows
    )
