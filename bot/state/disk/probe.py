"""Whether a state.db can be worked with while the bot runs: there, whole, and of this version."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.state.disk import version
from bot.state.disk.soundness import NO_TEXT, existing

# Reading all of the file is the one thing here that grows with it. Seconds, by a clock that only grows.
READ_EVERY: Final = 15.0
# Seconds that others' locks are waited for: whoever asks is told of the lock, not that the check takes too long.
_WAIT: Final = 2.0


class Soundness:
    """Looks at a state.db through connections of its own: what others hold in memory may be sound still."""

    def __init__(self, path: Path, now: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._now = now
        self._file = self._found()
        self._lock = threading.Lock()
        self._read_at = float("-inf")
        self._last = ""

    def problem(self) -> str:
        """Return what is wrong, in a sentence without a person's words, "" where nothing is."""
        found = self._found()
        if found is None or (self._file is not None and found != self._file):
            return f"{self._path.name} was taken away or put in place of another while I run: start me again"
        return self._read()

    def _found(self) -> tuple[int, int] | None:
        try:
            there = os.stat(self._path)
        except OSError:
            return None
        return there.st_dev, there.st_ino

    def _read(self) -> str:
        with self._lock:
            if self._now() - self._read_at >= READ_EVERY:
                self._last = self._read_now()
                # What is wrong is looked at again at once: somebody may be putting it right.
                self._read_at = self._now() if not self._last else float("-inf")
            return self._last

    def _read_now(self) -> str:
        name = self._path.name
        try:
            with closing(existing(self._path, _WAIT)) as raw:
                found = str(raw.execute("PRAGMA quick_check(1)").fetchone()[0])
                newer = version.problem(raw) if found == "ok" else ""
        except sqlite3.OperationalError as error:
            return f"{name} cannot be read ({error})"
        except sqlite3.DatabaseError as error:
            found, newer = str(error), ""
        except UnicodeDecodeError:
            found, newer = NO_TEXT, ""
        if found != "ok":
            return (
                f"{name} is damaged ({found}): stop me, and put a backup in its place with `yrd restore FILE`"
            )
        return f"{name} {newer}" if newer else ""
