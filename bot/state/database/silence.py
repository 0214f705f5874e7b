"""A server that takes what it is asked and answers nothing: its machine stands still, or its disk does.

The kernel of that machine goes on to confirm what arrives, so that no timeout of the network ends the wait, and the server's own
timeouts stand still with it. So it is looked from here: whoever waits for too long is cut off, and learns that the server is
away.
"""

from __future__ import annotations

import logging
import math
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
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


class WatchedConnection(psycopg.Connection[Any]):
    """A connection of which it is known since when its answer is waited for; it may be cut off by another thread."""

    longest: float = math.inf
    """Seconds that an answer is waited for at most."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._waits_since: float | None = None
        self._waiting = threading.Lock()

    def wait(self, *given: Any, **named: Any) -> Any:
        """Return what the server answers, waited for as psycopg does."""
        self._waits_since = time.monotonic()
        try:
            return super().wait(*given, **named)
        finally:
            # Whoever cuts it off is done before it is closed: its number would be another socket's.
            with self._waiting:
                self._waits_since = None

    def waited(self) -> float:
        """Return for how many seconds an answer has been waited for, 0 where none is."""
        since = self._waits_since
        return 0.0 if since is None else time.monotonic() - since

    def cut_off(self) -> None:
        """Have whoever waits for an answer get an OperationalError, as where the server is gone."""
        with self._waiting:
            if self._waits_since is None:
                return
            with socket.socket(fileno=os.dup(self.pgconn.socket)) as its:
                its.shutdown(socket.SHUT_RDWR)


class SilenceWatch:
    """Looks after connections in a thread of its own, from the first one on.

    One that has waited for longer than it may is cut off. Once one has waited DOUBTFUL seconds, `is_silent` is asked whether
    the server answers nobody; then all are cut off that have waited so long. `silent` is told of either, before anything is cut.
    """

    def __init__(self, is_silent: Callable[[], bool], silent: Callable[[], None]) -> None:
        self._is_silent = is_silent
        self._silent = silent
        self._connections: WeakSet[WatchedConnection] = WeakSet()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="yrd-silence-asks")
        self._thread = threading.Thread(target=self._run, name="yrd-silence", daemon=True)

    def add(self, connection: WatchedConnection) -> None:
        """Look after one more."""
        with self._lock:
            self._connections.add(connection)
            if self._thread.ident is None and not self._over.is_set():
                self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._over.set()
        self._asking.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while not self._over.wait(SECONDS):
            try:
                self._look()
            except Exception:  # noqa: BLE001 - a thread's main function: nobody else would look
                if self._over.is_set():
                    return
                _log.exception("connections to the database were not looked after")

    def _look(self) -> None:
        with self._lock:
            waiting = [one for one in self._connections if one.waited() > min(DOUBTFUL, one.longest)]
        overdue = [one for one in waiting if one.waited() > one.longest]
        if overdue:
            self._cut_off(overdue)
        elif waiting and self._answers_nobody():
            self._cut_off(waiting)

    def _answers_nobody(self) -> bool:
        try:
            return self._asking.submit(self._is_silent).result(LET_IN)
        except TimeoutError:
            return True

    def _cut_off(self, connections: Iterable[WatchedConnection]) -> None:
        self._silent()
        for one in connections:
            try:
                one.cut_off()
            except (OSError, psycopg.Error) as error:
                _log.info("a connection was gone already", extra={"error": type(error).__name__})
