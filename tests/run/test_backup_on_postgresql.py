"""The commands that docs/operations.md gives for PostgreSQL do what it says of them, with the bots' own role."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from psycopg import sql
from sqlalchemy import Table, insert

from bot.local_slack import LocalSlackServer
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.store import Store
from bot.state.tables.moment import Moment
from bot.state.tables.schema import EVERY_TEAM, TEAM_TABLES, VERSION_TABLE
from tests.postgresql import Databases, PostgreSQL, programs
from tests.run.bot_process import ROOT, until, yrd
from tests.run.test_on_postgresql import ask, bot

PAGE: Final = (ROOT / "docs" / "operations.md").read_text("utf-8")
MAKE, GRANT = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
DUMP, LOOK, RESTORE = re.findall(r"```sh\n(.*?)```", PAGE.split("\n## Backup\n")[1], re.DOTALL)
SUPERUSER: Final = "postgres"
LANDLORD: Final = "landlord"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    """A server of these tests' own: on one that is named the role may be a superuser, whom row-level security lets be."""
    found = programs()
    if not (found / "pg_dump").exists():
        pytest.skip(f"no pg_dump in {found}")
    with closing(PostgreSQL(found)) as server:
        yield server


@pytest.fixture
def of_it(server: PostgreSQL) -> Iterator[Databases]:
    with closing(Databases(server.url("postgres"))) as given:
        yield given


@pytest.fixture
def url(of_it: Databases) -> Iterator[str]:
    """The URL of a database with rows of two workspaces in every table."""
    with of_it.database() as url:
        with closing(Store.connect(url)) as store, store.writing(EVERY_TEAM) as db:
            for table in TEAM_TABLES:
                db.execute(insert(table), [row_of(table, team) for team in ("T1", "T2")])
        yield url


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


def row_of(table: Table, team: str) -> dict[str, Any]:
    """Return a row with something in every column."""
    values: dict[type, Any] = {str: "a", int: 1, float: 5.5, bool: False}
    now = datetime(2026, 11, 29, tzinfo=UTC)
    return {
        column.name: now if isinstance(column.type, Moment) else values[column.type.python_type]
        for column in table.columns
        if column.autoincrement is not True
    } | {"team_id": team}


def rows(server: PostgreSQL, url: str) -> dict[str, list[str]]:
    """Return every row of every table, past row-level security."""
    with server.connected(url.rpartition("/")[2], user=SUPERUSER) as db:
        names = [*(table.name for table in TEAM_TABLES), VERSION_TABLE]
        return {
            name: sorted(
                map(repr, db.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))).fetchall())
            )
            for name in names
        }


def sh(command: str, folder: Path, url: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{programs()}:{os.environ['PATH']}", "YRD_DATABASE_URL": url}
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def psql(said: str, folder: Path, url: str) -> None:
    """Give lines to psql on its standard input."""
    (folder / "said.sql").write_text(said)
    ran = sh('psql --set=ON_ERROR_STOP=1 "$YRD_DATABASE_URL" <said.sql', folder, url)
    assert (ran.returncode, ran.stderr) == (0, "")


def as_user(user: str, url: str) -> str:
    return re.sub(r"//\w+@", f"//{user}@", url)


def test_what_is_dumped_comes_back_whole(
    server: PostgreSQL, of_it: Databases, url: str, tmp_path: Path
) -> None:
    before = rows(server, url)
    assert all(len(before[table.name]) >= 2 for table in TEAM_TABLES)
    dumped = sh(DUMP, tmp_path, url)
    assert (dumped.returncode, dumped.stderr) == (0, "")
    assert (tmp_path / "yrd.dump").stat().st_mode & 0o077 == 0
    looked = sh(LOOK, tmp_path, url)
    # Of a table with one column a row has no tab.
    assert (int(looked.stdout), looked.stderr) == (sum(map(len, before.values())) - 1, "")
    with server.connected(url.rpartition("/")[2], user=SUPERUSER) as db:
        db.execute("DELETE FROM questions WHERE team_id = 'T1'")
        db.execute("UPDATE subscriptions SET owner = 'somebody else'")
        db.execute("INSERT INTO team_zones VALUES ('T3', 'Europe/Berlin')")
        db.execute("DROP TABLE conversations")
    with of_it.database(is_empty=True) as empty:
        for target in (url, empty):
            restored = sh(RESTORE, tmp_path, target)
            assert (restored.returncode, restored.stderr) == (0, "")
            assert rows(server, target) == before
            assert (
                "is up to date and can be written" in yrd(tmp_path, "doctor", YRD_DATABASE_URL=target).stdout
            )
            # Row-level security holds as before, and the next event of a ledger is let in, and no other.
            with server.connected(target.rpartition("/")[2]) as db:
                assert db.execute("SELECT count(*) FROM questions").fetchone() == (0,)
            with closing(Store.connect(target)) as store, store.writing("T1") as connection:
                ledger = next(table for table in TEAM_TABLES if table.name == "contributions")
                connection.execute(insert(ledger), row_of(ledger, "T1") | {"seq": 2})


@pytest.mark.parametrize("part", [0.25, 0.5, 0.99])
def test_half_a_dump_takes_nothing_away(server: PostgreSQL, url: str, tmp_path: Path, part: float) -> None:
    before = rows(server, url)
    assert sh(DUMP, tmp_path, url).returncode == 0
    whole = (tmp_path / "yrd.dump").read_bytes()
    (tmp_path / "yrd.dump").write_bytes(whole[: int(len(whole) * part)])
    assert "error" in sh(LOOK, tmp_path, url).stderr
    assert sh(RESTORE, tmp_path, url).returncode != 0
    assert rows(server, url) == before


def test_without_either_of_the_two_there_is_no_dump(url: str, tmp_path: Path) -> None:
    without = DUMP.replace(" --enable-row-security", "")
    assert without != DUMP
    assert "row-level security" in sh(without, tmp_path, url).stderr
    alone = re.sub(r"PGOPTIONS='.*?' ", "", DUMP)
    assert alone != DUMP
    assert sh(alone, tmp_path, url).returncode == 0
    # Of how far the tables are everybody may read; that has no tab in it.
    assert sh(LOOK, tmp_path, url).stdout.strip() == "0"


def test_the_lines_that_make_role_and_database_make_them(server: PostgreSQL, tmp_path: Path) -> None:
    psql(MAKE.replace("yrd", "tried"), tmp_path, as_user(SUPERUSER, server.url("postgres")))
    made = as_user("tried", server.url("tried"))
    migrated = yrd(tmp_path, "migrate", YRD_DATABASE_URL=made)
    assert (migrated.returncode, "is up to date" in migrated.stdout) == (0, True)
    assert sh(DUMP, tmp_path, made).returncode == 0


@pytest.mark.parametrize("is_granted_first", [True, False])
def test_a_role_that_may_make_no_tables_works_with_those_of_the_owner(
    server: PostgreSQL, slack: LocalSlackServer, folder: Path, *, is_granted_first: bool
) -> None:
    name = f"of_a_landlord_{is_granted_first}".lower()
    with server.connected("postgres", user=SUPERUSER) as db:
        if db.info.server_version < 150000:
            pytest.skip("before PostgreSQL 15 everybody may make tables")
        if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [LANDLORD]).fetchone():
            db.execute(f"CREATE ROLE {LANDLORD} LOGIN")
        db.execute(
            sql.SQL("CREATE DATABASE {} OWNER landlord ENCODING 'UTF8' TEMPLATE template0").format(
                sql.Identifier(name)
            )
        )
    url = server.url(name)
    owners = as_user(LANDLORD, url)
    refused = yrd(folder, "migrate", YRD_DATABASE_URL=url)
    assert (refused.returncode, "as the owner" in refused.stderr) == (1, True)
    if is_granted_first:
        psql(GRANT, folder, owners)
    assert yrd(folder, "migrate", YRD_DATABASE_URL=owners).returncode == 0
    if not is_granted_first:
        psql(GRANT, folder, owners)
    # A dump that the owner restores takes no rights away.
    assert sh(DUMP, folder, url).returncode == 0
    restored = sh(RESTORE, folder, owners)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "is up to date and can be written" in yrd(folder, "doctor", YRD_DATABASE_URL=url).stdout
    with bot(slack, folder, url) as one:
        ask(slack, one, "/yrd-digest", "subscribe ports daily 09:00")
        slack.driver.click("alice", slack.team.ephemerals("general", "alice")[-1], "choice:0")
        until(lambda: "every day at 09:00" in ask(slack, one, "/yrd-digest", "list"), 10)
        assert one.get("/readyz")[0] == 200
