"""Whether the tables of a state.db are those that this version works with."""

from __future__ import annotations

import sqlite3
from typing import Final

from bot.state.tables.schema import REVISION, REVISIONS, TRIGGERS, VERSION_TABLE, metadata

NEWER: Final = (
    "comes from a newer version of YRD Desk: run that version, or put a backup of this one in its place with `yrd restore"
    " FILE`"
)
# Up to version 0.1 a state.db was brought up to date by sqlite-utils, which notes each step by name; this was the last.
_OLD: Final = "_sqlite_migrations"
_OLD_SET: Final = "yrd-state"
_OLD_LAST: Final = "m090_digest_changes"


def is_ours(raw: sqlite3.Connection) -> bool:
    """Say whether a database has, or had with version 0.1, what tells of which revision our tables are."""
    return bool(_revision(raw) or _old_steps(raw))


def is_of_0_1(raw: sqlite3.Connection) -> bool:
    """Say whether a database is as version 0.1 left it."""
    return not _revision(raw) and bool(_old_steps(raw))


def is_newer(raw: sqlite3.Connection) -> bool:
    """Say whether a later version has brought a database up to date."""
    return _revision(raw) not in ("", *REVISIONS) or any(step > _OLD_LAST for step in _old_steps(raw))


def is_older(raw: sqlite3.Connection) -> bool:
    """Say whether a database is still to be brought up to date."""
    return _revision(raw) < REVISION


def problem(raw: sqlite3.Connection) -> str:
    """Return why this version cannot work with the tables of a database, "" where it can or will once they are up to date.

    They are looked at themselves, whatever the revision says.
    """
    if is_newer(raw):
        return NEWER
    if is_older(raw):
        return ""
    here = _names(raw)
    for table in metadata.sorted_tables:
        wanted = {*table.columns.keys(), *TRIGGERS.get(table.name, ())}
        if missing := sorted(wanted - here.get(table.name, set())):
            return (
                f"is damaged (it lacks {missing[0]} of {table.name}): put a backup in its place with `yrd restore FILE`,"
                " which keeps this file aside"
            )
    return ""


def _revision(raw: sqlite3.Connection) -> str:
    """Return the revision of the tables, "" where a database does not say."""
    if not _has(raw, VERSION_TABLE, "version_num"):
        return ""
    found = raw.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608 - the name is ours
    return str(found[0]) if found else ""


def _old_steps(raw: sqlite3.Connection) -> list[str]:
    """Return the names of the steps that brought a database of version 0.1 up to date."""
    if not _has(raw, _OLD, "migration_set", "name"):
        return []
    steps = raw.execute(f"SELECT name FROM {_OLD} WHERE migration_set = ?", [_OLD_SET])  # noqa: S608
    return [str(name) for (name,) in steps]


def _has(raw: sqlite3.Connection, table: str, *columns: str) -> bool:
    return set(columns) <= {row[1] for row in raw.execute(f"PRAGMA table_info({table})")}


def _names(raw: sqlite3.Connection) -> dict[str, set[str]]:
    """Return for each table the names of its columns and triggers."""
    found = raw.execute(
        "SELECT m.tbl_name, p.name FROM sqlite_master AS m, pragma_table_xinfo(m.tbl_name) AS p WHERE m.type = 'table'"
        " UNION SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    )
    tables: dict[str, set[str]] = {}
    for table, name in found:
        tables.setdefault(table, set()).add(name)
    return tables
