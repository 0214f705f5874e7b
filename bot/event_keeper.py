"""Keeps up what is known of events in hand: who works on them, what Slack has the acknowledgement of, what was let go."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.state.errors import StateError
from bot.state.events import StoredEvents

_log = logging.getLogger(__name__)

# Three times in a lease of ten seconds.
SECONDS: Final = 3.0


class EventKeeper:
    """Renews the leases of `events` every so many `seconds`, from `start` to `close`, in a thread of its own.

    Where a process let go of an event without an answer, it has `line` (a Content) posted, once.
    """

    def __init__(
        self, events: StoredEvents, line: str, now: Callable[[], datetime], seconds: float = SECONDS
    ) -> None:
        self._events = events
        self._line = line
        self._now = now
        self._seconds = seconds
        self._wake = threading.Event()
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="yrd-events", daemon=True)

    def start(self) -> None:
        """Begin, with what another process left."""
        self._thread.start()

    def close(self) -> None:
        """Write down what is known, and end. To be called once nothing is in hand any more."""
        self._is_over = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def acknowledged(self, event_id: str) -> None:
        """Have it written down, at once, that Slack has the acknowledgement of an event."""
        self._events.acknowledged(event_id, self._now())
        self._wake.set()

    def _run(self) -> None:
        while True:
            # Before looking: what comes meanwhile has it look again.
            self._wake.clear()
            self._keep_up()
            if self._is_over:
                return
            self._wake.wait(self._seconds)

    def _keep_up(self) -> None:
        try:
            told = self._events.keep_up(self._now(), self._line)
        except StateError as error:
            _log.warning("events in hand could not be kept up", extra={"error": str(error)})
            return
        if told:
            _log.warning("events were let go unanswered; whoever wrote is told", extra={"events": told})
