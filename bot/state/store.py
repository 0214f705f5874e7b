"""State: short transactions, nothing lost once acknowledged, each for one team.

What is behind it is a backend; every store of a kind of rows is written once, over this.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Executable, insert
from sqlalchemy.exc import SQLAlchemyError

from bot.state.database import statements
from bot.state.database.backend import Backend, Connections, Found, Purpose
from bot.state.database.sqlite import SqliteFile
from bot.state.disk.soundness import NO_TEXT
from bot.state.errors import LockedError, MisconfiguredError, StateError, UnavailableError
from bot.state.tables.schema import EVERY_TEAM, notices
from bot.state.unreadable import Row, UnreadableRows

_log = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 5.0
"""How long others are waited for."""
PROMPT_SECONDS: Final = 0.25
"""The same while somebody waits for an answer: Slack waits three seconds for all of it."""
UNHURRIED_SECONDS: Final = 15.0
"""The same while many messages are posted, by many processes: what is not recorded then takes a minute to find out about."""


class Store:
    """Open state. `open` makes one of a file; after `close` no thread uses it any more."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.unreadable = UnreadableRows()
        self._thread = threading.local()
        self._preparing = threading.Lock()
        self._is_prepared = False
        self._is_closed = False

    @classmethod
    def open(cls, path: Path, *, may_be_locked: bool = False) -> Store:
        """Open or create the state.db at `path`, check it and bring its tables up to date; return the store. StateError
        when it cannot be.

        It is created only where nothing says that there was one, and nobody but its owner may read it from then on. With
        `may_be_locked` a file that another program holds is opened by whoever first uses the store after that.
        """
        return cls._opened(SqliteFile.open(path), may_be_away=may_be_locked)

    @classmethod
    def connect(cls, url: str, *, may_be_away: bool = False) -> Store:
        """Connect to the database at `url`, check it and bring its tables up to date; return the store. StateError when it
        cannot be.

        With `may_be_away` one whose server is away is opened by whoever first uses the store once it is back.
        """
        return cls._opened(_server(url), may_be_away=may_be_away)

    @classmethod
    def look_at(cls, url: str) -> Store:
        """Connect to the database at `url` as it is and return the store, whose tables may be of an older version.

        StateError when it cannot be used.
        """
        return cls._opened(_server(url, is_only_looked_at=True))

    @classmethod
    def look(cls, path: Path) -> Store:
        """Open the state.db at `path` as it is, change nothing in it and return the store, whose tables may be of an older
        version.

        StateError when it cannot be used, or is not there.
        """
        return cls._opened(SqliteFile.open(path, is_only_looked_at=True))

    @classmethod
    def _opened(cls, backend: Backend, *, may_be_away: bool = False) -> Store:
        store = cls(backend)
        try:
            with store.promptly() if may_be_away else nullcontext():
                store._prepare()
        except StateError as error:
            if (
                may_be_away
                and isinstance(error, UnavailableError)
                and not isinstance(error, MisconfiguredError)
            ):
                _log.warning("%s; it is used when that is over", str(error).rstrip("."))
                return store
            store.close()
            raise
        return store

    def _prepare(self) -> None:
        """Check the database and bring its tables up to date, once; others meanwhile find it locked."""
        if not self._preparing.acquire(blocking=False):
            raise LockedError(f"{self.backend.name} is just being opened.")
        try:
            if not self._is_prepared:
                self.backend.prepare(self._patience())
                self._is_prepared = True
        except SQLAlchemyError as error:
            raise self.backend.error(error) from error
        finally:
            self._preparing.release()

    def _patience(self) -> float:
        return float(getattr(self._thread, "patience", PATIENCE_SECONDS))

    def promptly(self) -> AbstractContextManager[None]:
        """Yield nothing; within it this thread waits for others PROMPT_SECONDS at most."""
        return self._waiting(PROMPT_SECONDS)

    def patiently(self) -> AbstractContextManager[None]:
        """Yield nothing; within it this thread waits for others up to UNHURRIED_SECONDS: nobody waits for it."""
        return self._waiting(UNHURRIED_SECONDS)

    @contextmanager
    def _waiting(self, seconds: float) -> Iterator[None]:
        before = self._patience()
        self._thread.patience = seconds
        try:
            yield
        finally:
            self._thread.patience = before

    @contextmanager
    def reading(self, team: str) -> Iterator[Connection]:
        """Yield a connection in a transaction that only reads, for `team`; StateError where it cannot be used."""
        with self._transaction(team, "read") as db:
            yield db

    @contextmanager
    def writing(self, team: str) -> Iterator[Connection]:
        """Yield a connection in a transaction for `team`, alone with its rows from the first read on, so that what was read is
        still so when written. It is committed at the end; StateError, with nothing written, where it cannot be.
        """
        with self._transaction(team, "write") as db:
            yield db

    @contextmanager
    def taking(self, team: str) -> Iterator[Connection]:
        """Yield a connection in a transaction for `team` that changes no rows but those that it locks as it finds them, and waits
        for nobody who holds others. StateError.
        """
        with self._transaction(team, "take") as db:
            yield db

    @contextmanager
    def _transaction(self, team: str, purpose: Purpose) -> Iterator[Connection]:
        with self._usable(), self.backend.transaction(team, self._patience(), purpose) as db:
            yield db

    def ask(self, team: str, question: Callable[[Connection], Found]) -> Found:
        """Return what `question` finds of `team` in one statement, which only reads; StateError where it cannot be used.

        It costs less than a transaction, and may be asked twice.
        """
        with self._usable():
            return self.backend.ask(team, self._patience(), question)

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """See to it that the database can be used, and say in the words of state why it cannot."""
        if self._is_closed:
            raise StateError(f"{self.backend.name} is closed.")
        if not self._is_prepared:
            self._prepare()
        try:
            yield
        except SQLAlchemyError as error:
            raise self.backend.error(error) from error
        except UnicodeDecodeError as error:
            # Of rows that are no text the bytes are handed on.
            raise StateError(f"{self.backend.name} is damaged ({NO_TEXT}).") from error

    def rows(self, team: str, query: Executable) -> list[Row]:
        """Return what `query` finds of `team`, each row by the names of its columns."""
        return self.ask(team, lambda db: statements.rows(db, query))

    def row(self, team: str, query: Executable) -> Row | None:
        """Return the first row that `query` finds of `team`, None where it finds nothing."""
        return self.ask(team, lambda db: statements.first(db, query))

    def is_writable(self) -> bool:
        """Say whether a row could be written now; nothing stays of it."""
        try:
            with self.writing(EVERY_TEAM) as db:
                # The first changed page makes a journal, which needs the folder of a file to be writable as well.
                db.execute(insert(notices).values(team_id=EVERY_TEAM, kind="probe", told_at=0.0))
                db.rollback()
        except StateError:
            return False
        return True

    @property
    def is_shared(self) -> bool:
        """Return whether bots of other machines may work on the same state."""
        return self.backend.is_shared

    def connections(self) -> Connections:
        """Return how the connections of this process to the database are used."""
        return self.backend.connections()

    def now(self) -> datetime:
        """Return the time where state lies: what leases and digests go by."""
        return self.backend.now()

    def sees_all(self) -> bool:
        """Say whether the database shows a transaction rows whatever their team; StateError."""
        try:
            return self.backend.sees_all()
        except SQLAlchemyError as error:
            raise self.backend.error(error) from error

    def is_behind(self) -> bool:
        """Say whether the tables are still to be made, or to be brought up to date; StateError."""
        try:
            return self.backend.is_behind()
        except SQLAlchemyError as error:
            raise self.backend.error(error) from error

    def problem(self) -> str:
        """Return what is wrong while it is in use, in a sentence without a person's words, "" where nothing is."""
        return self.backend.problem() or ("" if self.is_writable() else self.backend.unwritable)

    def close(self) -> None:
        """Close it for every thread; using it afterwards is a StateError. Who is at work with it may end that."""
        self._is_closed = True
        self.backend.close()


def _server(url: str, *, is_only_looked_at: bool = False) -> Backend:
    try:
        # What it takes is installed only where a server is used.
        from bot.state.database.postgresql import Server
    except ImportError as error:
        raise StateError(
            f"YRD_DATABASE_URL is set, and what it takes is not installed ({error.name or error}): run `make setup EXTRAS=server`."
        ) from None
    return Server(url, is_only_looked_at=is_only_looked_at)
