"""Values that a damaged disk or another version may leave in a column, by the column's type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from bot.state.store import Store
from tests.state import raw

NO_TEXT: Final = b"\xff\xfe"
TEXTS: Final = (
    "", "null", "{}", "[]", "[7]", '{"name": 7}', "not json", "\x00", "America", "2026-99-99", "p:x", NO_TEXT,
)  # fmt: skip
INTEGERS: Final = (-1, 7, 2**63 - 1, -(2**63))
REALS: Final = (-1.0, -1e300, 1e300, float("inf"), float("-inf"))


def columns(store: Store, table: str) -> dict[str, str]:
    """Return the columns of a table and their types, but for the workspace's."""
    found = raw.at(store).query(f"PRAGMA table_info({table})")
    return {row["name"]: row["type"] for row in found if row["name"] != "team_id"}


def values(type_: str) -> tuple[Any, ...]:
    return {"TEXT": TEXTS, "INTEGER": INTEGERS, "REAL": REALS}[type_]


def plans(plan: str) -> Iterator[str]:
    """Yield plans of a digest as another version would have written them, or nobody."""
    whole = json.loads(plan)
    yield from (json.dumps({k: v for k, v in whole.items() if k != name}) for name in whole)
    changes: dict[str, Any] = {
        "zone": ("Mars/Base", "America", "../etc", "\x00", ""), "weekdays": ([9], "mon", [], None),
        "at": ("25:00", 9, "09:00Z"), "monthday": (32, "last"), "facts": (0, "many"), "topics": ("ports", [None]),
        "skip_holidays": ("ZZ", "China"), "when_empty": ("shout",), "quiet": (["x", "y"], ["22:00:00"]),
    }  # fmt: skip
    for name, wrong in changes.items():
        yield from (json.dumps({**whole, name: value}) for value in wrong)


def corrupt(store: Store, table: str, column: str, value: Any, where: str) -> None:
    """Put `value` into a column, past what the tables ask for."""
    with raw.changing(store) as db:
        triggers = db.query("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table])
        for trigger in [row["name"] for row in triggers]:
            db.execute(f"DROP TRIGGER {trigger}")
        held = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
        db.execute(f"UPDATE {table} SET {column} = {held} WHERE {where}", [value])  # noqa: S608
