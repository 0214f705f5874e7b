"""The store under bad luck: damage, locks, two processes, copies."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.state.backup import backup, restore
from bot.state.notices import StoredNotices
from bot.state.schema import MIGRATIONS
from bot.state.store import StateError, Store, connect

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "state.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.open(path)
    yield store
    store.close()


def _told(path: Path, kind: str) -> bool:
    with sqlite3.connect(path) as raw:
        (count,) = raw.execute("SELECT count(*) FROM notices WHERE kind = ?", [kind]).fetchone()
    return bool(count == 1)


def test_it_is_opened_with_a_rollback_journal_and_full_synchronisation(store: Store) -> None:
    raw = store.connection().conn
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert raw.execute("PRAGMA synchronous").fetchone() == (2,)
    assert raw.execute("PRAGMA busy_timeout").fetchone() == (5000,)


def test_every_table_of_ours_carries_the_team(store: Store) -> None:
    db = store.connection()
    ours = [name for name in db.table_names() if not name.startswith(("_", "sqlite_"))]
    assert ours
    assert all("team_id" in db.table(name).columns_dict for name in ours)


def test_opening_twice_applies_each_migration_once(path: Path) -> None:
    first, second = Store.open(path), Store.open(path)
    assert len(MIGRATIONS.applied(second.connection())) == len(MIGRATIONS._migrations)
    first.close()
    second.close()


def test_a_failed_block_leaves_nothing_behind(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing() as db:
            db.execute("INSERT INTO notices VALUES ('T1', 'a', 0.0)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert StoredNotices(store).first("T1", "a", NOW)


@pytest.mark.parametrize("content", [b"this is no database, but long enough to look at" * 30, None])
def test_a_damaged_file_is_a_sentence_and_stays_as_it_is(path: Path, content: bytes | None) -> None:
    Store.open(path).close()
    damaged = content or path.read_bytes()[:4096] + os.urandom(path.stat().st_size - 4096)
    path.write_bytes(damaged)
    with pytest.raises(StateError, match="yrd restore"):
        Store.open(path)
    assert path.read_bytes() == damaged


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="cannot be opened"):
        Store.open(tmp_path / "file" / "state.db")


def test_the_probe_says_whether_a_row_could_be_written_and_writes_none(store: Store, path: Path) -> None:
    assert store.is_writable()
    assert store.connection().table("notices").count == 0
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")
    store.connection().execute("PRAGMA busy_timeout=1")
    assert not store.is_writable()
    other.conn.close()


def test_a_backup_of_a_store_in_use_holds_all_that_was_acknowledged(
    store: Store, path: Path, tmp_path: Path
) -> None:
    StoredNotices(store).first("T1", "a", NOW)
    backup(path, tmp_path / "copy.db")
    assert _told(tmp_path / "copy.db", "a")
    assert not list(tmp_path.glob("*.new"))


def test_a_backup_replaces_an_older_one_but_never_the_store_itself(
    store: Store, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "copy.db").write_text("older")
    backup(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(StateError, match="itself"):
        backup(path, path)


def test_nothing_to_back_up_and_nowhere_to_are_sentences(store: Store, path: Path, tmp_path: Path) -> None:
    with pytest.raises(StateError, match="does not exist"):
        backup(tmp_path / "none.db", tmp_path / "copy.db")
    with pytest.raises(StateError, match="cannot be written"):
        backup(path, tmp_path / "no" / "folder" / "copy.db")


def test_a_restore_brings_back_the_backup_and_keeps_the_old_file(path: Path, tmp_path: Path) -> None:
    store = Store.open(path)
    StoredNotices(store).first("T1", "before", NOW)
    backup(path, tmp_path / "copy.db")
    StoredNotices(store).first("T1", "after", NOW)
    store.close()
    aside = restore(tmp_path / "copy.db", path, NOW)
    assert (_told(path, "before"), _told(path, "after")) == (True, False)
    assert aside is not None
    assert _told(aside, "after")


def test_a_restore_moves_a_left_over_journal_away_with_its_file(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    backup(path, tmp_path / "copy.db")
    path.with_name("state.db-journal").write_bytes(b"left by a crash")
    aside = restore(tmp_path / "copy.db", path, NOW)
    assert aside is not None
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"left by a crash"
    assert not path.with_name("state.db-journal").exists()


def test_a_restore_works_where_there_was_no_store(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    backup(path, tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", tmp_path / "new" / "state.db", NOW) is None
    Store.open(tmp_path / "new" / "state.db").close()


def test_a_restore_is_refused_while_a_bot_uses_the_store(store: Store, path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "copy.db")
    with pytest.raises(StateError, match="stop the bot"):
        restore(tmp_path / "copy.db", path, NOW)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "does not exist"), (b"text" * 999, "damaged"), (b"", "no backup")]
)
def test_a_file_that_is_no_backup_is_refused_and_nothing_changes(
    path: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    Store.open(path).close()
    before = path.read_bytes()
    source = tmp_path / "source.db"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(StateError, match=said):
        restore(source, path, NOW)
    assert path.read_bytes() == before


def test_a_backup_of_a_newer_version_is_refused(path: Path, tmp_path: Path) -> None:
    store = Store.open(path)
    MIGRATIONS._record_applied(store.connection(), "m999_from_the_future")
    backup(path, tmp_path / "copy.db")
    store.close()
    with pytest.raises(StateError, match="newer version"):
        restore(tmp_path / "copy.db", path, NOW)
