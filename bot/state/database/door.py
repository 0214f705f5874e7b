"""Whether a server is there to be asked: while it is away nobody waits for it, and one thread looks when it is back.

The field calls it a circuit breaker.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from bot.logs import ALWAYS

_log = logging.getLogger(__name__)

SECONDS: Final = 0.5
"""How often it is looked whether a server is back."""
SELDOM: Final = 5.0
"""How often where somebody has to put it right: a server may lock out whoever shows it a wrong password again and again."""


class Door:
    """Open until somebody finds it `shut`; then `look` is asked, in a thread of its own, why nobody gets in, until it returns None.

    `told` puts into words why, and says whether that may pass by itself. For many threads.
    """

    def __init__(
        self,
        look: Callable[[], Exception | None],
        told: Callable[[Exception], tuple[str, bool]],
        seconds: float = SECONDS,
    ) -> None:
        self._look = look
        self._told = told
        self._seconds = seconds
        self._lock = threading.Lock()
        self._over = threading.Event()
        self.why: Exception | None = None
        """Why nobody gets in, None where it is open."""

    def shut(self, why: Exception) -> None:
        """Have nobody go in until the server is back."""
        with self._lock:
            if self.why is not None or self._over.is_set():
                return
            self.why = why
        self._say(why)
        try:
            threading.Thread(target=self._watch, name="yrd-database", daemon=True).start()
        except RuntimeError:
            # No thread is to be had: whoever comes next finds out by himself.
            self.why = None

    def close(self) -> None:
        """Look no more."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(self._pause()):
            found = self._look()
            if found is None:
                self.why = None
                _log.warning("the database is back", extra={ALWAYS: True})
                return
            before, self.why = self.why, found
            if before is None or self._told(before) != self._told(found):
                self._say(found)

    def _pause(self) -> float:
        may_pass = self.why is None or self._told(self.why)[1]
        return self._seconds if may_pass else max(self._seconds, SELDOM)

    def _say(self, why: Exception) -> None:
        _log.warning(
            "the database is away; what needs it waits", extra={"error": self._told(why)[0], ALWAYS: True}
        )
