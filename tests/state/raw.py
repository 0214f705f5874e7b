"""What a store holds, looked at and spoilt by statements of SQL; of a state.db also past the bot, on a connection apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlite_utils import Database

from bot.state.database.sqlite import SqliteFile, connect
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM


def rows(store: Store, sql: str, **values: Any) -> list[dict[str, Any]]:
    """Return what a statement finds, of all teams."""
    with store.reading(EVERY_TEAM) as db:
        return [dict(row) for row in db.execute(text(sql), values).mappings()]


def run(store: Store, sql: str, **values: Any) -> None:
    """Carry out a statement, for all teams."""
    with store.writing(EVERY_TEAM) as db:
        db.execute(text(sql), values)


def count(store: Store, table: str) -> int:
    """Return how many rows a table has."""
    return int(rows(store, f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608


def path_of(store: Store) -> Path:
    """Return the file of a store."""
    assert isinstance(store.backend, SqliteFile)
    return store.backend.path


def at(store: Store) -> Database:
    """Return a new connection to the file of a store; each statement is a transaction of its own."""
    return Database(connect(path_of(store)), execute_plugins=False)


@contextmanager
def changing(store: Store) -> Iterator[Database]:
    """Yield a connection under the write lock; what is done is committed at the end, or nothing of it."""
    db = at(store)
    try:
        db.execute("BEGIN IMMEDIATE")
        yield db
        db.execute("COMMIT")
    finally:
        db.conn.close()
