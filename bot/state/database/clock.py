"""What time it is where state lies."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

# Seconds that an answer may take to be believed whatever took others, and after which what was heard is renewed by any.
_GOOD: Final = 0.02
_OLD: Final = 30.0


class DatabaseClock:
    """The clock of a server as far as this process knows it: heard with each transaction, and run on by the monotonic clock.

    Whoever sets the machine's own clock changes nothing. Before anything was heard it is the machine's. For many threads.
    """

    def __init__(
        self, monotonic: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._ahead: float | None = None
        self._took = 0.0
        self._at = 0.0

    def hear(self, ask: Callable[[], float]) -> None:
        """Have the server asked what time it is (Unix seconds), which it says at some moment between question and answer."""
        asked = self._monotonic()
        seconds = float(ask())
        heard = self._monotonic()
        took = heard - asked
        # A slow answer says little; after a while any is better than an old one.
        if self.is_old or took <= 2 * self._took + _GOOD:
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
