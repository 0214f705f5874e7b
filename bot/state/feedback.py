"""The port Feedback, on state.db."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from bot.state.database.statements import insert_or_update
from bot.state.store import Store
from bot.state.tables.schema import feedback
from handlers.ports import Votes


class StoredFeedback:
    """One row for each person and thing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def vote(self, team: str, user: str, about: str, helpful: bool, now: datetime) -> None:
        """Keep the vote in place of an earlier one."""
        row = {
            "team_id": team,
            "about": about,
            "user_id": user,
            "helpful": int(helpful),
            "voted_at": now.timestamp(),
        }
        with self._store.writing(team) as db:
            insert_or_update(db, feedback, row)

    def votes(self, team: str, about: str) -> Votes:
        """Return the votes on everything whose name begins with `about`, counted."""
        helpful = func.coalesce(func.sum(feedback.c.helpful), 0).label("helpful")
        begins_so = func.substr(feedback.c.about, 1, len(about)) == about
        counted = select(helpful, func.count().label("all")).where(feedback.c.team_id == team, begins_so)
        found = self._store.row(team, counted)
        assert found is not None
        return Votes(int(found["helpful"]), found["all"] - int(found["helpful"]))
