"""Carrying a state.db over to a database on a server: all of it, or nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, delete, insert, select
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
# What a bot writes by its start alone, before anybody says anything to it: what is carried over takes its place.
_OF_A_START: Final = frozenset({"arrivals", "identities", "notices"})
_COPIED: Final = tuple(table for table in TEAM_TABLES if table.name not in _LEFT)
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

    A `target` that holds only what the start of a bot wrote counts as empty, and that goes. StateError, with nothing changed,
    where a bot uses `source`, `target` holds more, or a row of `source` cannot be read.
    """
    check(source)
    try:
        lease = take_lease(source, exclusive=True)
    except BlockingIOError:
        raise StateError(f"{source} is in use: stop the bot, then carry it over.") from None
    with lease:
        # Nobody else is at it: what lies there was left by one that was killed.
        _clear(source)
        return _carry_over(source, target)


def _clear(source: Path) -> None:
    """Delete the folders that were made to carry `source` over and never cleared away: each holds a copy of all of it."""
    # As `tempfile` names them.
    named = re.compile(rf"{re.escape(source.name)}\.[a-z0-9_]{{8}}{re.escape(files.BEING_MADE)}")
    for folder in source.parent.iterdir():
        is_ours = named.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink()
        if is_ours and all(one.name.startswith(source.name) for one in folder.iterdir()):
            shutil.rmtree(folder)


def _carry_over(source: Path, target: Store) -> Mapping[str, int]:
    beside = TemporaryDirectory(dir=source.parent, prefix=f"{source.name}.", suffix=files.BEING_MADE)
    with beside as folder:
        # A copy, so that one of an older version is brought up to date there and not here.
        copy = checked_copy(source, Path(folder) / source.name, ".copy")
        with alone_with(copy) as old, target.writing(EVERY_TEAM) as db:
            target.backend.unhurried(db)
            _make_empty(db, target)
            # A team's row among the stopped ones comes last, as it goes last.
            return {table.name: _copy(table, old, db, target) for table in _COPIED}


def _make_empty(db: Connection, target: Store) -> None:
    """Delete what the start of a bot wrote; StateError where there is more."""
    for table in _COPIED:
        if table.name not in _OF_A_START and db.execute(select(table.c.team_id).limit(1)).first():
            raise StateError(
                f"{target.backend.name} holds rows already (in {table.name}), and nothing was changed: name an empty one in"
                " YRD_DATABASE_URL (`CREATE DATABASE other OWNER yrd ENCODING 'UTF8' TEMPLATE template0` makes one, where yrd is"
                " the bots' role)."
            )
    for table in _COPIED:
        if table.name in _OF_A_START:
            db.execute(delete(table))


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
