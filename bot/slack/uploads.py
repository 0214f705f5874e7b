"""What of the bot's pictures Slack holds already, so that each is uploaded once a process and team, and what it does not take."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

# A base has a few hundred maps; what is asked for again after so many others is uploaded again.
MOST: Final = 500
# Seconds for which a place that took no picture is left alone.
RESTED: Final = 600.0


@dataclass(slots=True)
class Uploads:
    """Ids of files by what they show; for many threads. The oldest is forgotten where there are too many."""

    _files: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _refused: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _now: Callable[[], float] = time.monotonic

    def of(self, key: str) -> str | None:
        """Return the id of the file that shows what `key` stands for, None where there is none."""
        with self._lock:
            return self._files.get(key)

    def note(self, key: str, file: str) -> None:
        """Remember the file of `key`."""
        with self._lock:
            self._files[key] = file
            while len(self._files) > MOST:
                self._files.popitem(last=False)

    def refuse(self, where: str) -> None:
        """Remember for ten minutes that Slack shows no picture there: what is wrong may pass."""
        with self._lock:
            self._refused[where] = self._now() + RESTED

    def is_refused(self, where: str) -> bool:
        """Say whether Slack showed no picture there a moment ago."""
        with self._lock:
            return self._refused.get(where, 0.0) > self._now()

    def forget(self, key: str) -> None:
        """Forget the file of `key`, if there is one."""
        with self._lock:
            self._files.pop(key, None)
