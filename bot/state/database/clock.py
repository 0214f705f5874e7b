"""What time it is where state lies."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


class DatabaseClock:
    """The clock of a server as far as this process knows it: heard with each transaction, and run on by the monotonic clock.

    Whoever sets the machine's own clock changes nothing. Before anything was heard it is the machine's. For many threads.
    """

    def __init__(
        self, monotonic: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._thread = threading.local()
        self._ahead: float | None = None

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Yield nothing; within it the server is asked what time it is, and `heard` is called."""
        self._thread.asked_at = self._monotonic()
        yield

    def heard(self, seconds: float) -> None:
        """Take note that the server said it is `seconds` (Unix time), at some moment since it was asked."""
        between = (self._thread.asked_at + self._monotonic()) / 2
        self._ahead = float(seconds) - between

    def now(self) -> datetime:
        """Return the time there."""
        ahead = self._ahead
        seconds = self._wall() if ahead is None else ahead + self._monotonic()
        return datetime.fromtimestamp(seconds, UTC)
