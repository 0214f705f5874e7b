"""A state.db of version 0.1, of whatever step of it, goes on with all that is in it; as it was it is kept aside."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from sqlite_utils import Database

from bot.state.copies.backup import backup, restore
from bot.state.database.sqlite import is_older_version, verify
from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.tables.schema import TEAM_TABLES
from tests.state import raw, version_0_1

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
STEPS: Final = [step.name for step in version_0_1.STEPS._migrations]
OF_TYPE: Final[dict[str, Any]] = {"TEXT": "a", "INTEGER": 1, "REAL": 5.5}


def filled(path: Path, stop_before: str | None) -> dict[str, list[dict[str, Any]]]:
    """Make a state.db as it was before a step, with a row in every table, and return what is in it."""
    version_0_1.make(path, stop_before)
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection, execute_plugins=False)
        tables = [name for name in db.table_names() if not name.startswith(("_", "sqlite_"))]
        for name in tables:
            db.table(name).insert({column.name: OF_TYPE[column.type] for column in db.table(name).columns})
        connection.commit()
        return {name: list(db.table(name).rows) for name in tables}


@pytest.mark.parametrize("stop_before", [*STEPS[1:], None])
def test_every_row_is_there_afterwards_and_the_old_file_beside(
    tmp_path: Path, stop_before: str | None
) -> None:
    path = tmp_path / "data" / "state.db"
    before = filled(path, stop_before)
    old = path.read_bytes()
    assert is_older_version(path)
    with closing(Store.open(path)) as store:
        for table in TEAM_TABLES:
            now = raw.rows(store, f"SELECT * FROM {table.name}")  # noqa: S608
            then = before.get(table.name, [])
            assert [row | old_row for row, old_row in zip(now, then, strict=True)] == now
        assert store.is_writable()
    assert not is_older_version(path)
    (aside,) = path.parent.glob("*.old")
    assert (aside.name, aside.stat().st_mode & 0o777) == ("state.db.0.1.old", 0o600)
    with closing(sqlite3.connect(aside)) as kept, closing(sqlite3.connect(":memory:")) as copy:
        copy.deserialize(old)
        assert list(kept.iterdump()) == list(copy.iterdump())


def test_it_is_carried_over_once_by_bots_that_start_at_once(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    before = filled(path, None)
    together = threading.Barrier(4)

    def start() -> int:
        together.wait()
        with closing(Store.open(path)) as store:
            return raw.count(store, "contributions")

    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(start) for _ in range(4)]
        assert [one.result() for one in found] == [len(before["contributions"])] * 4
    assert [file.name for file in tmp_path.glob("*.old")] == ["state.db.0.1.old"]


def test_a_backup_of_it_is_put_back_and_goes_on(tmp_path: Path) -> None:
    filled(tmp_path / "old" / "state.db", None)
    backup(tmp_path / "old" / "state.db", tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", tmp_path / "new" / "state.db", NOW) is None
    assert not is_older_version(tmp_path / "new" / "state.db")
    with closing(Store.open(tmp_path / "new" / "state.db")) as store:
        assert raw.count(store, "contributions") == 1
    assert is_older_version(tmp_path / "copy.db")


def test_a_step_that_0_1_never_had_is_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    version_0_1.make(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('yrd-state', 'm999_from_the_future')"
        )
    with pytest.raises(StateError, match="newer version"):
        Store.open(path)


def test_what_could_not_be_copied_is_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.db"
    filled(path, None)
    old = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.state.disk.copying.files.sync", full)
    with pytest.raises(StateError, match="No space left"):
        Store.open(path)
    verify(path)
    assert path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir() if file.name != "state.db.lock"] == ["state.db"]
