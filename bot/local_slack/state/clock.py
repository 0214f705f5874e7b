"""The workspace's own time: that of the machine, until somebody puts it forward."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

# Digests may be posted hours late, so any shorter step meets every slot; this one keeps them on the minute
# that most people choose, and a week is 672 steps.
STEP_SECONDS: Final = 900.0


class MovableClock:
    """Seconds since the epoch, `ahead` of `base`. Only ever goes forward."""

    def __init__(self, base: Callable[[], float] = time.time, ahead: float = 0.0) -> None:
        self.ahead = ahead
        self.base = base
        self._lock = threading.Lock()

    def __call__(self) -> float:
        return self.base() + self.ahead

    def now(self) -> datetime:
        """Return the same as an aware moment."""
        return datetime.fromtimestamp(self(), UTC)

    def forward(self, seconds: float, each: Callable[[], object] = lambda: None) -> int:
        """Go `seconds` on by quarters of an hour, call `each` after every step, and return the number of steps."""
        if seconds < 0:
            raise ValueError("time does not go back here")
        steps = 0
        with self._lock:
            left = seconds
            while left > 0:
                step = min(left, STEP_SECONDS - self() % STEP_SECONDS)
                self.ahead += step
                left -= step
                steps += 1
                each()
        return steps
