"""A state.db: SQLite, immediate transactions, one host.

The journal is DELETE, not WAL: several connections writing a WAL meet the reset bug of SQLite 3.7.0 to
3.51.2 (sqlite.org/wal.html#walresetbug), and some hundred commits a second are plenty here. It serves many
threads and processes of one machine; the file must lie on a local disk.
"""

from __future__ import annotations

import fcntl
import logging
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Connection, Engine, QueuePool, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.state.database.backend import Connections, Found, Purpose, connections_of
from bot.state.disk import files, version
from bot.state.disk.copying import copy_aside
from bot.state.disk.probe import Soundness
from bot.state.disk.soundness import BUSY_TIMEOUT_SECONDS, UnusableError, examine, existing, is_locked
from bot.state.errors import LockedError, StateError, UnavailableError
from bot.state.tables.migrations import upgrade
from bot.state.unreadable import text

_log = logging.getLogger(__name__)

# More connections than threads of a bot are never wanted; what is idle costs a few hundred kilobytes.
_KEPT_OPEN: Final = 8
_AT_MOST: Final = 64


class SqliteFile:
    """The backend of a state.db. `open` makes one."""

    def __init__(self, path: Path, lease: IO[bytes], *, is_only_looked_at: bool) -> None:
        self.path = path
        self._thread = threading.local()
        self._engine = _engine(lambda: connect(path, getattr(self._thread, "patience", BUSY_TIMEOUT_SECONDS)))
        self._lease = lease
        self._soundness = Soundness(path)
        self._is_only_looked_at = is_only_looked_at

    @classmethod
    def open(cls, path: Path, *, is_only_looked_at: bool = False) -> SqliteFile:
        """Take a lease of `path` and return its backend, which is still to be prepared. StateError while it is being restored."""
        try:
            files.make_folder(path.parent)
            lease = take_lease(path, exclusive=False)
        except BlockingIOError:
            raise StateError(f"{path} is being restored: try again when that is done.") from None
        except OSError as error:
            raise StateError(f"{path} cannot be opened: {error.strerror or error}.") from error
        return cls(path, lease, is_only_looked_at=is_only_looked_at)

    @property
    def name(self) -> str:
        """Return its path."""
        return str(self.path)

    @property
    def is_shared(self) -> bool:
        """Return that a file is of one machine."""
        return False

    @property
    def unwritable(self) -> str:
        """Return what is said where nothing can be written."""
        return f"{self.path.name} cannot be written: check its owner, and the disk"

    def prepare(self, patience: float) -> None:
        """Check the file and bring its tables up to date; one that is only looked at is changed in nothing.

        One of version 0.1 is kept aside as well, as it was.
        """
        try:
            verify(self.path, patience)
            if not self._is_only_looked_at:
                self._bring_up_to_date(patience)
            with closing(existing(self.path, patience)) as raw:
                if found := version.problem(raw):
                    raise StateError(f"{self.path} {found}.")
            # From now on it is this very file.
            self._soundness = Soundness(self.path)
        except sqlite3.Error as error:
            raise _said(self.path, error) from error
        except OSError as error:
            raise StateError(f"{self.path} cannot be used: {error.strerror or error}.") from error

    def _bring_up_to_date(self, patience: float) -> None:
        if not self.path.exists():
            _create(self.path)
        files.make_private(self.path)
        if left := files.left_of_a_restore(self.path):
            _log.warning(
                "a restore was cut off: run it again, or delete %s; %s is the old one", left, self.path
            )
        # Where nothing is new it is only read: what another program is about to change can be read meanwhile.
        with closing(existing(self.path, patience)) as raw:
            is_pending = version.is_older(raw) and not version.is_newer(raw)
        if is_pending:
            self._upgrade(patience)

    def _upgrade(self, patience: float) -> None:
        with self.transaction("", patience, "write") as db:
            raw = _raw(db)
            # Another process may have done it while the lock was waited for.
            if not version.is_older(raw):
                return
            if version.is_of_0_1(raw):
                kept = copy_aside(self.path, f"{self.path.name}.0.1")
                _log.warning("%s is of version 0.1: brought up to date; as it was it is %s", self.path, kept)
            upgrade.upgrade(db)

    @contextmanager
    def transaction(self, team: str, patience: float, purpose: Purpose) -> Iterator[Connection]:
        """Yield a connection in a transaction, under the write lock of all teams where it does not only read."""
        # For one that is made anew, which has to look at the file as well.
        self._thread.patience = patience
        with self._engine.connect() as db, db.begin():
            raw, wait = _raw(db), int(patience * 1000)
            if db.info.get("wait") != wait:
                raw.execute(f"PRAGMA busy_timeout = {wait}")
                db.info["wait"] = wait
            db.exec_driver_sql("BEGIN" if purpose == "read" else "BEGIN IMMEDIATE")
            yield db

    def ask(self, team: str, patience: float, question: Callable[[Connection], Found]) -> Found:
        """Return what `question` finds, in a transaction of its own."""
        with self.transaction(team, patience, "read") as db:
            return question(db)

    def error(self, error: SQLAlchemyError) -> StateError:
        """Return what an error of SQLite means."""
        found = error.orig if isinstance(error, DBAPIError) else None
        return _said(self.path, found if isinstance(found, sqlite3.Error) else error)

    def unhurried(self, connection: Connection) -> None:
        """Do nothing: nothing is hurried."""

    def announce(self, connection: Connection, what: str) -> None:
        """Tell nobody: SQLite has no way to, and to ask a file costs little."""

    def listen(self, heard: Callable[[str], None]) -> None:
        """Hear nothing."""

    @property
    def is_listening(self) -> bool:
        """Return that nothing is heard."""
        return False

    def now(self) -> datetime:
        """Return the machine's time: a file knows no other."""
        return datetime.now(UTC)

    def connections(self) -> Connections:
        """Return how the connections of this process are used."""
        return connections_of(self._engine, _AT_MOST)

    def sees_all(self) -> bool:
        """Say whether rows are shown whatever their team: SQLite has no rules for rows."""
        return True

    def is_behind(self) -> bool:
        """Say whether the tables are still to be brought up to date."""
        return is_older_version(self.path)

    def problem(self) -> str:
        """Return what is wrong with the file: others may hold something sound in memory."""
        return self._soundness.problem()

    def close(self) -> None:
        """Close every connection that is not in use, and give up the lease."""
        self._engine.dispose()
        self._lease.close()


def _engine(connected: Callable[[], sqlite3.Connection]) -> Engine:
    return create_engine(
        "sqlite://",
        creator=connected,
        poolclass=QueuePool,
        pool_size=_KEPT_OPEN,
        max_overflow=_AT_MOST - _KEPT_OPEN,
        # The one that was used last is the likeliest to have its pages at hand.
        pool_use_lifo=True,
        hide_parameters=True,
    )


def _raw(connection: Connection) -> sqlite3.Connection:
    raw: Any = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _said(path: Path, error: Exception) -> StateError:
    """Return in a sentence what SQLite, or who gives out its connections, found."""
    if is_locked(error):
        return LockedError(f"{path} is locked by another program.")
    is_passing = not isinstance(error, sqlite3.Error) or isinstance(error, sqlite3.OperationalError)
    kind = UnavailableError if is_passing else StateError
    return kind(f"{path} cannot be used: {error}.")


def connect(path: Path, patience: float = BUSY_TIMEOUT_SECONDS) -> sqlite3.Connection:
    """Return a new connection to `path`, which is there, set up as state.db needs it.

    It waits `patience` seconds for locks of others. It begins no transaction by itself.
    """
    raw = existing(path, patience)
    raw.isolation_level = None
    raw.text_factory = text
    raw.execute("PRAGMA journal_mode=DELETE")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA foreign_keys=ON")
    return raw


def verify(path: Path, patience: float = BUSY_TIMEOUT_SECONDS) -> None:
    """Raise StateError unless `path` is a sound state.db, or does not exist and never did. Changes nothing.

    LockedError while another program holds it for longer than `patience` seconds.
    """
    try:
        if files.is_there(path):
            examine(path, patience)
            return
        left = files.left_beside(path)
    except UnusableError as error:
        raise _refused(path, error) from error
    except OSError as error:
        raise StateError(f"{path} cannot be opened: {error.strerror or error}.") from error
    if left:
        raise StateError(
            f"{path} is missing, but {left[0].name} lies beside it: put a backup in its place with `yrd restore"
            " FILE`, or move away what lies there under its name to begin anew."
        )


def is_older_version(path: Path) -> bool:
    """Say whether the sound state.db at `path` is still to be brought up to date. sqlite3.Error."""
    with closing(existing(path, BUSY_TIMEOUT_SECONDS)) as raw:
        return version.is_older(raw)


def _refused(path: Path, error: UnusableError) -> StateError:
    if not error.is_damaged:
        kind = LockedError if is_locked(error.__cause__) else StateError
        return kind(f"{path} {error}.")
    return StateError(
        f"{path} {error}: put a backup in its place with `yrd restore FILE`, which keeps this file aside."
    )


def _create(path: Path) -> None:
    """Make `path` with its tables, whole or not at all, unless another process is first."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".", suffix=files.BEING_MADE)
    os.close(handle)
    fresh = Path(name)
    try:
        with _apart(fresh) as db:
            upgrade.create(db)
        with suppress(FileExistsError):  # The other process's is as new.
            os.link(fresh, path)
        files.sync(path.parent)
    finally:
        fresh.unlink()


@contextmanager
def alone_with(copy: Path) -> Iterator[Connection]:
    """Yield a connection to a copy that nobody else uses, its tables up to date, in a transaction that is committed at the end.

    SQLAlchemyError.
    """
    with _apart(copy) as db:
        if version.is_older(_raw(db)):
            upgrade.upgrade(db)
        yield db


@contextmanager
def _apart(path: Path) -> Iterator[Connection]:
    """Yield a connection of its own to a file, under its write lock; what is done is committed at the end."""
    engine = _engine(lambda: connect(path))
    try:
        with engine.connect() as db, db.begin():
            db.exec_driver_sql("BEGIN IMMEDIATE")
            yield db
    finally:
        engine.dispose()


def take_lease(path: Path, *, exclusive: bool) -> IO[bytes]:
    """Return a held lock beside `path`: shared by running bots, exclusive for a restore.

    BlockingIOError when others hold it. The file says nothing and may stay; only the lock counts.
    """
    lock = path.with_name(path.name + files.LOCK)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, files.PRIVATE)
    file = open(handle, "ab")  # noqa: SIM115 - held until closed
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file
