"""Deleting what is no longer needed, now and then."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from bot.state.kept import Kept, forget
from bot.state.store import Store
from bot.state.teams import StoredTeams

_log = logging.getLogger(__name__)

SECONDS: Final = 3600.0


class Cleaning:
    """Once an hour deletes from `store` what `kept` says has had its time, and purges the teams whose time is up."""

    def __init__(self, store: Store, kept: tuple[Kept, ...]) -> None:
        self._store = store
        self._kept = kept
        self._teams = StoredTeams(store)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="yrd-cleaning", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Begin no more; one in hand may go on."""
        self._stop.set()

    def clean(self, now: datetime) -> None:
        """Do it now; what state.db refuses waits for the next time."""
        try:
            forget(self._store, self._kept, now)
            for team in self._teams.purge(now):
                _log.warning("everything kept of a team was deleted", extra={"team": team})
        except sqlite3.Error as error:
            _log.warning("old rows were not deleted", extra={"error": str(error)})

    def _run(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        while not self._stop.wait(SECONDS):
            self.clean(now())
