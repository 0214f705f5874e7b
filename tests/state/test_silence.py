"""Who is cut off while an answer of the server is waited for, and who is not."""

from __future__ import annotations

import fcntl
import resource
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from bot.state.database.silence import Address, SilenceWatch, WatchedConnection, _is_readable

Verdict = Callable[[Address], bool]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


class Watched:
    """Connections to a server that lives, looked after by whoever has `verdict` of it."""

    def __init__(self, url: str, threads: ThreadPoolExecutor, verdict: Verdict) -> None:
        self._url = url
        self._threads = threads
        self.told: list[str] = []
        self.watch = SilenceWatch(verdict, lambda: self.told.append("silent"))

    def sleeps(self, *seconds: float, longest: float) -> Future[str]:
        """Have a connection wait for that long, once or again and again; return what came of it."""
        connection = WatchedConnection.connect(self._url, autocommit=True)
        connection.longest = longest
        self.watch.add(connection)
        return self._threads.submit(self._slept, connection, seconds)

    def _slept(self, connection: WatchedConnection, seconds: tuple[float, ...]) -> str:
        with closing(connection):
            try:
                for each in seconds:
                    connection.execute("SELECT pg_sleep(%s)", (each,))
            except psycopg.OperationalError:
                return "cut off"
            return "answered"


def test_of_a_server_that_answers_nobody_all_are_cut_off_but_who_may_wait_for_ever(
    url: str, threads: ThreadPoolExecutor
) -> None:
    watched = Watched(url, threads, lambda at: True)
    hurried, patient = watched.sleeps(4, longest=30), watched.sleeps(2, longest=float("inf"))
    assert (hurried.result(), patient.result()) == ("cut off", "answered")
    assert watched.told
    watched.watch.close()


def test_whoever_is_answered_while_it_is_asked_shows_that_the_server_lives(
    url: str, threads: ThreadPoolExecutor
) -> None:
    def slowly(at: Address) -> bool:
        time.sleep(1)
        return True

    watched = Watched(url, threads, slowly)
    asks = watched.sleeps(1.2, 0.2, 0.2, longest=30)
    assert asks.result() == "answered"
    assert watched.told == []
    watched.watch.close()


def test_who_waits_for_longer_than_he_may_is_cut_off_alone_where_the_server_lives(
    url: str, threads: ThreadPoolExecutor
) -> None:
    asked: list[Address] = []

    def lives(at: Address) -> bool:
        asked.append(at)
        return False

    watched = Watched(url, threads, lives)
    prompt, other = watched.sleeps(4, longest=1.5), watched.sleeps(3, longest=30)
    assert (prompt.result(), other.result()) == ("cut off", "answered")
    assert watched.told == []
    assert len(asked) < 6
    assert all(at["port"] for at in asked)
    watched.watch.close()


def test_a_process_with_many_open_files_notices_it_too() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2048:
        pytest.skip("this machine lets a process open no more than 2,047 files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2048), hard))
    try:
        here, there = socket.socketpair()
        with here, there, socket.socket(fileno=fcntl.fcntl(here, fcntl.F_DUPFD, 1500)) as its:
            assert not _is_readable(its)
            there.send(b"an answer")
            assert _is_readable(its)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_connection_that_is_gone_says_nothing_of_the_server(url: str) -> None:
    connection = WatchedConnection.connect(url)
    connection.close()
    with pytest.raises(psycopg.OperationalError):
        connection.address  # noqa: B018 - asking is what is tested
    connection.cut_off(0.0)
