"""Whether a server is there to be asked: while it is away nobody waits for it, and one thread looks when it is back.

The field calls it a circuit breaker.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

_log = logging.getLogger(__name__)

SECONDS: Final = 0.5
"""How often it is looked whether a server is back."""


class Door:
    """Open until somebody finds it `shut`; then `is_there` is asked, in a thread of its own, until it says so. For many threads."""

    def __init__(self, is_there: Callable[[], bool], seconds: float = SECONDS) -> None:
        self._is_there = is_there
        self._seconds = seconds
        self._lock = threading.Lock()
        self._over = threading.Event()
        self.is_shut = False

    def shut(self) -> None:
        """Have nobody go in until the server is back."""
        with self._lock:
            if self.is_shut or self._over.is_set():
                return
            self.is_shut = True
        _log.info("the database is away; what needs it waits until it is back")
        try:
            threading.Thread(target=self._watch, name="yrd-database", daemon=True).start()
        except RuntimeError:
            # No thread is to be had: whoever comes next finds out by himself.
            self.is_shut = False

    def close(self) -> None:
        """Look no more."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(self._seconds):
            if self._is_there():
                self.is_shut = False
                _log.info("the database is back")
                return
