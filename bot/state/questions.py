"""Questions that the base could not answer, kept for curators for a number of days."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, case, delete, exists, func, select

from bot.state.database.statements import insert_or_update
from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.tables.schema import question_askers, question_scope, questions
from bot.state.unreadable import Row, strings
from handlers.ports import UnansweredQuestion

_log = logging.getLogger(__name__)

MOST_OF_A_TEAM: Final = 500
"""Questions that are kept of one team; of more, those asked least and longest ago go."""
LONGEST: Final = 500
"""Characters of a question that are kept."""
MOST_A_DAY: Final = 50
"""Questions of one person that are kept within 24 hours, so that nobody fills the queue of all."""
# Seconds: what was called out of scope at one moment, however a database rounds it.
_SAME: Final = 0.001
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
        # An index of PostgreSQL's takes no more than some 2,700 bytes of a key.
        clipped = text[:LONGEST]
        self._later(lambda: self._keep(team, command, clipped, nearest, now, user))

    def _keep(
        self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime, user: str
    ) -> None:
        try:
            with self._store.writing(team) as db:
                self._note(db, _Key(team, command, text), nearest, now, user)
        except StateError:
            _log.exception("an unanswered question was not kept")

    def _note(self, db: Connection, key: _Key, nearest: tuple[str, ...], now: datetime, user: str) -> None:
        is_new = db.execute(select(questions.c.times).where(_is(questions, key))).first() is None
        if is_new and user and _asked_today(db, key.team_id, user, now) >= MOST_A_DAY:
            return
        asked = {"nearest": json.dumps(nearest), "asked_at": now.timestamp()}
        again = asked | {"times": questions.c.times + 1}
        insert_or_update(db, questions, key._asdict() | asked | {"times": 1}, again)
        if user:
            asker = {"user_id": user, "asked_at": now.timestamp()}
            insert_or_update(db, question_askers, key._asdict() | asker)
        if is_new:
            _make_room(db, key)

    def unanswered(self, team: str, now: datetime) -> tuple[UnansweredQuestion, ...]:
        """Return what is still kept, the most asked first."""
        kept = select(questions).where(
            questions.c.team_id == team,
            questions.c.asked_at > (now - self._kept).timestamp(),
            ~_is_out_of_scope(),
        )
        rows = self._store.rows(team, kept.order_by(questions.c.times.desc(), questions.c.asked_at.desc()))
        return tuple(self._store.unreadable.each("questions", rows, question_of))

    def settle(
        self, team: str, questions: Iterable[tuple[str, str]], now: datetime, *, out_of_scope: bool = False
    ) -> tuple[str, ...]:
        """Take these off the list and return who asked them, each once."""
        told: dict[str, None] = {}
        with self._store.writing(team) as db:
            for command, text in questions:
                key = _Key(team, command, text)
                askers = select(question_askers.c.user_id).where(_is(question_askers, key))
                found = db.execute(askers.order_by(question_askers.c.asked_at)).scalars()
                told.update((str(user), None) for user in found)
                if not out_of_scope:
                    _forget(db, key)
                else:
                    insert_or_update(db, question_scope, key._asdict() | {"settled_at": now.timestamp()})
        return () if out_of_scope else tuple(told)

    def bring_back(self, team: str, at: float) -> int:
        """List again what was called out of scope at that moment; return how many questions that are."""
        settled = question_scope.c.settled_at
        at_once = and_(question_scope.c.team_id == team, settled > at - _SAME, settled < at + _SAME)
        with self._store.writing(team) as db:
            return db.execute(delete(question_scope).where(at_once)).rowcount


def question_of(row: Row) -> UnansweredQuestion:
    """Return the question of a row; any exception where it cannot be read."""
    return UnansweredQuestion(
        command=row["command"],
        text=row["text"],
        last_asked=datetime.fromtimestamp(row["asked_at"], UTC),
        times=row["times"],
        nearest=strings(row["nearest"]),
    )


class _Key(NamedTuple):
    """The columns by which a question is found in each table that has something of it."""

    team_id: str
    command: str
    text: str


def _is(table: Table, key: _Key) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key._asdict().items()))


def _is_out_of_scope() -> ColumnElement[bool]:
    """Return the condition for questions that curators do not want to see."""
    same = (question_scope.c[name] == questions.c[name] for name in _Key._fields)
    return exists().where(*same).correlate(questions)


def _asked_today(db: Connection, team: str, user: str, now: datetime) -> int:
    """Return how many of the questions that are kept the person asked within the last day."""
    of_them = (question_askers.c.team_id == team, question_askers.c.user_id == user)
    since = (now - timedelta(days=1)).timestamp()
    counted = (
        select(func.count()).select_from(question_askers).where(*of_them, question_askers.c.asked_at > since)
    )
    return int(db.execute(counted).scalar_one())


def _make_room(db: Connection, key: _Key) -> None:
    """Let go of what the team asked least and longest ago, beyond what is kept; never of the question just asked."""
    of_team = questions.c.team_id == key.team_id
    beyond = (
        db.execute(select(func.count()).select_from(questions).where(of_team)).scalar_one() - MOST_OF_A_TEAM
    )
    if beyond <= 0:
        return
    least = (case((_is_out_of_scope(), 0), else_=1), questions.c.times, questions.c.asked_at)
    others = select(questions.c.command, questions.c.text).where(of_team, ~_is(questions, key))
    for command, text in db.execute(others.order_by(*least).limit(beyond)).all():
        _forget(db, _Key(key.team_id, command, text))


def _forget(db: Connection, key: _Key) -> None:
    for table in (question_askers, questions):
        db.execute(delete(table).where(_is(table, key)))
