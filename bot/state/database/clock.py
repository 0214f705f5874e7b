"""What time it is where state lies."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

# Seconds that an answer may take to be believed whatever took others, and after which what was heard is renewed by any.
_GOOD: Final = 0.02
_OLD: Final = 30.0


def boot_clock() -> float:
    """Return seconds that also pass while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)


class DatabaseClock:
    """The clock of a server as far as this process knows it: heard with each transaction, and run on by a clock that nobody sets.

    Whoever sets the machine's own clock changes nothing. Before anything was heard it is the machine's. For many threads.
    """

    def __init__(
        self, monotonic: Callable[[], float] = boot_clock, wall: Callable[[], float] = time.time
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._ahead: float | None = None
        self._took = 0.0
        self._at = 0.0

    def hear(self, ask: Callable[[], float], *, may_wait: bool = False) -> None:
        """Have the server asked what time it is (Unix seconds), which it says at some moment between question and answer.

        Where the answer `may_wait` for others besides, only a quick one is believed.
        """
        asked = self._monotonic()
        seconds = float(ask())
        heard = self._monotonic()
        took = heard - asked
        # A slow answer says little; after a while any is better than an old one.
        is_renewed = self.is_old and not may_wait
        if is_renewed or took <= (0.0 if may_wait else 2 * self._took) + _GOOD:
            self._ahead, self._took, self._at = seconds - (asked + heard) / 2, took, heard

    @property
    def is_old(self) -> bool:
        """Say whether what was heard is to be renewed."""
        return self._ahead is None or self._monotonic() - self._at > _OLD

    def now(self) -> datetime:
        """Return the time there."""
        ahead = self._ahead
        seconds = self._wall() if ahead is None else ahead + self._monotonic()
        return datetime.fromtimestamp(seconds, UTC)
