"""Whether a file is a state.db that can be used; what is none is named, and never taken for a new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.state.disk import version

BUSY_TIMEOUT_SECONDS: Final = 5.0
"""How long the locks of others are waited for."""
_TAKEN: Final = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_SHUT: Final = frozenset(
    (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_AUTH)
)
# The low byte of an extended code is its kind (sqlite.org/rescode.html).
_KIND: Final = 0xFF


NO_TEXT: Final = "its schema is no text"
"""What a UnicodeDecodeError means here: what SQLite says of a damaged schema quotes it, and Python does not make that a message."""


class UnusableError(Exception):
    """The file cannot be used; its text goes on after the file's name. Not `is_damaged` where another time it may be."""

    def __init__(self, said: str, *, is_damaged: bool = True) -> None:
        super().__init__(said)
        self.is_damaged = is_damaged


def examine(path: Path, patience: float = BUSY_TIMEOUT_SECONDS) -> None:
    """Raise UnusableError unless the file is a sound database of ours, of whatever version. Changes nothing in it.

    It waits `patience` seconds for the locks of others. What a crash left half done is rolled back first, as at any opening.
    """
    if not path.is_file():
        raise UnusableError("is no file")
    if path.stat().st_size == 0:
        raise UnusableError("is empty")
    try:
        with closing(existing(path, patience)) as raw:
            _examine(raw)
    except UnicodeDecodeError:
        raise UnusableError(f"is damaged ({NO_TEXT})") from None
    except sqlite3.Error as error:
        raise _unusable(error) from error


def existing(path: Path, patience: float) -> sqlite3.Connection:
    """Return a connection to the file `path`, for one thread or its closing by another; OperationalError where there is
    none: SQLite would make one.

    `patience` is how many seconds it waits for locks of others.
    """
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=patience, check_same_thread=False
    )


def is_locked(error: BaseException | None) -> bool:
    """Say whether `error` is that another program, or another thread, holds the file."""
    return _kind(error) in _TAKEN


def _kind(error: BaseException | None) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & _KIND


def _unusable(error: sqlite3.Error) -> UnusableError:
    if is_locked(error):
        return UnusableError("is locked by another program: end that, then try again", is_damaged=False)
    if _kind(error) in _SHUT:
        return UnusableError(
            f"cannot be opened ({error}): check whose it is, and its rights", is_damaged=False
        )
    return UnusableError(f"is damaged ({error})")


def _examine(raw: sqlite3.Connection) -> None:
    found = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise UnusableError(f"is damaged ({' '.join(str(found).split())})")
    if raw.execute("PRAGMA application_id").fetchone()[0] or not version.is_ours(raw):
        raise UnusableError("is no state.db of YRD Desk but a file of another program")
