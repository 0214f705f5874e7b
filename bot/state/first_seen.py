"""The port FirstSeen, on state.db."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from bot.state.store import Store


class StoredFirstSeen:
    """One row for each statement that this team's bot ever had."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, team: str, keys: Iterable[str], now: datetime) -> None:
        """Record those of `keys` that were not there before as seen at `now`."""
        missing = set(keys) - set(self.first_seen(team))
        if not missing:
            return
        with self._store.writing() as db:
            for key in sorted(missing):
                db.execute(
                    "INSERT INTO arrivals (team_id, fact, seen_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    [team, key, now.timestamp()],
                )

    def first_seen(self, team: str) -> Mapping[str, datetime]:
        """Return when each key was first seen."""
        rows = self._store.connection().query("SELECT fact, seen_at FROM arrivals WHERE team_id = ?", [team])
        return dict(
            self._store.unreadable.each(
                "arrivals", rows, lambda row: (row["fact"], datetime.fromtimestamp(row["seen_at"], UTC))
            )
        )
