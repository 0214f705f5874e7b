"""That this process runs, told to the others on the same state; and whether all answer from the same fact base."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from bot.jobs import Periodic
from bot.state.errors import StateError
from bot.state.processes import SEEN_EVERY, Process, StoredProcesses, apart, standing, this_process
from bot.state.store import Store

_log = logging.getLogger(__name__)


class Heartbeat:
    """Notes this process, which answers from the base of that version, every SEEN_EVERY, from `start` to `close`."""

    def __init__(self, store: Store, base: str, now: Callable[[], datetime]) -> None:
        self._processes = StoredProcesses(store)
        self._me = this_process(base)
        self._running: tuple[Process, ...] = ()
        self._beat = Periodic(self._note, "heartbeat", SEEN_EVERY.total_seconds(), now, at_once=True)

    def start(self) -> None:
        """Begin, at once."""
        self._beat.start()

    def close(self) -> None:
        """End, and have others know."""
        self._beat.close()
        try:
            self._processes.forget(self._me)
        except StateError as error:
            # Others take it for gone once it was silent for long enough.
            _log.info("the end of this process was not noted", extra={"error": str(error)})

    def note(self) -> str:
        """Return what base this process answers from and, where others answer from another, who; asks nobody."""
        return standing(self._me, self._running)

    def warning(self) -> str:
        """Return who answers from which base where not all answer from the same, "" where all do; asks nobody."""
        return apart(self._running)

    def _note(self, now: datetime) -> None:
        self._processes.note(self._me, now)
        self._running = self._processes.running(now)
