"""Once a week tells each owner which of their facts are overdue for review; any process may, one does."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from bot.state.contributions import StoredContributions
from bot.state.notices import StoredNotices
from handlers.curation.overdue import overdue, reminder
from handlers.curation.projection import read
from handlers.ports import Bell

_log = logging.getLogger(__name__)
SECONDS: Final = 3600.0


class Freshness:
    """Looks once an hour; the list of a week goes out in its first hours that the bot is up."""

    def __init__(
        self,
        contributions: StoredContributions,
        notices: StoredNotices,
        bell: Bell,
        stopped: Callable[[str], str],
    ) -> None:
        self._contributions = contributions
        self._notices = notices
        self._bell = bell
        self._stopped = stopped
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="yrd-freshness", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Begin no more."""
        self._stop.set()

    def remind(self, now: datetime) -> None:
        """Tell every owner who was not told this week (ISO week, UTC)."""
        year, week, _ = now.isocalendar()
        for team in self._contributions.teams():
            if self._stopped(team):
                continue
            for owner, late in overdue(read(self._contributions.deeds(team)), now.date()).items():
                if self._notices.first(team, f"overdue:{owner}:{year}-W{week:02}", now):
                    self._bell.ring(team, owner, reminder(late))

    def _run(self) -> None:
        while not self._stop.wait(SECONDS):
            try:
                self.remind(datetime.now(UTC))
            except sqlite3.Error as error:
                _log.warning("owners were not reminded", extra={"error": str(error)})
