"""What was looked up of each workspace, for as long as it need not be looked up again."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class ByTeam(Generic[T]):
    """A value of each of the `most` teams that were looked up last, fresh for so many `seconds`. For many threads."""

    def __init__(self, seconds: float, most: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._most = most
        self._monotonic = monotonic
        self._kept: OrderedDict[str, tuple[T, float]] = OrderedDict()
        self._lock = Lock()

    def fresh(self, team: str) -> T | None:
        """Return what was kept of a team, None where nothing is or it is to be looked up again."""
        with self._lock:
            kept = self._kept.get(team)
        return kept[0] if kept is not None and self._monotonic() < kept[1] else None

    def last(self, team: str) -> T | None:
        """Return what was kept last of a team, however long ago; None where nothing is."""
        with self._lock:
            kept = self._kept.get(team)
        return kept[0] if kept is not None else None

    def keep(self, team: str, value: T) -> None:
        """Keep what was looked up of a team."""
        with self._lock:
            self._kept[team] = value, self._monotonic() + self._seconds
            self._kept.move_to_end(team)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def forget(self, team: str) -> None:
        """Have it looked up again."""
        with self._lock:
            self._kept.pop(team, None)
