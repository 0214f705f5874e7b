"""Whether a file is a state.db that can be used; what is none is named, and never taken for a new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from bot.state.schema import MIGRATIONS

_WAIT_SECONDS: Final = 5.0
_TAKEN: Final = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_SHUT: Final = frozenset(
    (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_AUTH)
)
# The low byte of an extended code is its kind (sqlite.org/rescode.html).
_KIND: Final = 0xFF


class UnusableError(Exception):
    """The file cannot be used; its text goes on after the file's name. Not `is_damaged` where another time it may be."""

    def __init__(self, said: str, *, is_damaged: bool = True) -> None:
        super().__init__(said)
        self.is_damaged = is_damaged


def examine(path: Path, patience: float = _WAIT_SECONDS) -> None:
    """Raise UnusableError unless the file is a sound database of ours, of whatever version. Changes nothing in it.

    It waits `patience` seconds for the locks of others. What a crash left half done is rolled back first, as at any opening.
    """
    if not path.is_file():
        raise UnusableError("is no file")
    if path.stat().st_size == 0:
        raise UnusableError("is empty")
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=patience)
        ) as raw:
            _examine(raw)
    except sqlite3.Error as error:
        raise _unusable(error) from error


def is_locked(error: BaseException | None) -> bool:
    """Say whether `error` is that another program, or another thread, holds the file."""
    return _kind(error) in _TAKEN


def _kind(error: BaseException | None) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & _KIND


def _unusable(error: sqlite3.Error) -> UnusableError:
    if is_locked(error):
        return UnusableError("is locked by another program: end that, then try again", is_damaged=False)
    if _kind(error) in _SHUT:
        return UnusableError(
            f"cannot be opened ({error}): check whose it is, and its rights", is_damaged=False
        )
    return UnusableError(f"is damaged ({error})")


def _examine(raw: sqlite3.Connection) -> None:
    found = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise UnusableError(f"is damaged ({' '.join(str(found).split())})")
    tables = columns(raw)
    if raw.execute("PRAGMA application_id").fetchone()[0] or not _has_migrations(raw, tables):
        raise UnusableError("is no state.db of YRD Desk but a file of another program")


def _has_migrations(raw: sqlite3.Connection, tables: dict[str, frozenset[str]]) -> bool:
    if not tables.get("_sqlite_migrations", frozenset()) >= {"migration_set", "name"}:
        return False
    ours = "SELECT 1 FROM _sqlite_migrations WHERE migration_set = ?"
    return raw.execute(ours, [MIGRATIONS.name]).fetchone() is not None


def require_tables(raw: sqlite3.Connection) -> None:
    """Raise UnusableError where a table, a column or a trigger of this version is not there, whatever the migrations say."""
    here = columns(raw)
    for table, wanted in _expected().items():
        if missing := sorted(wanted - here.get(table, frozenset())):
            raise UnusableError(f"is damaged (it lacks {missing[0]} of {table})")


def columns(raw: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Return for each table the names of its columns and triggers."""
    found = raw.execute(
        "SELECT m.tbl_name, p.name FROM sqlite_master AS m, pragma_table_xinfo(m.tbl_name) AS p WHERE m.type = 'table'"
        " UNION SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    )
    tables: dict[str, set[str]] = {}
    for table, name in found:
        tables.setdefault(table, set()).add(name)
    return {table: frozenset(names) for table, names in tables.items()}


@cache
def _expected() -> dict[str, frozenset[str]]:
    with closing(sqlite3.connect(":memory:")) as raw:
        MIGRATIONS.apply(Database(raw, execute_plugins=False))
        return columns(raw)
