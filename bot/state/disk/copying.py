"""Checked copies of a state.db, made while others use it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bot.state.disk import files
from bot.state.disk.soundness import BUSY_TIMEOUT_SECONDS, UnusableError, examine, existing
from bot.state.errors import StateError


def checked_copy(source: Path, target: Path, end: str) -> Path:
    """Return a checked copy of `source`, on the disk beside `target` under a name of its own that has `end`. StateError."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name + ".", suffix=end)
    except OSError as error:
        raise StateError(f"{target} cannot be written: {error.strerror or error}.") from error
    os.close(handle)
    copy = Path(name)
    try:
        with closing(existing(source, BUSY_TIMEOUT_SECONDS)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        examine(copy)
        files.sync(copy)
    except (OSError, sqlite3.Error, UnusableError) as error:
        copy.unlink(missing_ok=True)
        raise StateError(f"{source} could not be copied to {target}: {error}.") from error
    return copy


def copy_aside(path: Path, name: str) -> Path:
    """Keep a copy of `path` as it is beside it, under `name` and an end that says so, and return it. StateError."""
    copy = checked_copy(path, path, files.BEING_MADE)
    try:
        aside = files.keep_aside(copy, name)
        files.sync(path.parent)
    except OSError as error:
        raise StateError(f"{path} could not be copied: {error.strerror or error}.") from error
    finally:
        copy.unlink(missing_ok=True)
    return aside
