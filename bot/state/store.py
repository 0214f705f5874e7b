"""state.db: one connection a thread, short immediate transactions, nothing lost once acknowledged.

The journal is DELETE, not WAL: several connections writing a WAL meet the reset bug of SQLite 3.7.0 to
3.51.2 (sqlite.org/wal.html#walresetbug), and some hundred commits a second are plenty here. It serves many
threads and processes of one machine; the file must lie on a local disk.
"""

from __future__ import annotations

import fcntl
import logging
import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from bot.state.schema import MIGRATIONS

_log = logging.getLogger(__name__)

BUSY_TIMEOUT_SECONDS = 5.0
# The same while somebody waits for an answer: Slack waits three seconds for all of it.
PROMPT_SECONDS = 0.25


class StateError(Exception):
    """state.db cannot be used; its text is one sentence that says what to do."""


class Store:
    """An open state.db. `open` makes one; `close` ends every thread's connection."""

    def __init__(self, path: Path, lease: IO[bytes]) -> None:
        self.path = path
        self._lease = lease
        self._thread = threading.local()
        self._connections: weakref.WeakSet[Database] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._preparing = threading.Lock()
        self._is_prepared = False

    @classmethod
    def open(cls, path: Path, *, may_be_locked: bool = False) -> Store:
        """Open or create `path`, check it and bring its tables up to date; return the store. StateError when it cannot be.

        With `may_be_locked` a file that another program holds is opened by whoever first uses the store after that.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lease = take_lease(path, exclusive=False)
        except OSError as error:
            raise StateError(f"{path} cannot be opened: {error.strerror or error}.") from error
        store = cls(path, lease)
        try:
            with store.promptly() if may_be_locked else nullcontext():
                store._prepare()
        except (StateError, sqlite3.Error) as error:
            if may_be_locked and is_locked(error):
                _log.warning("state.db is locked by another program; it is opened when it is free")
                return store
            store.close()
            if isinstance(error, StateError):
                raise
            raise StateError(f"{path} cannot be used: {error}.") from error
        return store

    def connection(self) -> Database:
        """Return this thread's connection, opening it when it is the first use."""
        if not self._is_prepared:
            self._prepare()
        return self._connection()

    def _connection(self) -> Database:
        patience: float = getattr(self._thread, "patience", BUSY_TIMEOUT_SECONDS)
        db: Database | None = getattr(self._thread, "db", None)
        if db is None:
            db = connect(self.path, patience)
            self._thread.db = db
            with self._lock:
                self._connections.add(db)
        elif self._thread.waits != patience:
            db.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        self._thread.waits = patience
        return db

    def _prepare(self) -> None:
        """Check the file and bring its tables up to date, once; others meanwhile find it locked."""
        if not self._preparing.acquire(blocking=False):
            raise sqlite3.OperationalError("state.db is just being opened")
        try:
            if not self._is_prepared:
                patience: float = getattr(self._thread, "patience", BUSY_TIMEOUT_SECONDS)
                verify(self.path, patience)
                with _writing(self._connection()) as db:
                    MIGRATIONS.apply(db)
                self._is_prepared = True
        finally:
            self._preparing.release()

    @contextmanager
    def promptly(self) -> Iterator[None]:
        """Yield nothing; within it this thread waits for the locks of others PROMPT_SECONDS at most."""
        before = getattr(self._thread, "patience", BUSY_TIMEOUT_SECONDS)
        self._thread.patience = PROMPT_SECONDS
        try:
            yield
        finally:
            self._thread.patience = before

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """Yield a connection under the write lock from the first read on, so that what was read is still so when written."""
        with _writing(self.connection()) as db:
            yield db

    def is_writable(self) -> bool:
        """Say whether a row could be written now; nothing stays of it."""
        try:
            db = self.connection()
            db.execute("BEGIN IMMEDIATE")
            try:
                # The first changed page makes the journal, which needs the folder to be writable as well.
                db.execute("INSERT OR REPLACE INTO notices VALUES ('', 'probe', 0.0)")
            finally:
                db.rollback()
        except sqlite3.Error:
            return False
        return True

    def close(self) -> None:
        """Close every connection and give up the lease; using the store afterwards is an error."""
        with self._lock:
            for db in list(self._connections):
                with suppress(sqlite3.ProgrammingError):
                    db.conn.close()
        self._lease.close()


@contextmanager
def _writing(db: Database) -> Iterator[Database]:
    # Not atomic(): its deferred BEGIN fails at the first write if another connection wrote meanwhile.
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.rollback()
        raise
    db.commit()


def is_locked(error: Exception) -> bool:
    """Say whether `error` is that another program, or another thread, holds the file."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def connect(path: Path, patience: float = BUSY_TIMEOUT_SECONDS) -> Database:
    """Return a new connection to `path`, set up as state.db needs it; it waits `patience` seconds for locks."""
    # Only the thread that made it uses it; `close` alone may come from another.
    raw = sqlite3.connect(path, timeout=patience, check_same_thread=False)
    db = Database(raw, execute_plugins=False)
    raw.execute("PRAGMA journal_mode=DELETE")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA foreign_keys=ON")
    return db


def verify(path: Path, patience: float = BUSY_TIMEOUT_SECONDS) -> None:
    """Raise StateError unless `path` is a sound database, or does not exist yet. Changes nothing.

    sqlite3.OperationalError while another program holds it locked.
    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=patience)) as raw:
            found = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        if is_locked(error):
            raise
        found = str(error)
    if found != "ok":
        raise StateError(
            f"{path} is damaged ({found}): put a backup in its place with `yrd restore FILE`, which keeps the"
            " damaged file aside."
        )


def take_lease(path: Path, *, exclusive: bool) -> IO[bytes]:
    """Return a held lock beside `path`: shared by running bots, exclusive for a restore.

    BlockingIOError when others hold it. The file says nothing and may stay; only the lock counts.
    """
    file = open(path.with_name(path.name + ".lock"), "ab")  # noqa: SIM115 - held until closed
    try:
        os.chmod(file.fileno(), 0o600)
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file
