"""How many work at a time, the first who came the first to be let in."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Places:
    """So many places, for many threads. `threading.Semaphore` lets whoever comes just then in before those who wait: among many who
    work all the time some would wait without end.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Yield nothing; within it this thread has a place, however long that has to be waited for."""
        self.take(None)
        try:
            yield
        finally:
            self.give_back()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Yield nothing; within it another thread has the place, while what this one waits for is no work of this process."""
        self.give_back()
        try:
            yield
        finally:
            self.take(None)

    def take(self, seconds: float | None) -> bool:
        """Take a place, waiting for it up to so many `seconds`, None as long as it takes; say whether there was one."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            given = threading.Event()
            self._waiting.append(given)
        if given.wait(seconds):
            return True
        with self._lock:
            # It may have been given since.
            if not given.is_set():
                self._waiting.remove(given)
            return given.is_set()

    def give_back(self) -> None:
        """Let the first of those who wait have the place."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
