"""What goes wrong only where a server is shared: its settings, its limits, what ends a connection, what others hold."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from bot.state.copies.carrying import carry_over
from bot.state.database.door import Door
from bot.state.database.postgresql import Server
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.errors import StateError, UnavailableError, UnknownCommitError
from bot.state.event_rows import LEASE
from bot.state.events import StoredEvents
from bot.state.notices import StoredNotices
from bot.state.processes import StoredProcesses, this_process
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM
from bot.state.teams import StoredTeams
from tests.both import BOTH
from tests.digests.office import DAILY
from tests.postgresql import Databases
from tests.state import raw
from tests.state.corrupting import NO_TEXT, corrupt

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LINE = '{"text": "Ask again.", "blocks": [], "thread": []}'


@pytest.fixture
def shared(url: str) -> Iterator[Store]:
    with closing(Store.connect(url)) as store:
        yield store


def test_what_was_committed_is_seen_behind_a_lock_whatever_the_database_is_set_to(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        name = url.rpartition("/")[2]
        db.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'".encode())
    with closing(Store.connect(url)) as store, store.writing("T1") as db_:
        assert db_.execute(text("SHOW transaction_isolation")).scalar() == "read committed"


def test_what_the_url_says_of_a_connection_holds(url: str) -> None:
    with closing(Store.connect(f"{url}?options=-csearch_path%3Dyrd,public&application_name=mine")) as store:
        said = {
            name: raw.rows(store, f"SHOW {name}")[0][name]
            for name in ("search_path", "application_name", "TimeZone")
        }
    assert said == {"search_path": "yrd,public", "application_name": "mine", "TimeZone": "UTC"}


def test_a_transaction_that_changes_all_of_state_is_not_ended_for_its_pauses(shared: Store) -> None:
    with shared.writing(EVERY_TEAM) as db:
        shared.backend.unhurried(db)
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            assert db.execute(text(f"SHOW {name}")).scalar() == "0"


def test_a_connection_that_the_server_ends_is_lost_and_not_refused(
    shared: Store, postgresql: Databases
) -> None:
    def be_ended() -> None:
        with shared.writing("T1") as db:
            postgresql.end_connections()
            db.execute(text("SELECT 1"))

    with pytest.raises(UnavailableError, match="cannot be reached"):
        be_ended()


def test_threads_that_wait_for_one_workspace_keep_no_connection_from_another(url: str) -> None:
    with (
        closing(Store.connect(url)) as holder,
        closing(Store.connect(url)) as store,
        ThreadPoolExecutor(20) as pool,
    ):
        with holder.writing("T1"):
            waiting = [
                pool.submit(StoredNotices(store).first, "T1", str(number), NOW) for number in range(20)
            ]
            assert StoredNotices(store).first("T2", "a", NOW)
        assert all(one.result() for one in waiting)


def test_whatever_keeps_a_server_from_being_reached_it_is_looked_for_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(url)

    def full(*_: object, **__: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("bot.state.database.postgresql.psycopg.connect", full)
    assert isinstance(server._looked(), OSError)
    monkeypatch.undo()
    assert server._looked() is None
    server.close()


def test_a_door_that_nobody_can_watch_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none_left)
    door = Door(lambda: None, lambda why: (str(why), True))
    door.shut(OSError("away"))
    assert door.why is None


@BOTH
def test_processes_are_no_workspace(opened: Callable[[], Store]) -> None:
    with closing(opened()) as store:
        StoredProcesses(store).note(this_process("0123456789"), NOW)
        StoredNotices(store).first("T1", "a", NOW)
        assert StoredTeams(store).known() == ("T1",)


@BOTH
def test_an_event_whose_commit_nobody_can_tell_of_is_whose_it_was(
    opened: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(opened()) as store:
        events, noting = StoredEvents(store), StoredEvents._noting
        lost = [True]

        def lose(self: StoredEvents, team: str) -> object:
            return _Losing(noting(self, team), lost)

        monkeypatch.setattr(StoredEvents, "_noting", lose)
        assert events.receive("T1", "Ev1", "C1", "1.0", NOW) == "new"
        assert events.receive("T1", "Ev1", "C1", "1.0", NOW) == "in hand"
        assert events.keep_up(NOW + LEASE / 2, LINE) == 0
        assert len(raw.rows(store, "SELECT * FROM events")) == 1


class _Losing:
    """A transaction that is committed, once without anybody being able to tell."""

    def __init__(self, within: object, lost: list[bool]) -> None:
        self._within = within
        self._lost = lost

    def __enter__(self) -> object:
        return self._within.__enter__()  # type: ignore[attr-defined]

    def __exit__(self, *error: object) -> None:
        self._within.__exit__(*error)  # type: ignore[attr-defined]
        if self._lost and self._lost.pop():
            raise UnknownCommitError("nobody can tell")


def test_one_workspace_that_is_busy_lets_no_lease_of_another_run_out(url: str) -> None:
    with closing(Store.connect(url)) as store, closing(Store.connect(url)) as other:
        events = StoredEvents(store)
        for team in ("T1", "T2"):
            events.receive(team, "Ev1", "C1", "1.0", NOW)
        with other.writing("T1"), pytest.raises(UnavailableError):
            events.keep_up(NOW + LEASE / 2, LINE)
        held = raw.rows(store, "SELECT held_until FROM events WHERE team_id = 'T2'")[0]["held_until"]
        assert held == (NOW + LEASE / 2 + LEASE).timestamp()


def test_a_text_that_a_server_takes_otherwise_is_carried_over_and_bytes_are_named(
    tmp_path: Path, url: str
) -> None:
    path = tmp_path / "state.db"
    with closing(Store.open(path)) as store:
        StoredQuestions(store, 90).keep("T1", "/yrd", "tulips\0?", (), NOW, "U1")
    shutil.copy(path, tmp_path / "bytes.db")
    with closing(Store.connect(url)) as target:
        with closing(Store.open(tmp_path / "bytes.db")) as store:
            corrupt(store, "question_askers", "user_id", NO_TEXT, "1")
        with pytest.raises(
            StateError, match=r"Row 1 of question_askers, .* holds bytes that are no text in user_id"
        ):
            carry_over(tmp_path / "bytes.db", target)
        assert raw.count(target, "questions") == 0
        assert carry_over(path, target)["questions"] == 1
        assert StoredQuestions(target, 90).unanswered("T1", NOW)[0].text == "tulips\ufffd?"
    assert sorted(file.name for file in tmp_path.iterdir() if file.name.endswith((".new", ".copy"))) == []


def test_an_id_that_cannot_be_read_keeps_nobody_from_adding_a_digest(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "state.db")) as store:
        kept = StoredSubscriptions(store)
        kept.add(DAILY, NOW)
        corrupt(store, "subscriptions", "id", NO_TEXT, "id = '1'")
        assert kept.add(DAILY, NOW).id == "1"


def test_a_state_db_that_is_put_in_place_of_the_first_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(Store.open(path)) as store:
        assert store.problem() == ""
        shutil.copy(path, tmp_path / "other.db")
        os.replace(tmp_path / "other.db", path)
        assert "put in place of another while I run" in store.problem()


@BOTH
def test_a_question_of_any_length_is_kept(opened: Callable[[], Store]) -> None:
    with closing(opened()) as store:
        StoredQuestions(store, 90).keep("T1", "/yrd", "长三角的港口" * 400, (), NOW, "U1")
        assert raw.count(store, "question_askers") == 1
        assert StoredQuestions(store, 90).unanswered("T1", NOW + timedelta(days=1))
