"""kill -9 before each change that a restore makes to files: state.db is the old one or the new one, and nothing is lost."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.state.copies.backup import backup, restore
from bot.state.database.sqlite import verify
from bot.state.errors import StateError
from bot.state.notices import StoredNotices
from bot.state.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
# What Python tells its audit hooks before it calls the system (docs.python.org/3/library/audit_events.html).
CHANGES = frozenset(("open", "os.link", "os.rename", "os.remove", "os.chmod", "os.mkdir", "sqlite3.connect"))


def _restore_and_die(source: Path, state: Path, before: int) -> None:
    left = before

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in CHANGES and (event != "open" or str(arguments[0]).startswith(str(state.parent))):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    restore(source, state, NOW)


def killed(source: Path, state: Path, before: int) -> bool:
    """Restore in a process that ends before its change number `before`, from 0; say whether it had one."""
    child = multiprocessing.get_context("fork").Process(target=_restore_and_die, args=(source, state, before))
    child.start()
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    return child.exitcode != 0


def told(path: Path) -> set[str]:
    """What a file holds, read in a copy with its journal, so that looking changes nothing."""
    aside = path.parent / "looked at"
    aside.mkdir()
    try:
        for file in (path, path.with_name(path.name + "-journal")):
            if file.exists():
                shutil.copyfile(file, aside / file.name)
        with closing(sqlite3.connect(aside / path.name)) as raw:
            return {kind for (kind,) in raw.execute("SELECT kind FROM notices")}
    except sqlite3.DatabaseError:
        return {"damaged"}
    finally:
        shutil.rmtree(aside)


def half_written(path: Path) -> None:
    """Leave `path` as a crash does in the middle of a commit: changed pages in it, and the journal to take them back."""

    def die(path: Path) -> None:
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("PRAGMA cache_size=1")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("DELETE FROM notices")
        raw.executemany(
            "INSERT INTO notices VALUES ('T1', ?, 0.0)", [(f"lost {n} {'x' * 999}",) for n in range(99)]
        )
        os.kill(os.getpid(), signal.SIGKILL)

    child = multiprocessing.get_context("fork").Process(target=die, args=(path,))
    child.start()
    child.join()
    assert path.with_name("state.db-journal").stat().st_size > 0


def made(folder: Path, before: str) -> tuple[Path, Path]:
    """A backup that holds "new", and a state.db that holds "old", as it stands `before` the restore."""
    folder.mkdir(parents=True)
    source, state = folder / "copy.db", folder / "data" / "state.db"
    for path, kind in ((folder / "source" / "state.db", "new"), (state, "old")):
        store = Store.open(path)
        StoredNotices(store).first("T1", kind, NOW)
        store.close()
    backup(folder / "source" / "state.db", source)
    if before == "half written":
        half_written(state)
    elif before == "damaged":
        state.write_bytes(b"no database" * 999)
        state.with_name("state.db-journal").write_bytes(b"left by a crash")
    elif before == "missing":
        state.unlink()
    return source, state


@pytest.mark.slow
@pytest.mark.parametrize("before", ["sound", "half written", "damaged", "missing"])
def test_a_restore_cut_off_anywhere_leaves_the_old_file_or_the_new_one_and_loses_nothing(
    tmp_path: Path, before: str
) -> None:
    old = {"damaged": {"damaged"}, "missing": set[str]()}.get(before, {"old"})
    at, was_killed = 0, True
    while was_killed:
        source, state = made(tmp_path / str(at), before)
        was_killed = killed(source, state, at)
        assert state.exists() or before == "missing"
        now = told(state) if state.exists() else set()
        assert now in (old, {"new"})
        if now == {"new"} or before in ("sound", "half written"):
            verify(state)
        elif before == "damaged" or list(state.parent.glob("*.restored")):
            with pytest.raises(StateError, match="yrd restore FILE"):
                Store.open(state)
        asides = list(state.parent.glob("state.db.*.old"))
        if now == {"new"} and before != "missing":
            assert [told(aside) for aside in asides] == [old]
        kept = {aside: aside.read_bytes() for aside in asides}
        restore(source, state, NOW)
        assert told(state) == {"new"}
        assert all(aside.read_bytes() == content for aside, content in kept.items())
        assert before == "missing" or old in [told(aside) for aside in state.parent.glob("state.db.*.old")]
        Store.open(state).close()
        at += 1
    assert at > 8
    assert not list(state.parent.glob("*.restored"))
