"""Copies of state.db: made while the bot runs, put back while it does not."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.state.after_restore import mark_unknown
from bot.state.schema import MIGRATIONS
from bot.state.store import BUSY_TIMEOUT_SECONDS, StateError, take_lease, verify


def backup(state: Path, target: Path) -> None:
    """Write a checked copy of `state` to `target`, whole or not at all; the bot may go on writing."""
    if not state.exists():
        raise StateError(f"{state} does not exist yet: there is nothing to back up.")
    if target.is_dir():
        raise StateError(f"{target} is a folder: name a file.")
    if target.exists() and target.samefile(state):
        raise StateError(f"{target} is state.db itself: name another file.")
    _copy(state, target)


def restore(source: Path, state: Path, now: datetime) -> Path | None:
    """Put a copy of `source` in place of `state`; return where the old one was kept, or None.

    `source` is checked first. StateError, with nothing changed, when it is no backup of ours, or when a
    bot is using `state`.
    """
    _check_is_ours(source)
    state.parent.mkdir(parents=True, exist_ok=True)
    try:
        lease = take_lease(state, exclusive=True)
    except BlockingIOError:
        raise StateError(f"{state} is in use: stop the bot, then restore.") from None
    fresh = state.with_name(state.name + ".restored")
    with lease:
        _copy(source, fresh)
        mark_unknown(fresh, now)
        aside = _keep_aside(state, now)
        fresh.replace(state)
    return aside


def _check_is_ours(source: Path) -> None:
    if not source.exists():
        raise StateError(f"{source} does not exist.")
    if source.is_dir():
        raise StateError(f"{source} is a folder: name a file.")
    verify(source)
    with closing(_existing(source, "ro")) as raw:
        applied = {migration.name for migration in MIGRATIONS.applied(Database(raw, execute_plugins=False))}
    known = {migration.name for migration in MIGRATIONS._migrations}
    if not applied:
        raise StateError(f"{source} is no backup of state.db.")
    if applied - known:
        raise StateError(f"{source} comes from a newer version of YRD Desk: upgrade first, then restore.")


def _keep_aside(state: Path, now: datetime) -> Path | None:
    if not state.exists():
        return None
    aside = state.with_name(f"{state.name}.{now:%Y%m%dT%H%M%S}.old")
    # A journal left by a crash belongs to the old file: beside the new one, SQLite would play it back.
    journal = state.with_name(state.name + "-journal")
    if journal.exists():
        journal.rename(aside.with_name(aside.name + "-journal"))
    state.rename(aside)
    return aside


def _copy(source: Path, target: Path) -> None:
    # mode=rw: a file that a crash left with its journal is first rolled back, as at any opening.
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name + ".", suffix=".new")
    except OSError as error:
        raise StateError(f"{target} cannot be written: {error.strerror or error}.") from error
    os.close(handle)
    aside = Path(name)
    try:
        with closing(_existing(source, "rw")) as old, closing(sqlite3.connect(aside)) as new:
            old.backup(new)
        verify(aside)
        with aside.open("rb") as written:
            os.fsync(written.fileno())
        aside.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StateError(f"{source} could not be copied to {target}: {error}.") from error
    finally:
        aside.unlink(missing_ok=True)


def _existing(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=BUSY_TIMEOUT_SECONDS)
