"""A state.db is carried over to a server that nobody has used yet: all of it, or nothing; and nothing of it is left about."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.state.copies.carrying import carry_over
from bot.state.errors import StateError
from bot.state.first_seen import StoredFirstSeen
from bot.state.notices import StoredNotices
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from bot.state.thread_modes import StoredThreadModes
from tests.state import raw
from tests.state.corrupting import NO_TEXT, corrupt

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
BEFORE = NOW - timedelta(days=90)
# Carries a state.db over, and waits for ever once its copy has been made.
WAITING = """
import sys, time
from pathlib import Path
from bot.state.copies import carrying
from bot.state.store import Store

def wait(*_):
    print("copied", flush=True)
    time.sleep(600)

carrying.alone_with = wait
carrying.carry_over(Path(sys.argv[1]), Store.connect(sys.argv[2]))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state.db in which a fact was first seen long ago, and a question was asked."""
    path = tmp_path / "state.db"
    with closing(Store.open(path)) as store:
        StoredFirstSeen(store).note("T1", ["a", "b"], BEFORE)
        StoredQuestions(store, 90).keep("T1", "/yrd", "tulips?", (), NOW, "U1")
    return path


def started(target: Store) -> None:
    """Write what a bot writes by its start."""
    StoredFirstSeen(target).note("T1", ["b", "c"], NOW)
    StoredNotices(target).first("T1", "missing_scope", NOW)


def seen(target: Store) -> list[tuple[str, float]]:
    return [
        (row["fact"], row["seen_at"])
        for row in raw.rows(target, "SELECT fact, seen_at FROM arrivals ORDER BY 1")
    ]


def test_what_is_carried_over_takes_the_place_of_what_a_start_wrote(path: Path, url: str) -> None:
    with closing(Store.connect(url)) as target:
        started(target)
        carried = carry_over(path, target)
        assert (carried["arrivals"], carried["questions"]) == (2, 1)
        assert seen(target) == [("a", BEFORE.timestamp()), ("b", BEFORE.timestamp())]
        assert raw.count(target, "notices") == 0


def test_what_a_start_wrote_stays_where_nothing_is_carried_over(path: Path, url: str) -> None:
    with closing(Store.open(path)) as store:
        corrupt(store, "question_askers", "user_id", NO_TEXT, "1")
    with closing(Store.connect(url)) as target:
        started(target)
        with pytest.raises(StateError, match="holds bytes that are no text"):
            carry_over(path, target)
        assert seen(target) == [("b", NOW.timestamp()), ("c", NOW.timestamp())]
        assert raw.count(target, "notices") == 1


def test_a_database_that_somebody_used_is_refused_and_says_how_to_get_an_empty_one(
    path: Path, url: str
) -> None:
    with closing(Store.connect(url)) as target:
        started(target)
        StoredThreadModes(target).set_mode("T2", "C1", "questions")
        with pytest.raises(StateError, match=r"in thread_modes.* nothing was changed.*CREATE DATABASE"):
            carry_over(path, target)
        assert seen(target) == [("b", NOW.timestamp()), ("c", NOW.timestamp())]
        assert raw.count(target, "questions") == 0


@pytest.mark.slow
def test_a_copy_that_was_left_by_a_kill_goes_with_the_next_try(path: Path, url: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING, str(path), url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "copied\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
    (left,) = [folder for folder in path.parent.iterdir() if folder.is_dir()]
    assert re.fullmatch(r"state\.db\..+\.new", left.name)
    assert [file for file in left.iterdir() if file.stat().st_size]
    with closing(Store.connect(url)) as target:
        assert carry_over(path, target)["questions"] == 1
    assert [folder for folder in path.parent.iterdir() if folder.is_dir()] == []


def test_nothing_but_such_copies_is_cleared_away(path: Path, url: str, tmp_path: Path) -> None:
    others = [path.parent / name for name in ("state.db.kept", "other.db.abc.new", "elsewhere")]
    for folder in others:
        folder.mkdir()
        shutil.copy(path, folder / "state.db")
    link, file = path.parent / "state.db.link.new", path.parent / "state.db.file.new"
    link.symlink_to(others[2])
    file.write_text("a file")
    with closing(Store.connect(url)) as target:
        carry_over(path, target)
    assert all((folder / "state.db").exists() for folder in others)
    assert link.is_symlink()
    assert file.exists()
