"""Questions that the base could not answer, kept for curators for a number of days."""

from __future__ import annotations

import json
import logging
import sqlite3
from datetime import UTC, datetime, timedelta

from bot.state.store import Store
from handlers.questions import Unanswered

_log = logging.getLogger(__name__)


class StoredQuestions:
    """The port Questions, on state.db. It keeps what was asked, never who asked it."""

    def __init__(self, store: Store, days: int) -> None:
        self._store = store
        self._kept = timedelta(days=days)

    def keep(self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime) -> None:
        """Record that this was asked and not answered; a store that cannot write is logged, not raised."""
        try:
            with self._store.writing() as db:
                db.execute(
                    "INSERT INTO questions (team_id, command, text, nearest, times, asked_at)"
                    " VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (team_id, command, text) DO UPDATE"
                    " SET times = times + 1, asked_at = excluded.asked_at, nearest = excluded.nearest",
                    [team, command, text, json.dumps(nearest), now.timestamp()],
                )
        except sqlite3.Error:
            _log.exception("an unanswered question was not kept")

    def unanswered(self, team: str, now: datetime) -> tuple[Unanswered, ...]:
        """Return what is still kept, the most asked first."""
        rows = self._store.connection().query(
            "SELECT command, text, nearest, times, asked_at FROM questions"
            " WHERE team_id = ? AND asked_at > ? ORDER BY times DESC, asked_at DESC",
            [team, (now - self._kept).timestamp()],
        )
        return tuple(
            Unanswered(
                command=row["command"],
                text=row["text"],
                last_asked=datetime.fromtimestamp(row["asked_at"], UTC),
                times=row["times"],
                nearest=tuple(json.loads(row["nearest"])),
            )
            for row in rows
        )

    def forget(self, now: datetime) -> None:
        """Delete, for every team, what is past its days."""
        with self._store.writing() as db:
            db.table("questions").delete_where("asked_at <= ?", [(now - self._kept).timestamp()])
