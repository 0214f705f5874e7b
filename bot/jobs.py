"""What the bot does by itself once an hour: deleting what is no longer needed, reminding of overdue facts, and renewing
review cards that were left behind.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from bot.state.contributions import StoredContributions
from bot.state.errors import StateError
from bot.state.kept import KeptTable, forget
from bot.state.notices import StoredNotices
from bot.state.store import Store
from bot.state.teams import StoredTeams
from handlers.curation.overdue import overdue, reminder
from handlers.curation.projection import replay
from handlers.ports import Notifier, UnreadableError

_log = logging.getLogger(__name__)

SECONDS: Final = 3600.0


class Periodic:
    """Does a job every so many `seconds` by the clock `now`, in a thread of its own; what state refuses waits for the next
    time. The first is after so many seconds, or `at_once`.
    """

    def __init__(
        self,
        job: Callable[[datetime], None],
        name: str,
        seconds: float = SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        at_once: bool = False,
    ) -> None:
        self._job = job
        self._seconds = seconds
        self._now = now
        self._at_once = at_once
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"yrd-{name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Begin no more; one in hand may go on."""
        self._stop.set()

    def join(self) -> None:
        """Wait until no more is begun and what was in hand is done."""
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(0 if self._at_once else self._seconds):
            self._at_once = False
            try:
                self._job(self._now())
            except (StateError, UnreadableError) as error:
                _log.warning(
                    "periodic work was not done; the next time tries again",
                    extra={"job": self._thread.name, "error": str(error)},
                )


def clean(store: Store, kept: tuple[KeptTable, ...], now: datetime) -> None:
    """Delete what `kept` says has had its time, and everything of the teams whose time is up."""
    forget(store, kept, now)
    for team in StoredTeams(store).purge(now):
        _log.warning("everything kept of a team was deleted", extra={"team": team})


def renew_cards(
    contributions: StoredContributions,
    notifier_of: Callable[[str], Notifier | None],
    stopped: Callable[[str], str],
    now: datetime,
) -> None:
    """Have every card of a proposal that was left behind say how it stands; none of a `stopped` team, or of one without a
    notifier.
    """
    for team in contributions.teams():
        if not stopped(team) and (notifier := notifier_of(team)):
            notifier.renew(team)


def remind(
    contributions: StoredContributions,
    notices: StoredNotices,
    notifier_of: Callable[[str], Notifier | None],
    stopped: Callable[[str], str],
    now: datetime,
) -> None:
    """Tell every owner of overdue facts who was not told this week (ISO week, UTC); any process may, one does.

    The list of a week goes out in its first hours that the bot is up. Nobody of a `stopped` team is told.
    """
    year, week, _ = now.isocalendar()
    for team in contributions.teams():
        notifier = None if stopped(team) else notifier_of(team)
        if notifier is None:
            continue
        for owner, late in overdue(replay(contributions.events(team)), now.date()).items():
            if notices.first(team, f"overdue:{owner}:{year}-W{week:02}", now):
                notifier.notify(team, owner, reminder(late))
