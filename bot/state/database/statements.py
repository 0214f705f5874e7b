"""How rows are read, and inserted where there may be one of the same key already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.state.unreadable import Row


# Both say it the same way, and SQLAlchemy for each apart.
def _insert(db: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if db.dialect.name == "sqlite" else postgresql.insert(table)


def rows(db: Connection, query: Executable) -> list[Row]:
    """Return what `query` finds, each row by the names of its columns."""
    return [dict(row) for row in db.execute(query).mappings()]


def first(db: Connection, query: Executable) -> Row | None:
    """Return the first row that `query` finds, None where it finds nothing."""
    found = db.execute(query).mappings().first()
    return dict(found) if found is not None else None


def insert_if_new(db: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert `row` unless there is one of its key; say whether it was inserted."""
    statement = _insert(db, table).values(row).on_conflict_do_nothing()
    # How many rows an INSERT made is told only to who asks.
    return db.execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1


def insert_each_if_new(db: Connection, table: Table, each: Sequence[Mapping[str, Any]]) -> None:
    """Insert each of these rows unless there is one of its key."""
    db.execute(_insert(db, table).on_conflict_do_nothing(), each)


def insert_or_update(
    db: Connection, table: Table, row: Mapping[str, Any], changed: Mapping[str, Any] | None = None
) -> None:
    """Insert `row`; where there is one of its key, set the columns of `changed`, else every one that is not of the key."""
    key = [column.name for column in table.primary_key]
    new = {name: value for name, value in row.items() if name not in key} if changed is None else changed
    statement = _insert(db, table).values(row)
    db.execute(statement.on_conflict_do_update(index_elements=key, set_=new))
