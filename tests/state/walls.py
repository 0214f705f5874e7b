"""The first wall between workspaces, in tests: every query of a transaction for a team asks for that team's rows.

The second is PostgreSQL's row-level security, which would hide it where one forgot to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Delete, Insert, Table, TextClause, Update
from sqlalchemy.event import listen, remove
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, ClauseElement
from sqlalchemy.sql.operators import eq

from bot.state.database.backend import Purpose
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, TEAM_TABLES

_NAMES: Final = {table.name for table in TEAM_TABLES}


class CrossingError(AssertionError):
    """A query of a transaction for one team asked for the rows of others."""


class WatchedStore(Store):
    """A store whose transactions for a team may ask for that team's rows alone. Statements of SQL that tests write are let through."""

    @contextmanager
    def _transaction(self, team: str, purpose: Purpose) -> Iterator[Connection]:
        with super()._transaction(team, purpose) as db, _watched(db, team):
            yield db


@contextmanager
def _watched(db: Connection, team: str) -> Iterator[None]:
    def look(_: Connection, statement: Any, multiparams: Any, params: Any, options: Any) -> None:
        if team != EVERY_TEAM and not isinstance(statement, TextClause):
            for values in [*multiparams, params] if params or not multiparams else multiparams:
                _check(statement, team, values)

    listen(db, "before_execute", look)
    try:
        yield
    finally:
        remove(db, "before_execute", look)


def _check(statement: ClauseElement, team: str, values: Mapping[str, Any]) -> None:
    if isinstance(statement, Insert):
        named = {**statement.compile().params, **values}.get("team_id")
        if named != team:
            raise CrossingError(f"rows of {named} would be written to {statement.table.name}, for {team}")
        return
    asked = _asked(statement, values)
    for table in _tables(statement):
        if asked.get(table) != {team}:
            raise CrossingError(f"{statement} asks for {table} of {asked.get(table)}, for {team}")


def _tables(statement: ClauseElement) -> set[str]:
    found = {element.name for element in visitors.iterate(statement) if isinstance(element, Table)}
    if isinstance(statement, Update | Delete):
        assert isinstance(statement.table, Table)
        found.add(statement.table.name)
    return found & _NAMES


def _asked(statement: ClauseElement, values: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return for each table the teams that the statement compares its `team_id` with, or another table's that is."""
    asked: dict[str, set[str]] = {}
    joined: list[tuple[str, str]] = []
    for element in visitors.iterate(statement):
        if not isinstance(element, BinaryExpression) or element.operator is not eq:
            continue
        left, right = element.left, element.right
        if getattr(left, "name", "") != "team_id" or getattr(left, "table", None) is None:
            continue
        if isinstance(right, BindParameter):
            asked.setdefault(left.table.name, set()).add(str(values.get(right.key, right.value)))
        elif getattr(right, "name", "") == "team_id":
            joined.append((left.table.name, right.table.name))
    for one, other in joined:
        for to, source in ((one, other), (other, one)):
            if to not in asked and source in asked:
                asked[to] = asked[source]
    return asked
