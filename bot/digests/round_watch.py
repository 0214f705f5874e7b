"""Whether rounds of digests go through."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

# Seconds without a step that went through. A round comes every five, and a call to Slack ends within ten.
LONGEST: Final = 120.0


class RoundWatch:
    """Knows when a round went through last, or a delivery in it; by a clock that nobody can set."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last = now()

    def went_through(self) -> None:
        """Note that a round, or a delivery in one, came to its end."""
        self._last = self._now()

    def problem(self) -> str:
        """Return that none has gone through for too long, "" where one has."""
        gone = self._now() - self._last
        return f"no round of digests has gone through for {gone / 60:.0f} minutes" if gone > LONGEST else ""
