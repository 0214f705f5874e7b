"""Questions that the base could not answer, kept for curators for a number of days."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlite_utils import Database

from bot.state.store import Store
from bot.state.unreadable import Row, strings
from handlers.ports import UnansweredQuestion

_log = logging.getLogger(__name__)

MOST_OF_A_TEAM: Final = 500
"""Questions that are kept of one team; of more, those asked least and longest ago go."""
MOST_A_DAY: Final = 50
"""Questions of one person that are kept within 24 hours, so that nobody fills the queue of all."""
_WHERE: Final = "WHERE team_id = ? AND command = ? AND text = ?"
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
                key = [team, command, text]
                is_new = not db.execute(f"SELECT 1 FROM questions {_WHERE}", key).fetchone()  # noqa: S608
                if is_new and user and _asked_today(db, team, user, now) >= MOST_A_DAY:
                    return
                db.execute(
                    "INSERT INTO questions (team_id, command, text, nearest, times, asked_at)"
                    " VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (team_id, command, text) DO UPDATE"
                    " SET times = times + 1, asked_at = excluded.asked_at, nearest = excluded.nearest",
                    [*key, json.dumps(nearest), now.timestamp()],
                )
                if user:
                    db.execute(
                        "INSERT OR REPLACE INTO question_askers (team_id, command, text, user_id, asked_at)"
                        " VALUES (?, ?, ?, ?, ?)",
                        [*key, user, now.timestamp()],
                    )
                if is_new:
                    _make_room(db, team, command, text)
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
                askers = db.execute(f"SELECT user_id FROM question_askers {_WHERE} ORDER BY asked_at", key)  # noqa: S608
                told.update((str(row[0]), None) for row in askers.fetchall())
                if not out_of_scope:
                    _forget(db, team, command, text)
                else:
                    db.execute(
                        "INSERT OR REPLACE INTO question_scope (team_id, command, text, settled_at)"
                        " VALUES (?, ?, ?, ?)",
                        [*key, now.timestamp()],
                    )
        return () if out_of_scope else tuple(told)

    def bring_back(self, team: str, at: float) -> int:
        """List again what was called out of scope at that moment; return how many questions that are."""
        with self._store.writing() as db:
            return db.execute(
                "DELETE FROM question_scope WHERE team_id = ? AND abs(settled_at - ?) < 0.001", [team, at]
            ).rowcount


def question_of(row: Row) -> UnansweredQuestion:
    """Return the question of a row; any exception where it cannot be read."""
    return UnansweredQuestion(
        command=row["command"],
        text=row["text"],
        last_asked=datetime.fromtimestamp(row["asked_at"], UTC),
        times=row["times"],
        nearest=strings(row["nearest"]),
    )


def _asked_today(db: Database, team: str, user: str, now: datetime) -> int:
    """Return how many of the questions that are kept the person asked within the last day."""
    since = (now - timedelta(days=1)).timestamp()
    query = "SELECT count(*) FROM question_askers WHERE team_id = ? AND user_id = ? AND asked_at > ?"
    return int(db.execute(query, [team, user, since]).fetchone()[0])


def _make_room(db: Database, team: str, command: str, text: str) -> None:
    """Let go of what the team asked least and longest ago, beyond what is kept; never of the question just asked."""
    beyond = db.execute(
        "SELECT command, text FROM questions WHERE team_id = ?1 AND NOT (command = ?2 AND text = ?3)"
        " ORDER BY NOT EXISTS (SELECT 1 FROM question_scope AS s WHERE s.team_id = questions.team_id AND"
        " s.command = questions.command AND s.text = questions.text), times, asked_at LIMIT max(0, (SELECT count(*) FROM questions WHERE team_id = ?1) - ?4)",
        [team, command, text, MOST_OF_A_TEAM],
    ).fetchall()
    for one in beyond:
        _forget(db, team, *one)


def _forget(db: Database, team: str, command: str, text: str) -> None:
    for table in ("question_askers", "questions"):
        db.execute(f"DELETE FROM {table} {_WHERE}", [team, command, text])  # noqa: S608
