"""Carrying a state.db over to a database on a server: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select

from bot.state.database.sqlite import take_lease, verify
from bot.state.disk.copying import checked_copy
from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, TEAM_TABLES

# What only the machine that a state.db lies on has a use for.
_LEFT: Final = frozenset({"outcomes"})
_AT_ONCE: Final = 500


def carry_over(source: Path, target: Store) -> Mapping[str, int]:
    """Copy every row of the state.db `source`, of whatever version, into the empty `target`; return how many by table.

    StateError, with nothing copied, where a bot uses `source`, `target` holds rows already, or a row of `source` cannot be
    read.
    """
    verify(source)
    if not source.exists():
        raise StateError(f"{source} does not exist.")
    try:
        lease = take_lease(source, exclusive=True)
    except BlockingIOError:
        raise StateError(f"{source} is in use: stop the bot, then carry it over.") from None
    with lease, TemporaryDirectory(dir=source.parent) as folder:
        # A copy, so that one of an older version is brought up to date there and not here.
        copy = checked_copy(source, Path(folder) / source.name, ".copy")
        with closing(Store.open(copy)) as old, target.writing(EVERY_TEAM) as db:
            _check_is_empty(db, target)
            # A team's row among the stopped ones comes last, as it goes last.
            return {table.name: _copy(table, old, db) for table in TEAM_TABLES if table.name not in _LEFT}


def _check_is_empty(db: Connection, target: Store) -> None:
    for table in TEAM_TABLES:
        if table.name not in _LEFT and db.execute(select(table.c.team_id).limit(1)).first():
            raise StateError(f"{target.backend.name} holds rows already: name an empty database.")


def _copy(table: Table, old: Store, db: Connection) -> int:
    # In the order of the key: the ledger of contributions takes nothing but its next event.
    found = [
        dict(_sound(table, row)) for row in old.rows(EVERY_TEAM, select(table).order_by(*table.primary_key))
    ]
    for start in range(0, len(found), _AT_ONCE):
        db.execute(insert(table), found[start : start + _AT_ONCE])
    return len(found)


def _sound(table: Table, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, bytes) or (isinstance(value, str) and "\0" in value):
            raise StateError(
                f"A row of {table.name} cannot be read: `yrd doctor` names it; end or delete it first."
            )
        yield name, value
