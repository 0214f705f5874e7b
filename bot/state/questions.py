"""Questions that the base could not answer, kept for curators for a number of days."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from bot.state.store import Store
from bot.state.unreadable import Row, strings
from handlers.ports import UnansweredQuestion

_log = logging.getLogger(__name__)

Later = Callable[[Callable[[], None]], object]


def _at_once(work: Callable[[], None]) -> None:
    work()


class StoredQuestions:
    """The port Questions, on state.db. Who asked is kept apart, until they are told or the days are over."""

    def __init__(self, store: Store, days: int, later: Later = _at_once) -> None:
        self._store = store
        self._kept = timedelta(days=days)
        self._later = later

    def keep(
        self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime, user: str = ""
    ) -> None:
        """Have it recorded that this was asked and not answered, by `later`: the answer does not wait for it.

        A store that cannot write is logged, not raised.
        """
        self._later(lambda: self._keep(team, command, text, nearest, now, user))

    def _keep(
        self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime, user: str
    ) -> None:
        try:
            with self._store.writing() as db:
                db.execute(
                    "INSERT INTO questions (team_id, command, text, nearest, times, asked_at)"
                    " VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (team_id, command, text) DO UPDATE"
                    " SET times = times + 1, asked_at = excluded.asked_at, nearest = excluded.nearest",
                    [team, command, text, json.dumps(nearest), now.timestamp()],
                )
                if user:
                    db.execute(
                        "INSERT OR REPLACE INTO question_askers (team_id, command, text, user_id, asked_at)"
                        " VALUES (?, ?, ?, ?, ?)",
                        [team, command, text, user, now.timestamp()],
                    )
        except sqlite3.Error:
            _log.exception("an unanswered question was not kept")

    def unanswered(self, team: str, now: datetime) -> tuple[UnansweredQuestion, ...]:
        """Return what is still kept, the most asked first."""
        rows = self._store.connection().query(
            "SELECT command, text, nearest, times, asked_at FROM questions"
            " WHERE team_id = ? AND asked_at > ? AND NOT EXISTS (SELECT 1 FROM question_scope AS s WHERE"
            " s.team_id = questions.team_id AND s.command = questions.command AND s.text = questions.text)"
            " ORDER BY times DESC, asked_at DESC",
            [team, (now - self._kept).timestamp()],
        )
        return tuple(self._store.unreadable.each("questions", rows, question_of))

    def settle(
        self, team: str, questions: Iterable[tuple[str, str]], now: datetime, *, out_of_scope: bool = False
    ) -> tuple[str, ...]:
        """Take these off the list and return who asked them, each once."""
        told: dict[str, None] = {}
        with self._store.writing() as db:
            for command, text in questions:
                key = [team, command, text]
                where = "WHERE team_id = ? AND command = ? AND text = ?"
                askers = db.execute(f"SELECT user_id FROM question_askers {where} ORDER BY asked_at", key)  # noqa: S608
                told.update((str(row[0]), None) for row in askers.fetchall())
                db.execute(f"DELETE FROM question_askers {where}", key)  # noqa: S608
                db.execute(f"DELETE FROM questions {where}", key)  # noqa: S608
                if out_of_scope:
                    db.execute(
                        "INSERT OR REPLACE INTO question_scope (team_id, command, text, settled_at)"
                        " VALUES (?, ?, ?, ?)",
                        [*key, now.timestamp()],
                    )
        return () if out_of_scope else tuple(told)


def question_of(row: Row) -> UnansweredQuestion:
    """Return the question of a row; any exception where it cannot be read."""
    return UnansweredQuestion(
        command=row["command"],
        text=row["text"],
        last_asked=datetime.fromtimestamp(row["asked_at"], UTC),
        times=row["times"],
        nearest=strings(row["nearest"]),
    )
