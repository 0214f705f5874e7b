"""Looks at the readiness checks by itself, so that what is wrong is told where nobody asks for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from bot.http.health import Check, problem_of
from bot.logs import ALWAYS

_log = logging.getLogger(__name__)

SECONDS: Final = 20.0
# What goes on being wrong is logged again after so long.
AGAIN_SECONDS: Final = 3600.0


class HealthWatch:
    """Logs one warning where a check fails, another only an hour later, and hands the first to `tell`.

    `tell` gets the check's name and the problem. What a check that does not fail warns of is logged once an hour at most,
    and told nobody: strangers may bring it about.
    """

    def __init__(
        self,
        checks: tuple[Check, ...],
        tell: Callable[[str, str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._checks = checks
        self._tell = tell
        self._now = now
        self._logged: dict[str, float] = {}
        self._warned: dict[str, float] = {}
        self.found: dict[str, bool] = {}
        """Whether each check was good when it was looked at last, by its name."""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="yrd-health-watch", daemon=True)

    def start(self) -> None:
        """Look every SECONDS, in a thread of its own."""
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._stop.set()

    def look(self) -> None:
        """Look once."""
        for check in self._checks:
            problem = problem_of(check)
            self.found[check.name] = not problem
            if not problem:
                if self._logged.pop(check.name, None) is not None:
                    _log.warning("ready again", extra={"check": check.name, ALWAYS: True})
                self._warn(check)
                continue
            before = self._logged.get(check.name)
            if before is not None and self._now() - before < AGAIN_SECONDS:
                continue
            self._logged[check.name] = self._now()
            _log.warning("not ready", extra={"check": check.name, "problem": problem, ALWAYS: True})
            if before is None:
                self._tell(check.name, problem)

    def _warn(self, check: Check) -> None:
        warning, before = check.warning(), self._warned.get(check.name)
        if warning and (before is None or self._now() - before >= AGAIN_SECONDS):
            self._warned[check.name] = self._now()
            _log.warning("ready, but", extra={"check": check.name, "warning": warning})

    def _run(self) -> None:
        while not self._stop.wait(SECONDS):
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - a thread's main function: it looks again soon
                _log.error("looking at the checks failed", extra={"error": type(error).__name__})
