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
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from bot.state.disk import files, version
from bot.state.disk.soundness import BUSY_TIMEOUT_SECONDS, UnusableError, examine, existing, is_locked
from bot.state.schema import MIGRATIONS
from bot.state.unreadable import UnreadableRows, text

_log = logging.getLogger(__name__)

# The same while somebody waits for an answer: Slack waits three seconds for all of it.
PROMPT_SECONDS = 0.25


class StateError(Exception):
    """state.db cannot be used; its text is one sentence that says what to do."""


class LockedError(StateError):
    """Another program holds state.db; another time it may be used."""


class Store:
    """An open state.db. `open` makes one; after `close` no thread uses it any more."""

    def __init__(self, path: Path, lease: IO[bytes]) -> None:
        self.path = path
        self._lease = lease
        self._thread = threading.local()
        self._connections: weakref.WeakKeyDictionary[Database, threading.Thread] = weakref.WeakKeyDictionary()
        self._is_closed = False
        self._lock = threading.Lock()
        self.unreadable = UnreadableRows()
        self._preparing = threading.Lock()
        self._is_prepared = False

    @classmethod
    def open(cls, path: Path, *, may_be_locked: bool = False) -> Store:
        """Open or create `path`, check it and bring its tables up to date; return the store. StateError when it cannot be.

        It is created only where nothing says that there was one, and nobody but its owner may read it from then on. With
        `may_be_locked` a file that another program holds is opened by whoever first uses the store after that.
        """
        return cls._opened(path, cls._prepare, may_be_locked=may_be_locked)

    @classmethod
    def look(cls, path: Path) -> Store:
        """Open `path` as it is, change nothing in it and return the store, whose tables may be of an older version.

        StateError when it cannot be used, or is not there.
        """
        return cls._opened(path, cls._look)

    @classmethod
    def _opened(cls, path: Path, check: Callable[[Store], None], *, may_be_locked: bool = False) -> Store:
        try:
            files.make_folder(path.parent)
            lease = take_lease(path, exclusive=False)
        except BlockingIOError:
            raise StateError(f"{path} is being restored: try again when that is done.") from None
        except OSError as error:
            raise StateError(f"{path} cannot be opened: {error.strerror or error}.") from error
        store = cls(path, lease)
        try:
            with store.promptly() if may_be_locked else nullcontext():
                check(store)
        except (OSError, sqlite3.Error, StateError) as error:
            if may_be_locked and (isinstance(error, LockedError) or is_locked(error)):
                _log.warning("state.db is locked by another program; it is opened when it is free")
                return store
            store.close()
            if isinstance(error, StateError):
                raise
            reason = error.strerror or error if isinstance(error, OSError) else error
            raise StateError(f"{path} cannot be used: {reason}.") from error
        return store

    def _prepare(self) -> None:
        """Check the file and bring its tables up to date, once; others meanwhile find it locked."""
        if not self._preparing.acquire(blocking=False):
            raise LockedError(f"{self.path} is just being opened.")
        try:
            if not self._is_prepared:
                self._bring_up_to_date()
                self._is_prepared = True
        finally:
            self._preparing.release()

    def _bring_up_to_date(self) -> None:
        verify(self.path, self._patience())
        if not self.path.exists():
            _create(self.path)
        files.make_private(self.path)
        if left := files.left_of_a_restore(self.path):
            _log.warning(
                "a restore was cut off: run it again, or delete %s; %s is the old one", left, self.path
            )
        db = self._connection()
        # Where nothing is new it is only read: what another program is about to change can be read meanwhile.
        if not version.is_newer(db) and MIGRATIONS.pending(db):
            with _writing(db):
                MIGRATIONS.apply(db)
        self._require_tables(db)

    def _look(self) -> None:
        verify(self.path)
        self._is_prepared = True
        self._require_tables(self._connection())

    def _require_tables(self, db: Database) -> None:
        if found := version.problem(db):
            raise StateError(f"{self.path} {found}.")

    def connection(self) -> Database:
        """Return this thread's connection, opening it when it is the first use.

        sqlite3.OperationalError while another program holds the file and it was never opened, sqlite3.DatabaseError
        where it turns out to be of no use.
        """
        if not self._is_prepared:
            try:
                self._prepare()
            except LockedError as error:
                raise sqlite3.OperationalError(str(error)) from error
            except StateError as error:
                raise sqlite3.DatabaseError(str(error)) from error
        return self._connection()

    def _patience(self) -> float:
        """Return the seconds that this thread waits for the locks of others."""
        return float(getattr(self._thread, "patience", BUSY_TIMEOUT_SECONDS))

    def _connection(self) -> Database:
        if self._is_closed:
            raise sqlite3.ProgrammingError("state.db is closed")
        patience = self._patience()
        db: Database | None = getattr(self._thread, "db", None)
        if db is None:
            db = connect(self.path, patience)
            self._thread.db = db
            with self._lock:
                self._connections[db] = threading.current_thread()
        elif self._thread.waits != patience:
            db.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        self._thread.waits = patience
        return db

    @contextmanager
    def promptly(self) -> Iterator[None]:
        """Yield nothing; within it this thread waits for the locks of others PROMPT_SECONDS at most."""
        before = self._patience()
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
        """Close it for every thread and give up the lease; using it afterwards is an sqlite3.ProgrammingError.

        A thread that is at work with its connection keeps that until it ends: closed meanwhile, SQLite would crash.
        """
        with self._lock:
            self._is_closed = True
            for db, thread in list(self._connections.items()):
                if thread is threading.current_thread() or not thread.is_alive():
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


def connect(path: Path, patience: float | None = None) -> Database:
    """Return a new connection to `path`, which is there, set up as state.db needs it.

    It waits `patience` seconds for locks of others, else BUSY_TIMEOUT_SECONDS.
    """
    # Only the thread that made it uses it; `close` alone may come from another.
    raw = existing(path, BUSY_TIMEOUT_SECONDS if patience is None else patience)
    raw.text_factory = text
    db = Database(raw, execute_plugins=False)
    raw.execute("PRAGMA journal_mode=DELETE")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA foreign_keys=ON")
    return db


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
        with closing(connect(fresh)) as db:
            MIGRATIONS.apply(db)
        with suppress(FileExistsError):  # The other process's is as new.
            os.link(fresh, path)
        files.sync(path.parent)
    finally:
        fresh.unlink()


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
