"""Deleting what is no longer needed, now and then."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Protocol

from bot.state.teams import StoredTeams

_log = logging.getLogger(__name__)

SECONDS: Final = 3600.0


class Forgetful(Protocol):
    """A store that knows what is too old to be of use."""

    def forget(self, now: datetime) -> None: ...


class Cleaning:
    """Once an hour lets each of `stores` forget, and purges the teams whose time is up."""

    def __init__(self, stores: tuple[Forgetful, ...], teams: StoredTeams) -> None:
        self._stores = stores
        self._teams = teams
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
            for store in self._stores:
                store.forget(now)
            for team in self._teams.purge(now):
                _log.warning("everything kept of a team was deleted", extra={"team": team})
        except sqlite3.Error as error:
            _log.warning("old rows were not deleted", extra={"error": str(error)})

    def _run(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        while not self._stop.wait(SECONDS):
            self.clean(now())
