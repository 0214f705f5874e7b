"""A server that takes what it is asked and answers nothing: its machine stands still, or its disk does.

The kernel of that machine goes on to confirm what arrives, so that no timeout of the network ends the wait, and the server's own
timeouts stand still with it. So it is looked from here: whoever waits for too long is cut off, and learns that the server is
away.
"""

from __future__ import annotations

import logging
import math
import os
import selectors
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakSet

import psycopg

_log = logging.getLogger(__name__)

SECONDS: Final = 0.25
"""How often it is looked who waits."""
DOUBTFUL: Final = 0.75
"""Seconds without an answer after which it is asked whether the server answers anybody."""
LET_IN: Final = 1.5
"""Seconds in which one that does lets somebody in. Slack waits three in all, and facts are to be answered within them."""
# Seconds before a server that answered is asked again, at first and at last: it is only slow, and another look is more to do.
_AGAIN: Final = 1.0
_AT_LAST: Final = 4.0

Address = dict[str, str]
"""Of a connection that stands, as `psycopg.connect` takes it: one host, and no name to be looked up."""


class WatchedConnection(psycopg.Connection[Any]):
    """A connection of which it is known since when its answer is waited for; it may be cut off by another thread."""

    longest: float = math.inf
    """Seconds that an answer is waited for at most."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.waits_since: float | None = None
        """On the monotonic clock, None while no answer is waited for."""
        self._waiting = threading.Lock()
        self._peer: Any = None

    @property
    def address(self) -> Address:
        """Return where it leads; psycopg.Error where it is gone."""
        there = {"host": self.pgconn.host, "hostaddr": self.pgconn.hostaddr, "port": self.pgconn.port}
        return {name: value.decode() for name, value in there.items() if value}

    def note_peer(self) -> None:
        """Remember who is at the other end."""
        with self._its_socket() as its:
            self._peer = its.getpeername()

    def wait(self, *given: Any, **named: Any) -> Any:
        """Return what the server answers, waited for as psycopg does."""
        self.waits_since = time.monotonic()
        try:
            return super().wait(*given, **named)
        finally:
            # Whoever cuts it off is done before it is closed: its number would be another socket's.
            with self._waiting:
                self.waits_since = None

    def cut_off(self, since: float) -> None:
        """Have whoever has waited `since` then get an OperationalError, as where the server is gone. Nothing is done where an answer
        is there by now, or another is waited for.
        """
        with self._waiting:
            if self.waits_since != since:
                return
            with self._its_socket() as its:
                if its.getpeername() == self._peer and not _is_readable(its):
                    its.shutdown(socket.SHUT_RDWR)

    def _its_socket(self) -> socket.socket:
        return socket.socket(fileno=os.dup(self.pgconn.socket))


@dataclass(frozen=True, slots=True)
class _Wait:
    """A wait for one answer."""

    connection: WatchedConnection
    since: float

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.since

    @property
    def is_over(self) -> bool:
        return self.connection.waits_since != self.since

    @property
    def is_overdue(self) -> bool:
        return self.seconds > self.connection.longest


class SilenceWatch:
    """Looks after connections in a thread of its own, from the first one on.

    Once one has waited DOUBTFUL seconds, `is_silent` is asked whether the server at its address answers nobody. If so `silent` is
    told, and all are cut off that have waited so long, but those that may wait for ever; if not, those alone that have waited
    for longer than they may.
    """

    def __init__(self, is_silent: Callable[[Address], bool], silent: Callable[[], None]) -> None:
        self._is_silent = is_silent
        self._silent = silent
        self._connections: WeakSet[WatchedConnection] = WeakSet()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._asked: Future[bool] | None = None
        self._not_before = -math.inf
        self._pause = _AGAIN
        self._thread = threading.Thread(target=self._run, name="yrd-silence", daemon=True)

    def add(self, connection: WatchedConnection) -> None:
        """Look after one more."""
        connection.note_peer()
        with self._lock:
            self._connections.add(connection)
            if self._thread.ident is None and not self._over.is_set():
                self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.wait(SECONDS):
            try:
                self._look()
            except Exception:  # noqa: BLE001 - a thread's main function: nobody else would look
                _log.exception("connections to the database were not looked after")

    def _look(self) -> None:
        doubtful = [wait for wait in self._waits() if wait.seconds > DOUBTFUL]
        if not doubtful:
            self._pause, self._not_before = _AGAIN, -math.inf
            return
        overdue = [wait for wait in doubtful if wait.is_overdue]
        if not overdue and time.monotonic() < self._not_before:
            return
        # Whoever is answered meanwhile shows that the server lives.
        if self._answers_nobody(doubtful[0].connection) and not any(wait.is_over for wait in doubtful):
            self._silent()
            _cut_off([wait for wait in doubtful if wait.connection.longest < math.inf])
            return
        self._not_before = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, _AT_LAST)
        _cut_off(overdue)

    def _waits(self) -> list[_Wait]:
        with self._lock:
            connections = list(self._connections)
        return [_Wait(one, since) for one in connections if (since := one.waits_since) is not None]

    def _answers_nobody(self, connection: WatchedConnection) -> bool:
        if self._asked is None or self._asked.done():
            self._asked = Future()
            asking = threading.Thread(
                target=self._ask, args=(self._asked, connection), name="yrd-silence-asks", daemon=True
            )
            asking.start()
        try:
            return self._asked.result(LET_IN)
        except TimeoutError:
            return True

    def _ask(self, asked: Future[bool], connection: WatchedConnection) -> None:
        try:
            asked.set_result(self._is_silent(connection.address))
        except Exception:  # noqa: BLE001 - a thread's main function; a connection that is gone says nothing of the server
            asked.set_result(False)


def _is_readable(its: socket.socket) -> bool:
    # Not by `select`, which takes no number of a socket beyond 1,023: a bot may have more open.
    with selectors.DefaultSelector() as ready:
        ready.register(its, selectors.EVENT_READ)
        return bool(ready.select(0))


def _cut_off(waits: Sequence[_Wait]) -> None:
    for wait in waits:
        try:
            wait.connection.cut_off(wait.since)
        except (OSError, psycopg.Error) as error:
            _log.info("a connection was gone already", extra={"error": type(error).__name__})
