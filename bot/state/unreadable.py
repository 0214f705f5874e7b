"""Rows that cannot be read: each is left out by itself, and logged once, so that it stops nobody else.

A row becomes such by another version's names in its JSON, by a zone that is known no more, or by a damaged disk.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar

_log = logging.getLogger(__name__)

Row = Mapping[str, Any]
Read = TypeVar("Read")

# What names a row, as far as it is an id of ours or Slack's: what people wrote is never logged.
_IDS: Final[Mapping[str, tuple[str, ...]]] = {
    "subscriptions": ("id",),
    "digest_changes": ("subscription", "seq"),
    "deliveries": ("subscription", "slot", "part"),
    "contributions": ("seq",),
    "conversations": ("place",),
}
# So many different rows are logged by a process; with more than that it is the file that is broken.
_LOGGED: Final = 100


class UnreadableRows:
    """The rows that this process could not read; for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: set[tuple[str, str]] = set()

    def __len__(self) -> int:
        return len(self._seen)

    def named(self) -> tuple[str, ...]:
        """Return each as its table and, where that may be told, its id."""
        return tuple(f"{table} {key}".rstrip() for table, key in sorted(self._seen))

    def each(self, table: str, rows: Iterable[Row], read: Callable[[Row], Read]) -> Iterator[Read]:
        """Yield what `read` makes of each row that can be read."""
        for row in rows:
            made = self.one(table, row, read)
            if made is not None:
                yield made

    def one(self, table: str, row: Row, read: Callable[[Row], Read]) -> Read | None:
        """Return what `read` makes of the row, None where that cannot be."""
        try:
            if any(isinstance(value, bytes) for value in row.values()):
                raise ValueError("bytes that are no text")
            return read(row)
        except Exception as error:  # noqa: BLE001 - the boundary of one row: whatever it holds stops no other
            self._note(table, row, error)
            return None

    def _note(self, table: str, row: Row, error: Exception) -> None:
        key = ":".join(_shown(row[name]) for name in _IDS.get(table, ()) if name in row)
        with self._lock:
            if (table, key) in self._seen or len(self._seen) >= _LOGGED:
                return
            self._seen.add((table, key))
        extra = {"table": table, "row": key, "error": type(error).__name__}
        # In the words as well: commands show these alone.
        _log.error("%s cannot be read and is left out", f"{table} {key}".rstrip(), extra=extra)


def text(raw: bytes) -> str | bytes:
    """Return text of the database; bytes that are none as they are, so that their row alone cannot be read."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw


def strings(encoded: str) -> tuple[str, ...]:
    """Return a list of strings that is kept as JSON; ValueError where it is none."""
    found = json.loads(encoded)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError("no list of strings")
    return tuple(found)


def _shown(value: object) -> str:
    return str(value)[:40] if isinstance(value, str | int) else type(value).__name__
