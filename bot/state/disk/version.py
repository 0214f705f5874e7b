"""Whether the tables of a state.db are those that this version works with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import Final

from sqlite_utils import Database

from bot.state.schema import MIGRATIONS

NEWER: Final = (
    "comes from a newer version of YRD Desk: run that version, or put a backup of this one in its place with `yrd restore"
    " FILE`"
)


def is_newer(db: Database) -> bool:
    """Say whether a later version has brought `db` up to date."""
    known = {migration.name for migration in MIGRATIONS._migrations}
    return any(migration.name not in known for migration in MIGRATIONS.applied(db))


def is_older(db: Database) -> bool:
    """Say whether `db` is still to be brought up to date."""
    return bool(MIGRATIONS.pending(db))


def problem(db: Database) -> str:
    """Return why this version cannot work with the tables of `db`, "" where it can or will once they are up to date.

    They are looked at themselves, whatever the migrations say.
    """
    if is_newer(db):
        return NEWER
    if is_older(db):
        return ""
    here = _columns(db.conn)
    for table, wanted in _expected().items():
        if missing := sorted(wanted - here.get(table, frozenset())):
            return (
                f"is damaged (it lacks {missing[0]} of {table}): put a backup in its place with `yrd restore FILE`,"
                " which keeps this file aside"
            )
    return ""


def _columns(raw: sqlite3.Connection) -> dict[str, frozenset[str]]:
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
        return _columns(raw)
