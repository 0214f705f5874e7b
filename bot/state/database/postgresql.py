"""State on a server of PostgreSQL's, 14 or newer, for any number of processes on any number of machines.

A transaction is for one team, and says so to the server, whose row-level security shows it no other's rows. One that
writes is alone with its team's rows from its first statement on, by an advisory lock: the same that SQLite's write lock
gives, but for one team. What time it is the server says: no machine's own clock decides on a lease.
"""

from __future__ import annotations

import logging
import math
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Any, Final, cast
from weakref import WeakValueDictionary

import psycopg
from psycopg import errors
from sqlalchemy import (
    Connection,
    Dialect,
    inspect,
    select,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.state.database import server_errors
from bot.state.database.backend import Connections, Found, Purpose, connections_of
from bot.state.database.beginning import (
    NOW,
    Begun,
    be_patient,
    begin,
    is_set_up,
    keeps_settings,
    note_set_up,
    set_up,
    wait_for_turn,
)
from bot.state.database.clock import DatabaseClock
from bot.state.database.connecting import (
    CONNECTING,
    IDLE,
    IN_POOL,
    ISOLATION,
    POOL_MOST,
    arguments_of,
    engine_of,
    url_of,
)
from bot.state.database.door import Door
from bot.state.database.listener import CHANNEL, Listener
from bot.state.database.places import Places
from bot.state.database.silence import Address, SilenceWatch, WatchedConnection
from bot.state.errors import LockedError, MisconfiguredError, StateError, UnknownCommitError
from bot.state.tables.append_only import RULE
from bot.state.tables.migrations import upgrade
from bot.state.tables.schema import EVERY_TEAM, REVISION, REVISIONS, metadata, outcomes

_log = logging.getLogger(__name__)

OLDEST: Final = 140000
"""The oldest server that will do, as it numbers itself: 14.0."""
# Of the keys of advisory locks the first number says what it is about: see `beginning`.
_TABLES: Final = 0x595245


class Server:
    """The backend of a database on a server. Nothing is opened by making one."""

    def __init__(self, url: str, *, is_only_looked_at: bool = False) -> None:
        """Take a URL as in `postgresql://user:password@host:5432/database`. StateError where it is none."""
        self._is_only_looked_at = is_only_looked_at
        self._url = url_of(url)
        self._engine = engine_of(self._url)
        self._door = Door(self._looked, self._told)
        self._silence = SilenceWatch(self._is_silent, lambda: self._door.shut(_silent()))
        listen(self._engine, "do_connect", self._connect)
        # The pool itself would not wait for longer than IN_POOL, and would let in whoever comes just then.
        self._places = Places(POOL_MOST)
        self._turning = threading.Lock()
        self._turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
        self._listener: Listener | None = None
        self.clock = DatabaseClock()

    def _connect(
        self, dialect: Dialect, _: object, arguments: list[Any], named: dict[str, Any]
    ) -> DBAPIConnection:
        """Connect; while the server is known to be away nobody waits for that."""
        if (why := self._door.why) is not None:
            # Each who is turned away gets an error of his own.
            raise psycopg.OperationalError(str(why))
        try:
            connection = WatchedConnection.connect(*arguments, **named)
        except psycopg.OperationalError as error:
            self._door.shut(error)
            raise
        self._silence.add(connection)
        return cast("DBAPIConnection", connection)

    def _connected(self, at: Address | None = None) -> psycopg.Connection[tuple[Any, ...]]:
        """Return a connection apart from the pool's, to that address if there is one; each statement is a transaction of its own."""
        arguments, named = self._engine.dialect.create_connect_args(self._url)
        return psycopg.connect(
            *arguments, **{**named, **arguments_of(self._url), "autocommit": True, **(at or {})}
        )

    def _looked(self, at: Address | None = None) -> Exception | None:
        """Return why nobody gets in, None where one does."""
        try:
            self._connected(at).close()
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody gets in; the thread that looks has to go on
            return error
        return None

    def _is_silent(self, at: Address) -> bool:
        """Say whether the server there answers nobody: one that is only busy lets in, or says that it does not."""
        return isinstance(self._looked(at), errors.ConnectionTimeout)

    def _told(self, why: Exception) -> tuple[str, bool]:
        """Return why nobody gets in, in a sentence, and whether that may pass by itself."""
        found = server_errors.of_connecting(self.name, why)
        return str(found), not isinstance(found, MisconfiguredError)

    @property
    def name(self) -> str:
        """Return the database's name and its host, and neither user nor password."""
        url = self._url
        # Of what stands before the last @ nothing is told: a password may hold one.
        host = (url.host or str(url.query.get("host", "")) or "this machine").rpartition("@")[2]
        return f"The database {url.database} on {host}{f':{url.port}' if url.port else ''}"

    @property
    def is_shared(self) -> bool:
        """Return that a server is there for many machines."""
        return True

    @property
    def unwritable(self) -> str:
        """Return what is said where nothing can be written."""
        return f"{self.name} takes no changes: look at its disk, and whether it is a standby"

    def prepare(self, patience: float) -> None:
        """Check the server, and bring its tables up to date, or make them; of processes that start at once one does."""
        with self._engine.connect() as db, db.begin():
            db.exec_driver_sql(f"BEGIN ISOLATION LEVEL {ISOLATION}")
            self._check(db)
            if self._is_only_looked_at or upgrade.revision(db) == REVISION:
                return
            self.unhurried(db)
            if not db.execute(text("SELECT pg_try_advisory_xact_lock(:kind, 0)"), {"kind": _TABLES}).scalar():
                _log.warning(
                    "%s is just being brought up to date by another process; that is waited for", self.name
                )
                db.execute(text("SELECT pg_advisory_xact_lock(:kind, 0)"), {"kind": _TABLES})
            # Another process may have done it while the lock was waited for.
            found = upgrade.revision(db)
            if found and found not in REVISIONS:
                raise StateError(self._unknown(found))
            if found == REVISION:
                return
            if not found:
                self._check_room(db)
            try:
                upgrade.upgrade(db)
            except DBAPIError as error:
                if isinstance(error.orig, errors.InsufficientPrivilege):
                    raise StateError(
                        f"{self.name} has tables of an older version, or none, and this user may not make them:"
                        " run `yrd migrate` as the owner of the database."
                    ) from error
                raise
            _log.warning(
                "%s was brought up to date", self.name, extra={"before": found or "none", "now": REVISION}
            )

    def _check_room(self, db: Connection) -> None:
        """StateError where the tables are still to be made, and names of theirs are taken."""
        there = set(inspect(db).get_table_names())
        taken = sorted(set(metadata.tables) & there)
        rule = text("SELECT to_regproc(:rule) IS NOT NULL")
        if not taken and db.execute(rule, {"rule": RULE}).scalar():
            taken = [f"{RULE}()"]
        # Another process may just have made them.
        if taken and not upgrade.revision(db):
            shown = ", ".join(taken[:3])
            raise StateError(
                f"{self.name} holds what is another program's, or half of what YRD Desk makes ({shown}): name an empty database in"
                " YRD_DATABASE_URL, or drop this one, create it anew, and restore the backup if there is one."
            )

    def _check(self, db: Connection) -> None:
        self.clock.hear(lambda: db.execute(text(f"SELECT {NOW}")).scalar_one())
        number = int(db.execute(text("SHOW server_version_num")).scalar_one())
        if number < OLDEST:
            raise StateError(f"{self.name} is PostgreSQL {number // 10000}: YRD Desk needs 14 or newer.")
        encoding = db.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise StateError(f"{self.name} is encoded in {encoding}: create one with ENCODING 'UTF8'.")

    @contextmanager
    def transaction(self, team: str, patience: float, purpose: Purpose) -> Iterator[Connection]:
        """Yield a connection in a transaction for `team`; one that is to write holds the lock of its team.

        UnknownCommitError where the connection is lost while it is committed, and nobody can say yet what came of that.
        """
        writes = purpose == "write"
        # By it, it is known later whether the transaction was committed.
        mark = uuid.uuid4().hex if writes else ""
        with (
            self._in_turn(team, patience, writes=writes),
            self._place(patience),
            self._begun(team, patience, mark) as db,
        ):
            yield db
            try:
                db.commit()
            except DBAPIError as error:
                if not (mark and error.connection_invalidated):
                    raise
                if not self._is_committed(team, mark, patience):
                    raise

    @contextmanager
    def _in_turn(self, team: str, patience: float, *, writes: bool) -> Iterator[None]:
        """Wait for other threads that write for the same team before a connection is taken: it would be kept from others."""
        if not writes:
            yield
            return
        with self._turning:
            # It goes once nobody writes for the team any more.
            turn = self._turns.setdefault(team, threading.Lock())
        if not turn.acquire(timeout=patience):
            raise LockedError(f"{self.name} is busy: others work on the same rows.")
        try:
            yield
        finally:
            turn.release()

    @contextmanager
    def _place(self, patience: float) -> Iterator[None]:
        """Wait until a connection is to be had."""
        if not self._places.take(max(patience, IN_POOL)):
            raise LockedError(f"{self.name} is busy: all connections to it are in use.")
        try:
            yield
        finally:
            self._places.give_back()

    def ask(self, team: str, patience: float, question: Callable[[Connection], Found]) -> Found:
        """Return what `question` finds in one statement that only reads, which is asked again where the connection was lost."""

        def asked() -> Found:
            with self._engine.connect() as db:
                self._be_for(db, team, patience)
                return question(db)

        with self._place(patience):
            return _again_if_lost(asked)

    def _be_for(self, db: Connection, team: str, patience: float) -> None:
        """See to it that the next statement is for `team`."""
        if not keeps_settings(db):
            self._heard(lambda: begin(db, team, patience))
        elif not is_set_up(db, team, patience) or self.clock.is_old:
            self._heard(lambda: set_up(db, team, patience))
            note_set_up(db, team, patience)
        else:
            be_patient(db, patience)

    @contextmanager
    def _begun(self, team: str, patience: float, mark: str = "") -> Iterator[Connection]:
        """Yield a connection in a transaction for `team`, which leaves `mark` and holds the team's lock where there is one."""

        def begun() -> Connection:
            db = self._engine.connect()
            try:
                # One that writes may wait for the lock of others, which says nothing about the time.
                self._heard(lambda: begin(db, team, patience, mark), may_wait=bool(mark))
            except BaseException:
                db.close()
                raise
            return db

        # What is not committed is taken back at the end.
        with closing(_again_if_lost(begun)) as db:
            yield db

    def _heard(self, ask: Callable[[], Begun], *, may_wait: bool = False) -> None:
        """Hear what time it is on the server from what is asked of it anyway."""
        said: list[Begun] = []

        def time_there() -> float:
            said.append(ask())
            return said[0].now

        self.clock.hear(time_there, may_wait=may_wait)
        self._expect(said[0])

    def _expect(self, said: Begun) -> None:
        if said.isolation != ISOLATION:
            raise StateError(
                f"{self.name} begins transactions as {said.isolation}: set default_transaction_isolation to"
                f" '{ISOLATION}' for this user; a pooler in between keeps the bot from doing so."
            )

    def _is_committed(self, team: str, mark: str, patience: float) -> bool:
        """Say whether a transaction whose commit was not confirmed was made. UnknownCommitError where that cannot be told."""
        try:
            # Its lock is free once it has ended, whichever way; who has to answer promptly waits no longer for that either.
            longest = max(patience, 2 * IDLE) if patience >= CONNECTING else patience
            with self._begun(team, longest) as db:
                wait_for_turn(db, team)
                return db.execute(select(outcomes.c.id).where(outcomes.c.id == mark)).first() is not None
        except SQLAlchemyError as error:
            raise UnknownCommitError(
                f"{self.name} was lost while a change was made: look whether it is there before trying again."
            ) from error

    def error(self, error: SQLAlchemyError) -> StateError:
        """Return what an error of the server means."""
        return server_errors.meaning(self.name, error)

    def unhurried(self, connection: Connection) -> None:
        """Have the server end neither its statements nor its pauses."""
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {name} = 0"))
        be_patient(connection, math.inf)

    def announce(self, connection: Connection, what: str) -> None:
        """Have every process told, this one too."""
        connection.execute(text("SELECT pg_notify(:channel, :what)"), {"channel": CHANNEL, "what": what})

    def listen(self, heard: Callable[[str], None]) -> None:
        """Hear what is announced, on a connection beside the pool's."""
        self._listener = Listener(self._connected, heard)
        self._listener.start()

    @property
    def is_listening(self) -> bool:
        """Return whether the connection to hear on stands."""
        return self._listener is not None and self._listener.is_listening

    def now(self) -> datetime:
        """Return the server's time, as it was last heard."""
        return self.clock.now()

    def connections(self) -> Connections:
        """Return how the connections of this process are used."""
        return connections_of(self._engine, POOL_MOST)

    def sees_all(self) -> bool:
        """Say whether the user is one whom row-level security does not hold."""
        free = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        with self._begun(EVERY_TEAM, CONNECTING) as db:
            found = bool(db.execute(free).scalar())
            db.commit()
        return found

    def is_behind(self) -> bool:
        """Say whether the tables are still to be made, or to be brought up to date. StateError where names of theirs are taken."""
        with self._begun(EVERY_TEAM, CONNECTING) as db:
            found = upgrade.revision(db)
            if not found:
                self._check_room(db)
            db.commit()
        return not found or (found in REVISIONS and found != REVISION)

    def problem(self) -> str:
        """Return why the tables cannot be worked with, "" where they can."""
        try:
            with self._begun(EVERY_TEAM, CONNECTING) as db:
                found = upgrade.revision(db)
                there = set(inspect(db).get_table_names())
                # To take back what was only looked at would have the driver forget what is prepared.
                db.commit()
        except SQLAlchemyError as error:
            return str(self.error(error)).rstrip(".")
        if found and found not in REVISIONS:
            return self._unknown(found).rstrip(".")
        if found != REVISION:
            return f"{self.name} lacks tables: run `yrd migrate`"
        missing = sorted(set(metadata.tables) - there)
        return f"{self.name} lacks its table {missing[0]}: put a backup in its place" if missing else ""

    def _unknown(self, revision: str) -> str:
        return f"{self.name} comes from a newer version of YRD Desk: run that version (its tables are of {revision})."

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._door.close()
        self._silence.close()
        if self._listener is not None:
            self._listener.close()
        self._engine.dispose()


def _silent() -> psycopg.OperationalError:
    """Return what libpq says of a server that does not answer in time."""
    return psycopg.OperationalError("timeout expired")


def _again_if_lost(do: Callable[[], Found]) -> Found:
    """Do it, and a second time where the server has been restarted since the connection was made."""
    try:
        return do()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return do()
