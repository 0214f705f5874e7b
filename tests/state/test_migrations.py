"""However a database came to its tables, they are the same; one of a newer version is left alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from bot.state.database.postgresql import Server
from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.tables import migrations
from bot.state.tables.migrations import upgrade
from bot.state.tables.schema import EVERY_TEAM, REVISION, VERSION_TABLE, metadata
from tests.both import BOTH
from tests.postgresql import Databases
from tests.state import raw

RULES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1",
    "postgresql": "SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 1",
}


def _differences(db: Connection) -> list[object]:
    found = MigrationContext.configure(
        db, opts={"version_table": VERSION_TABLE, "compare_server_default": True}
    )
    return list(compare_metadata(found, metadata))


def _made(make: Callable[[Connection], None], url: str) -> tuple[list[object], list[object], str]:
    """Return what differs from the tables as they are declared, what rules the database has, and its revision."""
    engine = create_engine(url)
    with engine.connect() as db, db.begin():
        make(db)
        rules = [tuple(row) for row in db.execute(text(RULES[engine.dialect.name]))]
        return _differences(db), list(rules), upgrade.revision(db)


def test_the_newest_revision_is_the_one_that_the_code_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_a_new_state_db_is_as_one_that_was_brought_up_to_date(tmp_path: Path) -> None:
    made = [
        _made(make, f"sqlite:///{tmp_path}/{make.__name__}.db") for make in (upgrade.create, upgrade.upgrade)
    ]
    assert made[0] == made[1]
    differences, rules, revision = made[0]
    assert (differences, len(rules), revision) == ([], 4, REVISION)


def test_a_database_on_a_server_is_as_it_is_declared(postgresql: Databases) -> None:
    made = []
    for make in (upgrade.create, upgrade.upgrade):
        with postgresql.database(is_empty=True) as url:
            made.append(_made(make, url.replace("postgresql://", "postgresql+psycopg://")))
    assert made[0] == made[1]
    differences, rules, revision = made[0]
    assert (differences, len(rules), revision) == ([], len(metadata.tables), REVISION)


def test_every_table_has_a_rule_for_its_rows(opened: Callable[[], Store], postgresql: Databases) -> None:
    with postgresql.database() as url, closing(Store.connect(url)) as store:
        forced = raw.rows(store, "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relrowsecurity")
        assert {row["relname"] for row in forced} == set(metadata.tables)


@BOTH
def test_a_database_of_a_newer_version_is_refused(opened: Callable[[], Store]) -> None:
    with closing(opened()) as store, store.writing(EVERY_TEAM) as db:
        db.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0999'"))  # noqa: S608
    with pytest.raises(StateError, match="comes from a newer version of YRD Desk: run that version"):
        opened()


def test_of_processes_that_start_at_once_one_makes_the_tables(
    postgresql: Databases, caplog: pytest.LogCaptureFixture
) -> None:
    together = threading.Barrier(6)

    def start(url: str) -> str:
        server = Server(url)
        together.wait()
        server.prepare(5)
        problem = server.problem()
        server.close()
        return problem

    with postgresql.database(is_empty=True) as url, ThreadPoolExecutor(6) as pool:
        started = [pool.submit(start, url) for _ in range(6)]
        assert [one.result() for one in started] == [""] * 6
    assert sum("was brought up to date" in record.getMessage() for record in caplog.records) == 1


def test_a_user_who_may_make_no_tables_is_told_who_has_to(postgresql: Databases) -> None:
    with postgresql.database(is_empty=True) as url:
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.connect() as db, db.begin():
            db.execute(text("CREATE ROLE reader LOGIN"))
        try:
            with pytest.raises(StateError, match="run `yrd migrate` as the owner of the database"):
                Store.connect(url.replace("//yrd@", "//reader@"))
        finally:
            with engine.connect() as db, db.begin():
                db.execute(text("DROP ROLE reader"))
            engine.dispose()


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE teams (name text)",
        "CREATE FUNCTION contributions_rule() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_a_database_that_holds_what_is_not_ours_is_left_as_it_is(postgresql: Databases, made: str) -> None:
    with postgresql.database(is_empty=True) as url:
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.connect() as db, db.begin():
            db.execute(text(made))
        before = inspect(engine).get_table_names()
        with pytest.raises(StateError, match="name an empty database"):
            Store.connect(url)
        with closing(Store.look_at(url)) as store, pytest.raises(StateError, match="name an empty database"):
            store.is_behind()
        assert inspect(engine).get_table_names() == before
        engine.dispose()


def test_what_is_only_looked_at_gets_no_tables(postgresql: Databases) -> None:
    with postgresql.database(is_empty=True) as url:
        with closing(Store.look_at(url)) as store:
            assert "run `yrd migrate`" in store.problem()
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        assert inspect(engine).get_table_names() == []
        engine.dispose()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://yrd:sesame@127.0.0.1:1/yrd", "cannot be reached"),
        ("mysql://yrd:sesame@127.0.0.1/yrd", "only postgresql:// is known"),
        ("sesame", "no URL"),
    ],
)
def test_a_database_that_cannot_be_used_is_a_sentence_without_a_password(url: str, said: str) -> None:
    with pytest.raises(StateError, match=said) as refused:
        Store.connect(url)
    assert "sesame" not in str(refused.value)
