"""Which kinds of failure the installer has been told about."""

from __future__ import annotations

from datetime import datetime

from bot.state.store import Store


class StoredNotices:
    """The port Notices, on state.db: each kind is told once a team, restarts or not."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def first(self, team: str, kind: str, now: datetime) -> bool:
        """Say whether this is the first failure of `kind`, and record it."""
        with self._store.writing() as db:
            told = db.execute(
                "INSERT INTO notices (team_id, kind, told_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [team, kind, now.timestamp()],
            )
            return told.rowcount == 1
