"""Hears from a server what other processes have changed, in a thread and on a connection of its own.

www.postgresql.org/docs/current/sql-notify.html: what is told arrives after the commit, and not at all while nobody
listens. So who relies on it asks by itself now and then as well.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Final

import psycopg
from psycopg import sql

_log = logging.getLogger(__name__)

CHANNEL: Final = "yrd_changed"
# Seconds between two looks whether it is to end, and before a lost connection is made anew: at first, and at last.
_LOOKS: Final = 0.5
_SELDOM: Final = 5.0


class Listener:
    """Calls `heard` with what is told on CHANNEL, from the first `start` to `close`. `connect` opens a connection."""

    def __init__(
        self, connect: Callable[[], psycopg.Connection[tuple[Any, ...]]], heard: Callable[[str], None]
    ) -> None:
        self._connect = connect
        self._heard = heard
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="yrd-listener", daemon=True)
        self.is_listening = False

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._over.set()
        if self._thread.is_alive():
            # A server that stands still is not waited for.
            self._thread.join(2 * _LOOKS)

    def _run(self) -> None:
        pause = _LOOKS
        while not self._over.is_set():
            try:
                with self._connect() as db:
                    db.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    self.is_listening = True
                    pause = _LOOKS
                    self._listen(db)
            except (psycopg.Error, OSError) as error:
                _log.debug("changes of others are not heard just now", extra={"error": type(error).__name__})
            finally:
                self.is_listening = False
            self._over.wait(pause)
            pause = min(2 * pause, _SELDOM)

    def _listen(self, db: psycopg.Connection[tuple[Any, ...]]) -> None:
        while not self._over.is_set():
            for told in db.notifies(timeout=_LOOKS):
                self._heard(told.payload)
