"""The store under bad luck: damage, locks, two processes, copies."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.state.copies.backup import backup, restore
from bot.state.database.sqlite import connect, is_older_version, take_lease, verify
from bot.state.database.statements import insert_if_new
from bot.state.errors import StateError, UnavailableError
from bot.state.notices import StoredNotices
from bot.state.store import Store
from bot.state.tables.schema import TEAM_TABLES, TRIGGERS, VERSION_TABLE, notices
from tests.state import raw, version_0_1

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
    with store.reading("T1") as db:
        asked = ("journal_mode", "synchronous", "busy_timeout")
        assert [db.exec_driver_sql(f"PRAGMA {one}").scalar() for one in asked] == ["delete", 2, 5000]


def test_every_table_of_ours_carries_the_team(store: Store) -> None:
    db = raw.at(store)
    ours = [name for name in db.table_names() if name != VERSION_TABLE]
    assert ours
    assert all("team_id" in db.table(name).columns_dict for name in ours)


def test_who_is_at_work_while_it_is_closed_ends_that_and_begins_nothing(path: Path) -> None:
    store, begun, closed = Store.open(path), threading.Event(), threading.Event()

    def work() -> None:
        with store.writing("T1") as db:
            begun.set()
            closed.wait(5)
            insert_if_new(db, notices, {"team_id": "T1", "kind": "late", "told_at": 0.0})

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        assert begun.wait(5)
        store.close()
        closed.set()
        working.result(5)
        with pytest.raises(StateError, match="is closed"), store.writing("T1"):
            pass
    assert _told(path, "late")


def test_a_failed_block_leaves_nothing_behind(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing("T1") as db:
            insert_if_new(db, notices, {"team_id": "T1", "kind": "a", "told_at": 0.0})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert StoredNotices(store).first("T1", "a", NOW)


@pytest.mark.parametrize(
    "content", [b"this is no database, but long enough to look at" * 30, None, b"", b"\0" * 4096]
)
def test_a_damaged_file_is_a_sentence_and_stays_as_it_is(path: Path, content: bytes | None) -> None:
    Store.open(path).close()
    damaged = (
        path.read_bytes()[:4096] + os.urandom(path.stat().st_size - 4096) if content is None else content
    )
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
    assert raw.at(store).table("notices").count == 0
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")
    with store.promptly():
        assert not store.is_writable()
    other.close()


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


GIVEN = (
    "state.db.lock",
    "state.db-journal",
    "state.db-wal",
    "state.db-shm",
    "state.db.20261122T120000.old",
    "state.db.abc.restored",
    "state.db.abc.new",
)


@pytest.mark.parametrize("name", GIVEN)
def test_a_backup_takes_no_name_that_goes_with_the_store(store: Store, path: Path, name: str) -> None:
    before = modes(path.parent)
    with pytest.raises(StateError, match="a name that goes with it"):
        backup(path, path.with_name(name))
    assert modes(path.parent) == before


def test_a_backup_does_not_take_the_place_of_a_device_or_a_pipe(
    store: Store, path: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(os.devnull)
    for name in ("pipe", "link"):
        with pytest.raises(StateError, match="is no file"):
            backup(path, tmp_path / name)
    assert (tmp_path / "pipe").is_fifo()
    assert Path(os.devnull).is_char_device()


def test_a_backup_through_a_link_replaces_the_file_and_not_the_link(
    store: Store, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "copy.db").symlink_to(tmp_path / "elsewhere" / "copy.db")
    backup(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").is_symlink()
    assert (tmp_path / "elsewhere" / "copy.db").is_file()


def test_a_backup_is_not_put_beside_what_sqlite_would_play_into_it(
    store: Store, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "copy.db-journal").write_bytes(b"of another file")
    with pytest.raises(StateError, match=r"copy\.db-journal would be played into the copy"):
        backup(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


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


def test_a_file_is_not_restored_onto_itself(path: Path) -> None:
    Store.open(path).close()
    before = path.read_bytes()
    with pytest.raises(StateError, match="there is nothing to put back"):
        restore(path, path, datetime.now(UTC))
    assert path.read_bytes() == before
    assert not [left for left in path.parent.iterdir() if ".old" in left.name]


def test_a_restore_moves_a_left_over_journal_away_with_its_file(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    backup(path, tmp_path / "copy.db")
    path.with_name("state.db-journal").write_bytes(b"left by a crash")
    aside = restore(tmp_path / "copy.db", path, NOW)
    assert aside is not None
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"left by a crash"
    assert not path.with_name("state.db-journal").exists()


def test_restores_within_a_second_keep_every_file_aside(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    backup(path, tmp_path / "copy.db")
    asides = []
    for kind in ("first", "second", "third"):
        store = Store.open(path)
        StoredNotices(store).first("T1", kind, NOW)
        store.close()
        asides.append(restore(tmp_path / "copy.db", path, NOW))
    for kind, aside in zip(("first", "second", "third"), asides, strict=True):
        assert aside is not None
        assert _told(aside, kind)


@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm"])
def test_a_restore_puts_nothing_beside_what_sqlite_kept_for_another_file(
    path: Path, tmp_path: Path, end: str
) -> None:
    Store.open(path).close()
    backup(path, tmp_path / "copy.db")
    path.unlink()
    path.with_name(path.name + end).write_bytes(b"of a file that is gone")
    assert restore(tmp_path / "copy.db", path, NOW) is None
    assert not path.with_name(path.name + end).exists()
    assert path.with_name(f"state.db.20261122T120000.old{end}").read_bytes() == b"of a file that is gone"


def test_a_restore_through_a_link_replaces_the_file_and_not_the_link(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    backup(path, tmp_path / "copy.db")
    link = tmp_path / "state.db"
    link.symlink_to(path)
    aside = restore(tmp_path / "copy.db", link, NOW)
    assert link.is_symlink()
    assert aside is not None
    assert aside.parent == path.parent


def test_a_store_that_is_taken_away_while_it_is_open_is_not_begun_anew(store: Store, path: Path) -> None:
    with store.reading("T1"):
        path.unlink()
        with pytest.raises(UnavailableError, match="unable to open"), store.reading("T1"):
            pass
    assert not path.exists()


def _older(path: Path) -> bytes:
    """Leave `path` as the version before left it, and return what is in it."""
    path.unlink(missing_ok=True)
    version_0_1.make(path)
    return path.read_bytes()


def test_a_look_at_a_store_of_an_older_version_does_not_bring_it_up_to_date(path: Path) -> None:
    before = _older(path)
    with closing(Store.look(path)) as store:
        assert is_older_version(path)
        assert store.is_writable()
    assert path.read_bytes() == before
    Store.open(path).close()
    with closing(Store.look(path)) as store:
        assert not is_older_version(path)


def test_a_look_makes_no_store(path: Path) -> None:
    with pytest.raises(StateError, match="unable to open"):
        Store.look(path)
    assert not path.exists()


LEFT = (
    "state.db.restored",
    "state.db.20261122T120000.old",
    "state.db-journal",
    "state.db-wal",
    "state.db-shm",
    "state.db.bak",
)


@pytest.mark.parametrize("left", LEFT)
def test_a_store_that_is_gone_from_beside_what_was_left_of_it_is_not_begun_anew(
    path: Path, left: str
) -> None:
    Store.open(path).close()
    path.rename(path.with_name(left))
    with pytest.raises(StateError, match=rf"is missing, but {left} lies beside it: .*`yrd restore FILE`"):
        Store.open(path)
    assert not path.exists()


def test_what_a_first_start_cut_off_has_left_does_not_keep_the_next_from_beginning(path: Path) -> None:
    path.parent.mkdir()
    for name in ("state.db.lock", "state.db.abc123.new", "state.db.abc123.new-journal"):
        path.with_name(name).write_bytes(b"")
    Store.open(path).close()
    assert path.exists()


def _foreign(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


FOREIGN = {
    "nothing in it": ("VACUUM",),
    "tables of another": ("CREATE TABLE places (id INTEGER)",),
    "another application's": ("PRAGMA application_id=252006674", "CREATE TABLE x (y)"),
    "migrations of another": (
        "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)",
        "INSERT INTO _sqlite_migrations VALUES (1, 'others', 'm001', '')",
    ),
    "a table of that name": ("CREATE TABLE _sqlite_migrations (a, b)",),
}


@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_a_database_of_another_program_is_neither_used_nor_changed(
    path: Path, tmp_path: Path, statements: tuple[str, ...]
) -> None:
    path.parent.mkdir()
    _foreign(path, *statements)
    before = path.read_bytes()
    for use in (lambda: Store.open(path), lambda: backup(path, tmp_path / "copy.db"), lambda: verify(path)):
        with pytest.raises(StateError, match=r"another program.*yrd restore FILE"):
            use()
    assert path.read_bytes() == before


def test_our_tables_with_the_mark_of_another_program_are_not_taken_for_ours(path: Path) -> None:
    Store.open(path).close()
    _foreign(path, "PRAGMA application_id=7")
    with pytest.raises(StateError, match="another program"):
        Store.open(path)


def _lacking() -> list[str]:
    triggers = [name for each in TRIGGERS.values() for name in each]
    return [f"DROP TABLE {table.name}" for table in TEAM_TABLES] + [
        f"DROP TRIGGER {name}" for name in triggers
    ]


@pytest.mark.parametrize("statement", [*_lacking(), "ALTER TABLE subscriptions RENAME COLUMN plan TO plan2"])
def test_a_store_that_lacks_a_table_a_column_or_a_trigger_is_damaged(path: Path, statement: str) -> None:
    Store.open(path).close()
    _foreign(path, statement)
    with pytest.raises(StateError, match=r"lacks .*yrd restore FILE"):
        Store.open(path)


def test_an_index_that_does_not_fit_its_table_is_damage(path: Path) -> None:
    store = Store.open(path)
    StoredNotices(store).first("T1", "a", NOW)
    store.close()
    with closing(sqlite3.connect(path)) as raw:
        (page,) = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_notices_1'"
        ).fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    at = content.index(b"T1a", (page - 1) * size)
    content[at : at + 3] = b"T1b"
    path.write_bytes(content)
    with pytest.raises(StateError, match="damaged"):
        Store.open(path)


def test_a_file_in_use_or_out_of_reach_is_not_called_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(path).close()
    monkeypatch.setattr("bot.state.store.PATIENCE_SECONDS", 0.1)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StateError, match=r"is locked by another program: end that, then try again\.$"):
            Store.open(path)


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nothing"])
def test_what_is_no_file_is_refused(path: Path, kind: str) -> None:
    path.parent.mkdir()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("nowhere")
    with pytest.raises(StateError, match="is no file"):
        Store.open(path)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_state_db_and_what_lies_beside_it_are_its_owners_alone(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "new" / "state.db"
    before = os.umask(umask)
    try:
        store = Store.open(path)
        with store.writing("T1") as db:
            insert_if_new(db, notices, {"team_id": "T1", "kind": "a", "told_at": 0.0})
            assert modes(path.parent) == {
                "state.db": 0o600,
                "state.db.lock": 0o600,
                "state.db-journal": 0o600,
            }
        store.close()
        backup(path, path.with_name("copy.db"))
        restore(path.with_name("copy.db"), path, NOW)
        for at, mode in (
            (path.with_name("state.db.bak"), 0o644),
            (path, 0o664),
            (path.with_name("state.db.lock"), 0o666),
        ):
            at.touch()
            at.chmod(mode)
        Store.open(path).close()
    finally:
        os.umask(before)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert len(modes(path.parent)) == 5
    assert set(modes(path.parent).values()) == {0o600}


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}


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
    ("content", "said"),
    [(None, "does not exist"), (b"text" * 999, "no SQLite database"), (b"", "no backup of .* is empty")],
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
    Store.open(path).close()
    _foreign(path, "UPDATE yrd_schema SET version_num = '0999'")
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        old.backup(copy)
    with pytest.raises(StateError, match="newer version"):
        restore(tmp_path / "copy.db", path, NOW)


def test_a_store_that_is_being_restored_is_not_opened(path: Path) -> None:
    Store.open(path).close()
    with take_lease(path, exclusive=True), pytest.raises(StateError, match="is being restored"):
        Store.open(path)
