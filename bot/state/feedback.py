"""The port Feedback, on state.db."""

from __future__ import annotations

from datetime import datetime

from bot.state.store import Store
from handlers.ports import Votes


class StoredFeedback:
    """One row for each person and thing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def vote(self, team: str, user: str, about: str, helpful: bool, now: datetime) -> None:
        """Keep the vote in place of an earlier one."""
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO feedback (team_id, about, user_id, helpful, voted_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET helpful = excluded.helpful, voted_at = excluded.voted_at",
                [team, about, user, int(helpful), now.timestamp()],
            )

    def votes(self, team: str, about: str) -> Votes:
        """Return the votes on everything whose name begins with `about`, counted."""
        helpful, total = (
            self._store.connection()
            .execute(
                "SELECT count(*) FILTER (WHERE helpful), count(*) FROM feedback"
                " WHERE team_id = ? AND substr(about, 1, ?) = ?",
                [team, len(about), about],
            )
            .fetchone()
        )
        return Votes(helpful, total - helpful)
