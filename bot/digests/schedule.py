"""The wake-up: calls the delivery worker every few seconds. The only importer of apscheduler.

It decides nothing: what is due stands in the ledger. It goes by the wall clock, so a clock that is put back
would leave it asleep; a thread that goes by the monotonic one wakes it then.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

TICK_SECONDS: Final = 5
_JOB: Final = "tick"


class WakeUp:
    """Calls `tick` every TICK_SECONDS from `start` on, one call at a time, until `close`."""

    def __init__(self, tick: Callable[[], None], seconds: float = TICK_SECONDS) -> None:
        # APScheduler logs every late run as a warning; here a late tick does the work of both.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._tick = tick
        self._seconds = seconds
        self._last = time.monotonic()
        self._closing = threading.Event()
        self._watch = threading.Thread(target=self._watch_clock, name="yrd-wake-up", daemon=True)
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(1)},
            # Dropped after one second by default; a tick that comes late is never too late.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            timezone=UTC,
        )

    def start(self) -> None:
        """Begin; the first tick comes after TICK_SECONDS, when the local workspace's own server is up."""
        self._scheduler.add_job(self._run, "interval", seconds=self._seconds, id=_JOB)
        self._scheduler.start()
        self._watch.start()

    def close(self) -> None:
        """Call `tick` no more, and return when a tick in hand has ended."""
        self._closing.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _run(self) -> None:
        self._last = time.monotonic()
        try:
            self._tick()
        finally:
            self._last = time.monotonic()

    def _watch_clock(self) -> None:
        while not self._closing.wait(self._seconds * 2):
            if time.monotonic() - self._last > self._seconds * 4:
                self._scheduler.modify_job(_JOB, next_run_time=datetime.now(UTC))
                self._scheduler.wakeup()
