"""How a transaction begins on a server of PostgreSQL's: all that is to be said before its first statement goes there at once, and
comes back at once. While many work, each way there and back is a wait for a processor as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from psycopg.sql import quote
from sqlalchemy import Connection

from bot.state.database.silence import WatchedConnection

_TEAM: Final = 0x595244
"""Of the keys of advisory locks the first number says what it is about; here: a team, whose name is the second."""
# A statement that comes so often on a connection is prepared there.
_PREPARED_FROM: Final = 3
# Times the patience for locks a statement may take, and seconds more until its answer is here.
_LONGEST: Final = 4
_ON_THE_WAY: Final = 0.5

NOW: Final = "extract(epoch FROM clock_timestamp())"
"""Unix seconds, as SQL."""
_SETTINGS: Final = (
    "SELECT set_config('yrd.team', {team}, {is_local}), set_config('lock_timeout', '{wait}ms', {is_local}),"
    " set_config('statement_timeout', '{longest}ms', {is_local}), current_setting('transaction_isolation'),"
    f" pg_backend_pid(), {NOW}"
)
# BEGIN makes one transaction of what stands before it in the same message and of what comes after it, and gives back nothing:
# www.postgresql.org/docs/current/protocol-flow.html, "Multiple Statements in a Simple Query".
_BEGIN: Final = f"{_SETTINGS}; BEGIN"
_LOCK: Final = f"pg_advisory_xact_lock({_TEAM}, hashtext({{team}}))"
_MARK: Final = (
    "INSERT INTO outcomes (team_id, id, at) SELECT {team}, {mark}, "  # noqa: S608 - what is put in is quoted by the driver
    + f"{NOW} FROM (SELECT {_LOCK}) AS locked"
)
_AS_IT_STANDS: Final = {"no_parameters": True}
# What is known of a connection as long as it is one.
_IS_DIRECT: Final = "is_direct"
_SET_UP: Final = "set_up"


@dataclass(frozen=True, slots=True)
class Begun:
    """What the server said: its time in Unix seconds, and how much of others a transaction sees."""

    now: float
    isolation: str


def begin(db: Connection, team: str, patience: float, mark: str = "") -> Begun:
    """Begin a transaction for `team` that waits `patience` seconds for locks of others; return what the server says.

    With a `mark` it is alone with the team's rows from its first statement on, and leaves the mark if it is committed.
    `db` has to be a connection whose statements are transactions of their own until one is begun. SQLAlchemyError.
    """
    return _said(db, f"{_BEGIN}; {_MARK}" if mark else _BEGIN, team, patience, mark)


def keeps_settings(db: Connection) -> bool:
    """Say whether it is known that nobody else uses the connection in between, so that what is set up for one statement holds for
    the next.
    """
    return bool(db.info.get(_IS_DIRECT))


def is_set_up(db: Connection, team: str, patience: float) -> bool:
    """Say whether a statement that is a transaction of its own is for `team` on this connection, and so patient."""
    return bool(db.info.get(_SET_UP) == (team, patience))


def set_up(db: Connection, team: str, patience: float) -> Begun:
    """Have statements that are transactions of their own be for `team`, and so patient; return what the server says.

    Whoever is content with that notes it.
    """
    # Whatever interrupts this, nothing wrong is believed afterwards.
    db.info.pop(_SET_UP, None)
    return _said(db, _SETTINGS, team, patience, is_local=False)


def note_set_up(db: Connection, team: str, patience: float) -> None:
    """Note what was set up."""
    db.info[_SET_UP] = (team, patience)


def _said(
    db: Connection, message: str, team: str, patience: float, mark: str = "", *, is_local: bool = True
) -> Begun:
    raw = _raw(db)
    be_patient(db, patience)
    given = {
        "team": quote(team.replace("\0", "\ufffd"), raw),
        "wait": int(patience * 1000),
        "longest": int(patience * _LONGEST * 1000),
        "mark": quote(mark, raw),
        "is_local": is_local,
    }
    found = db.exec_driver_sql(message.format_map(given), execution_options=_AS_IT_STANDS)
    *_, isolation, process, now = found.one()
    _prepare_if_direct(db, raw, process)
    return Begun(float(now), str(isolation))


def be_patient(db: Connection, patience: float) -> None:
    """Have answers be waited for as long as a statement of that patience takes at most, math.inf for as long as it takes."""
    _raw(db).longest = patience * _LONGEST + _ON_THE_WAY


def wait_for_turn(db: Connection, team: str) -> None:
    """Wait until nobody else writes for `team`; then it is this transaction's turn."""
    db.exec_driver_sql(f"SELECT {_LOCK.format(team='%s')}", (team,))


def _raw(db: Connection) -> WatchedConnection:
    return cast("WatchedConnection", db.connection.driver_connection)


def _prepare_if_direct(db: Connection, raw: WatchedConnection, process: int) -> None:
    """Have statements prepared where the connection goes to the server itself, whose `process` works for it: on a pooler between
    they would be lost. It tells a process of its own making: www.postgresql.org/docs/current/protocol-flow.html, BackendKeyData.
    """
    if _IS_DIRECT not in db.info:
        db.info[_IS_DIRECT] = raw.info.backend_pid == process
        if db.info[_IS_DIRECT]:
            raw.prepare_threshold = _PREPARED_FROM
