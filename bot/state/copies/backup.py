"""Copies of state.db: made while the bot runs, put back while it does not."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.state.copies.after_restore import mark_unknown
from bot.state.database.sqlite import alone_with, take_lease, verify
from bot.state.disk import files, version
from bot.state.disk.copying import checked_copy
from bot.state.disk.soundness import BUSY_TIMEOUT_SECONDS, UnusableError, examine, existing
from bot.state.errors import StateError

_log = logging.getLogger(__name__)


def backup(state: Path, target: Path) -> None:
    """Write a checked copy of `state` to `target`, whole or not at all; the bot may go on writing.

    A link there stays one, and what it leads to is replaced.
    """
    verify(state)
    if not state.exists():
        raise StateError(f"{state} does not exist yet: there is nothing to back up.")
    _check_may_be_replaced(target, state)
    if target.is_symlink():
        target = target.resolve()
    fresh = checked_copy(state, target, files.BEING_MADE)
    try:
        fresh.replace(target)
        files.sync(target.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise StateError(f"{target} cannot be written: {error.strerror or error}.") from error


def _check_may_be_replaced(target: Path, state: Path) -> None:
    if target.is_dir():
        raise StateError(f"{target} is a folder: name a file.")
    # A device or a pipe would give way to a file of its name.
    if target.exists() and not target.is_file():
        raise StateError(f"{target} is no file: name one.")
    if (target.exists() and target.samefile(state)) or files.belongs_to(state, target):
        raise StateError(f"{target} is state.db itself, or has a name that goes with it: name another file.")
    if left := files.companions(target.resolve()):
        raise StateError(f"{left[0]} would be played into the copy: move it away, or name another file.")


def restore(source: Path, state: Path, now: datetime) -> Path | None:
    """Put a copy of `source` in place of `state`; return where the old one was kept, or None.

    `source` is checked first. StateError, with nothing changed, when it is no backup of ours, or when a
    bot is using `state`. Cut off at whatever moment, `state` is the old one or the new one, and nothing is lost.
    """
    _check_is_ours(source)
    if source.resolve() == state.resolve():
        raise StateError(f"{source} is the state.db that is in use: there is nothing to put back from it.")
    try:
        files.make_folder(state.parent)
        lease = take_lease(state, exclusive=True)
    except BlockingIOError:
        raise StateError(f"{state} is in use: stop the bot, then restore.") from None
    except OSError as error:
        raise StateError(f"{state} cannot be put in place: {error.strerror or error}.") from error
    # A link to state.db stays one; SQLite keeps journals beside what it leads to.
    state = state.resolve()
    with lease:
        fresh = checked_copy(source, state, files.RESTORED)
        try:
            with alone_with(fresh) as db:
                mark_unknown(db, now)
            return _put_in_place(fresh, state, now)
        except (OSError, sqlite3.Error, SQLAlchemyError) as error:
            reason = error.strerror or error if isinstance(error, OSError) else error
            raise StateError(f"{state} was not replaced: {reason}.") from error
        finally:
            fresh.unlink(missing_ok=True)


def _put_in_place(fresh: Path, state: Path, now: datetime) -> Path | None:
    """Let `fresh` take the name of `state`, which has one file or the other behind it at every moment."""
    is_kept = state.exists()
    aside = files.keep_aside(state, f"{state.name}.{now:%Y%m%dT%H%M%S}")
    files.sync(state.parent)
    _settle(state)
    # What SQLite could not play back belongs to the old file, where it is now; into the new one it would.
    for journal in files.companions(state):
        journal.unlink()
    files.sync(state.parent)
    fresh.replace(state)
    files.make_private(state)
    files.sync(state.parent)
    return aside if is_kept else None


def _settle(state: Path) -> None:
    """Have SQLite take back what a crash left half done, so that the file is whole without its journal.

    A damaged one, where it cannot, is kept as it is.
    """
    if not state.is_file():
        return
    try:
        with closing(existing(state, BUSY_TIMEOUT_SECONDS)) as raw:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        _log.info("the file to be replaced is kept as it is", extra={"error": str(error)})


def _check_is_ours(source: Path) -> None:
    if not source.exists():
        raise StateError(f"{source} does not exist.")
    if source.is_dir():
        raise StateError(f"{source} is a folder: name a file.")
    try:
        examine(source)
    except UnusableError as error:
        reason = "is no SQLite database" if _is_something_else(source) else error
        raise StateError(
            f"{source} is no backup of state.db: it {reason}. Nothing was changed; name a file that `yrd backup` wrote."
        ) from error
    with closing(existing(source, BUSY_TIMEOUT_SECONDS)) as raw:
        is_newer = version.is_newer(raw)
    if is_newer:
        raise StateError(f"{source} comes from a newer version of YRD Desk: upgrade first, then restore.")


def _is_something_else(file: Path) -> bool:
    """Say whether a file begins otherwise than SQLite's do: www.sqlite.org/fileformat.html#the_database_header"""
    with file.open("rb") as read:
        return read.read(16) not in (b"SQLite format 3\0", b"")
