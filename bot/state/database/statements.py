"""How rows are read, and inserted where there may be one of the same key already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import sqlite

from bot.state.unreadable import Row

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def rows(db: Connection, query: Executable, values: Mapping[str, Any] | None = None) -> list[Row]:
    """Return what `query`, with `values` for its parameters, finds, each row by the names of its columns."""
    return [dict(row) for row in db.execute(query, values).mappings()]


def first(db: Connection, query: Executable, values: Mapping[str, Any] | None = None) -> Row | None:
    """Return the first row that `query`, with `values` for its parameters, finds, None where it finds nothing."""
    found = db.execute(query, values).mappings().first()
    return dict(found) if found is not None else None


def insert_if_new(db: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert `row`, whose columns are always the same ones, unless there is one of its key; say whether it was inserted."""
    # How many rows an INSERT made is told only to who asks.
    done = db.execute(
        _unless_there(table, db.dialect.name), row, execution_options={"preserve_rowcount": True}
    )
    return done.rowcount == 1


def insert_each_if_new(db: Connection, table: Table, each: Sequence[Mapping[str, Any]]) -> None:
    """Insert each of these rows unless there is one of its key."""
    db.execute(_unless_there(table, db.dialect.name), each)


def insert_or_update(
    db: Connection, table: Table, row: Mapping[str, Any], changed: Mapping[str, Any] | None = None
) -> None:
    """Insert `row`; where there is one of its key, set the columns of `changed`, else every one that is not of the key."""
    key = [column.name for column in table.primary_key]
    statement = _insert(table, db.dialect.name)
    new = {name: statement.excluded[name] for name in row if name not in key} if changed is None else changed
    db.execute(statement.on_conflict_do_update(index_elements=key, set_=new), row)


# Built once: to put a statement together takes longer than to carry it out.
@cache
def _unless_there(table: Table, dialect: str) -> Executable:
    return _insert(table, dialect).on_conflict_do_nothing()


def _insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that may be told what to do on a conflict: both say it the same way, and SQLAlchemy for each apart."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    # Loaded where a server is used.
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
