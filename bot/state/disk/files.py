"""state.db as files: readable to its owner alone, put in place whole, and what may lie beside it."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from stat import S_IMODE
from typing import Final

_log = logging.getLogger(__name__)

PRIVATE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
LOCK: Final = ".lock"
BEING_MADE: Final = ".new"
"""How copies end that are not whole yet, and a state.db before its first start."""
RESTORED: Final = ".restored"
"""How copies of backups end that are to be put in place."""
ASIDE: Final = ".old"
"""How the files end that restores kept aside."""
COMPANIONS: Final = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database, and would play back into another one of the same name."""


def is_there(path: Path) -> bool:
    """Say whether anything has this name, a link to nothing too. OSError where that cannot be told."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def make_folder(folder: Path) -> None:
    """Make the folder, and those above it, where they are missing; it is its owner's alone then. OSError."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        folder.chmod(PRIVATE_FOLDER)


def make_private(path: Path) -> None:
    """Take from everybody but its owner the right to `path` and to what lies beside it under its name.

    What is not ours to change is logged and left.
    """
    for file in (path, *beside(path)):
        try:
            mode = S_IMODE(file.stat().st_mode)
            if mode & ~PRIVATE_FOLDER:
                file.chmod(mode & PRIVATE_FOLDER)
        except FileNotFoundError:
            continue  # A journal that is gone by now: SQLite gives it the rights of its database.
        except OSError as error:
            _log.warning("%s may be open to others: %s", file, error.strerror)


def beside(path: Path) -> tuple[Path, ...]:
    """Return what lies beside `path` under its name with something behind it, in order of names."""
    return tuple(sorted(file for file in path.parent.glob(f"{path.name}?*") if file.is_file()))


def belongs_to(path: Path, other: Path) -> bool:
    """Say whether `other` has a name that is given beside `path`: by SQLite, by a running bot, by a restore."""
    path, other = path.resolve(), other.resolve()
    is_beside = other.parent == path.parent and other.name.startswith(path.name)
    return is_beside and other.name.endswith((LOCK, BEING_MADE, RESTORED, ASIDE, *COMPANIONS))


def left_beside(path: Path) -> tuple[Path, ...]:
    """Return what says that there was a `path` before: files kept aside, copies, journals."""
    return tuple(
        file
        for file in beside(path)
        if file.name != path.name + LOCK and not file.name.removesuffix("-journal").endswith(BEING_MADE)
    )


def left_of_a_restore(path: Path) -> Path | None:
    """Return a copy that a restore was cut off before it put in place of `path`, None where there is none."""
    return next((file for file in beside(path) if file.name.endswith(RESTORED)), None)


def companions(path: Path) -> tuple[Path, ...]:
    """Return the files that SQLite left beside the database `path`."""
    return tuple(file for end in COMPANIONS if (file := path.with_name(path.name + end)).exists())


def keep_aside(path: Path, name: str) -> Path:
    """Give `path` and its companions a second name as well, `name` with ASIDE behind it, and return that of `path`.

    What has such a name already is left as it is, and a number told it from the new one. OSError.
    """
    number = 1
    while True:
        aside = path.with_name(f"{name}{ASIDE}" if number == 1 else f"{name}-{number}{ASIDE}")
        number += 1
        if any(aside.with_name(aside.name + end).exists() for end in COMPANIONS):
            continue
        try:
            if path.exists():
                os.link(path, aside)
        except FileExistsError:
            continue
        for file in companions(path):
            os.link(file, aside.with_name(aside.name + file.name.removeprefix(path.name)))
        return aside


def sync(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on the disk. OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
