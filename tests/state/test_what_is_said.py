"""What an operator is told of a database: what is wrong, what to do, and never a password."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.settings import ConfigurationError, load_settings
from bot.state.errors import MisconfiguredError, StateError, UnavailableError
from bot.state.store import Store
from tests.postgresql import Databases
from tests.run.bot_process import yrd
from tests.state import raw


def _set(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(statement.format(name=url.rpartition("/")[2]).encode())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("postgresql://yrd:Top@Secret77@127.0.0.1/d1", "write %40"),
        ("postgresql://yrd:Env#Secret77@127.0.0.1/d1", "write %40"),
        ("postgresql:/yrd:Secret77@127.0.0.1/d1", "is no URL"),
        ("postgresql://127.0.0.1/d1?password=Secret77", "stands before the host"),
        ("postgresql://yrd:Secret77@127.0.0.1", "names no database"),
        ("postgresql://yrd:Secret77@127.0.0.1/d1/more", "names no database"),
        ("postgresql://yrd:Secret77@127.0.0.1:99999/d1", "is no URL"),
        ("mysql://yrd:Secret77@127.0.0.1/d1", "does not begin with postgresql://"),
    ],
)
def test_a_url_that_is_none_is_told_without_its_password(
    value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YRD_DATABASE_URL", value)
    with pytest.raises(ConfigurationError, match=said) as refused:
        load_settings(None)
    assert "Secret77" not in str(refused.value)


def test_the_password_of_a_url_is_a_secret_as_it_is_written_and_as_it_is_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("YRD_DATABASE_URL", "postgresql://yrd:Top%40Secret77@127.0.0.1/d1")
    assert {"Top%40Secret77", "Top@Secret77"} <= set(load_settings(None).secrets())


def test_a_database_that_is_not_there_is_told_apart_from_a_server_that_is_away(url: str) -> None:
    missing = url.rpartition("/")[0] + "/nowhere"
    with pytest.raises(MisconfiguredError, match="is not there: create it") as refused:
        Store.connect(missing, may_be_away=True)
    assert "The database nowhere on 127.0.0.1:" in str(refused.value)
    with pytest.raises(UnavailableError, match="no server that listens there") as away:
        Store.connect("postgresql://yrd@127.0.0.1:1/yrd")
    assert not isinstance(away.value, MisconfiguredError)
    with pytest.raises(MisconfiguredError, match="speaks no TLS"):
        Store.connect(f"{url}?sslmode=require")


def test_a_database_in_another_encoding_is_refused(postgresql: Databases) -> None:
    with (
        postgresql.database(encoding="SQL_ASCII") as url,
        pytest.raises(StateError, match="encoded in SQL_ASCII"),
    ):
        Store.connect(url)


def test_a_database_that_is_read_only_is_said_to_be(url: str, tmp_path: Path) -> None:
    _set(url, "ALTER DATABASE {name} SET default_transaction_read_only = on")
    with closing(Store.connect(url)) as store:
        with pytest.raises(UnavailableError, match="is read-only"), store.writing("T1"):
            pass
        assert "takes no changes" in store.problem()


def test_a_table_that_is_gone_is_seen(url: str, data_folder: Path) -> None:
    with closing(Store.connect(url)) as store:
        raw.run(store, "DROP TABLE events")
        assert "lacks its table events" in store.problem()
    looked = yrd(data_folder, "doctor", YRD_DATABASE_URL=url)
    assert looked.returncode == 1
    assert "FAIL  state: " in looked.stdout


@pytest.mark.parametrize("revision", ["0000", "0999"])
def test_a_revision_that_is_not_known_is_a_failure_of_the_doctor(
    revision: str, url: str, data_folder: Path
) -> None:
    with closing(Store.connect(url)) as store:
        raw.run(store, "UPDATE yrd_schema SET version_num = :revision", revision=revision)
    for command in ("migrate", "doctor"):
        ran = yrd(data_folder, command, YRD_DATABASE_URL=url)
        assert ran.returncode == 1
        assert "run that version" in ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr


def test_tables_that_are_still_to_be_made_are_no_failure(postgresql: Databases, data_folder: Path) -> None:
    with postgresql.database(is_empty=True) as url:
        looked = yrd(data_folder, "doctor", YRD_DATABASE_URL=url)
        assert "note  state: " in looked.stdout
        assert "brings it up to date" in looked.stdout


def test_what_others_hold_is_a_sentence_of_the_command_line(url: str, data_folder: Path) -> None:
    with closing(Store.connect(url)):
        pass
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE subscriptions")
        ran = yrd(data_folder, "digest", "list", YRD_DATABASE_URL=url)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "is busy: others work on the same rows" in ran.stderr
    assert "went wrong" not in ran.stderr


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 999])
def test_a_file_that_cannot_be_carried_over_is_named_before_anything_is_made(
    content: bytes | None, postgresql: Databases, data_folder: Path
) -> None:
    if content is not None:
        (data_folder / "old.db").write_bytes(content)
    with postgresql.database(is_empty=True) as url:
        ran = yrd(data_folder, "migrate", "--from", "old.db", YRD_DATABASE_URL=url)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr.endswith("name the state.db to carry over.\n")
        with closing(Store.look_at(url)) as store:
            assert store.is_behind()
