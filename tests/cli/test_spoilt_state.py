"""Commands on a state.db of which a single value is spoilt: whatever table and column, a sentence and no traceback."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy.dialects import sqlite

from bot.cli.main import yrd
from bot.state.contributions import StoredContributions
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from bot.state.tables.schema import TEAM_TABLES, VERSION_TABLE
from handlers.subscription import Subscription
from tests.cli.test_export_seeds import PAGE, approved, record
from tests.conftest import SEEDS
from tests.run.bot_process import free_port
from tests.state import raw

NOW = datetime.now(UTC)
SPOILT: Final[dict[str, tuple[object, ...]]] = {
    "TEXT": ("{", "null", "[[]]", '{"a": [1]}', "", "\x00", b"\xff\xfe", "[" * 9999),
    "INTEGER": (-1, 2**63 - 1, -(2**63)),
    "REAL": (-1e300, float("inf"), 253402300800.0, -62135596801.0),
}  # fmt: skip
# What reads one table more than the others do.
MORE: Final = {
    "subscriptions": ("digest", "preview", "1"),
    "contributions": ("export", "contributions", "--to", "seeds"),
}


@pytest.fixture(scope="module")
def template(shared_data_folder: Path) -> Path:
    """A state.db with a row in every table, among them a digest that was due, and a proposal that was approved."""
    path = shared_data_folder / "state.db"
    store = Store.open(path)
    wanted = Subscription(
        "T1", "C1", "U1", time(9), "Asia/Shanghai", weekdays=(0, 1, 2, 3, 4, 5, 6), topics=("ports",)
    )
    StoredSubscriptions(store).add(wanted, NOW - timedelta(days=3))
    for event in approved(PAGE):
        record(store, event)
    assert StoredContributions(store).teams() == ("T1",)
    with raw.changing(store) as db:
        for table in db.table_names():
            if table != VERSION_TABLE and not db.table(table).count:
                of_type = {"TEXT": "[]", "INTEGER": 1, "REAL": NOW.timestamp()}
                db.table(table).insert(
                    {c.name: of_type[c.type] for c in db.table(table).columns} | {"team_id": "T2"}
                )
    store.close()
    return path


def columns() -> list[tuple[str, str, str]]:
    """Return table, name and type of each column."""
    return [
        (table.name, column.name, str(column.type.compile(sqlite.dialect())))
        for table in TEAM_TABLES
        for column in table.columns
    ]


def spoil(path: Path, table: str, column: str, value: object) -> None:
    """Write what no program of ours does, past the triggers of the ledger."""
    with closing(sqlite3.connect(path)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        put = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
        first = f"rowid = (SELECT min(rowid) FROM {table})"  # noqa: S608
        raw.execute(f"UPDATE {table} SET {column} = {put} WHERE {first}", [value])  # noqa: S608
        for _, sql in triggers:
            raw.execute(sql)
        raw.commit()


@pytest.mark.chaos
@pytest.mark.parametrize(("table", "column", "kind"), columns())
def test_a_spoilt_value_is_no_traceback_of_any_command(
    template: Path, tmp_path: Path, table: str, column: str, kind: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YRD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("YRD_SEEDS", str(SEEDS))
    monkeypatch.setenv("YRD_PORT", str(free_port()))
    shutil.copyfile(template.with_name("facts.db"), tmp_path / "facts.db")

    def run(*command: str) -> None:
        with pytest.raises(SystemExit) as ended:
            yrd.main(list(command))
        said = capsys.readouterr()
        assert ended.value.code in (0, 1, 2), (command, value)
        assert ended.value.code == 0 or said.err.strip() or said.out.strip(), (command, value)
        assert "Traceback" not in said.err, (command, value)
        assert "went wrong" not in said.err, (command, value)

    for value in SPOILT[kind]:
        shutil.copyfile(template, tmp_path / "spoilt.db")
        spoil(tmp_path / "spoilt.db", table, column, value)
        run("restore", "spoilt.db")
        run("digest", "list")
        if table in MORE:
            run(*MORE[table])
    # These take longest, and read no value by itself.
    run("backup", "copy.db")
    run("doctor")
