"""Carrying a state.db over to a database on a server: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot.state.database.sqlite import alone_with, take_lease
from bot.state.disk import files
from bot.state.disk.copying import checked_copy
from bot.state.disk.soundness import UnusableError, examine
from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, TEAM_TABLES

# What only the processes that wrote it have a use for.
_LEFT: Final = frozenset({"outcomes", "processes", "slack_oauth_states"})
_AT_ONCE: Final = 500


def check(source: Path) -> None:
    """Raise StateError unless `source` is a sound state.db, of whatever version. Changes nothing."""
    if not source.exists():
        raise StateError(f"{source} does not exist: name the state.db to carry over.")
    try:
        examine(source)
    except UnusableError as error:
        raise StateError(f"{source} {error}: name the state.db to carry over.") from error


def carry_over(source: Path, target: Store) -> Mapping[str, int]:
    """Copy every row of the state.db `source`, of whatever version, into the empty `target`; return how many by table.

    StateError, with nothing copied, where a bot uses `source`, `target` holds rows already, or a row of `source` cannot be
    read.
    """
    check(source)
    try:
        lease = take_lease(source, exclusive=True)
    except BlockingIOError:
        raise StateError(f"{source} is in use: stop the bot, then carry it over.") from None
    beside = TemporaryDirectory(dir=source.parent, prefix=f"{source.name}.", suffix=files.BEING_MADE)
    with lease, beside as folder:
        # A copy, so that one of an older version is brought up to date there and not here.
        copy = checked_copy(source, Path(folder) / source.name, ".copy")
        with alone_with(copy) as old, target.writing(EVERY_TEAM) as db:
            target.backend.unhurried(db)
            _check_is_empty(db, target)
            # A team's row among the stopped ones comes last, as it goes last.
            return {
                table.name: _copy(table, old, db, target) for table in TEAM_TABLES if table.name not in _LEFT
            }


def _check_is_empty(db: Connection, target: Store) -> None:
    for table in TEAM_TABLES:
        if table.name not in _LEFT and db.execute(select(table.c.team_id).limit(1)).first():
            raise StateError(f"{target.backend.name} holds rows already: name an empty database.")


def _copy(table: Table, source: Connection, db: Connection, target: Store) -> int:
    # In the order of the key: the ledger of contributions takes nothing but its next event.
    every = select(table).order_by(*table.primary_key).execution_options(yield_per=_AT_ONCE)
    copied = 0
    for rows in source.execute(every).mappings().partitions():
        sound = [_sound(table, row, copied + number) for number, row in enumerate(rows, 1)]
        try:
            db.execute(insert(table), sound)
        except SQLAlchemyError as error:
            raise target.backend.error(error) from error
        copied += len(rows)
    return copied


def _sound(table: Table, row: RowMapping, number: int) -> dict[str, Any]:
    # A number that the database itself gives to a row, it gives anew.
    found = {column.name: row[column.name] for column in table.columns if column.autoincrement is not True}
    for name, value in found.items():
        if isinstance(value, bytes):
            raise StateError(
                f"Row {number} of {table.name}, in the order of its key, holds bytes that are no text in {name}:"
                " delete it, or put back a backup that can be read with `yrd restore FILE`, then carry it over."
            )
    return found
