"""Whether the tables of a state.db are those that this version works with."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlite_utils import Database

from bot.state.schema import MIGRATIONS

NEWER = (
    "comes from a newer version of YRD Desk: run that version, or put a backup of this one in its place with `yrd restore"
    " FILE`"
)


def problem(db: Database) -> str:
    """Return why this version cannot work with the tables of `db`, "" where it can or can bring them up to date."""
    known = {migration.name for migration in MIGRATIONS._migrations}
    applied = {migration.name for migration in MIGRATIONS.applied(db)}
    if applied - known:
        return NEWER
    if known - applied:
        return ""
    found = {table: set(db.table(table).columns_dict) for table in db.table_names()}
    lacking = sorted(
        f"{table}.{column}"
        for table, columns in _ours().items()
        for column in columns
        if column not in found.get(table, set())
    )
    return f"lacks {', '.join(lacking[:3])}, so it {NEWER}" if lacking else ""


def _ours() -> dict[str, list[str]]:
    """Return the columns of each table as the migrations make them."""
    with closing(sqlite3.connect(":memory:")) as raw:
        db = Database(raw, execute_plugins=False)
        MIGRATIONS.apply(db)
        return {table: list(db.table(table).columns_dict) for table in db.table_names()}
