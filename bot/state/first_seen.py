"""The port FirstSeen, on state.db."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import select

from bot.state.database.statements import insert_each_if_new
from bot.state.store import Store
from bot.state.tables.schema import arrivals


class StoredFirstSeen:
    """One row for each statement that this team's bot ever had."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, team: str, keys: Iterable[str], now: datetime) -> None:
        """Record those of `keys` that were not there before as seen at `now`."""
        missing = set(keys) - set(self.first_seen(team))
        if not missing:
            return
        seen = [{"team_id": team, "fact": key, "seen_at": now.timestamp()} for key in sorted(missing)]
        with self._store.writing(team) as db:
            insert_each_if_new(db, arrivals, seen)

    def first_seen(self, team: str) -> Mapping[str, datetime]:
        """Return when each key was first seen."""
        rows = self._store.rows(team, select(arrivals).where(arrivals.c.team_id == team))
        return dict(
            self._store.unreadable.each(
                "arrivals", rows, lambda row: (row["fact"], datetime.fromtimestamp(row["seen_at"], UTC))
            )
        )
