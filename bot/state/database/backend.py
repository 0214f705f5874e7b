"""What a store needs of the database behind it: a file of SQLite's, or a server of PostgreSQL's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.state.errors import StateError

Found = TypeVar("Found")
Purpose = Literal["read", "take", "write"]
"""What a transaction is for. One that is to *write* is alone with what it reads until it ends: what was read is still so when
written. One that is to *take* changes rows that it locks as it finds them, while others take others."""


@dataclass(frozen=True, slots=True)
class Connections:
    """How many connections of a process are in use, how many idle ones are kept, and how many are opened at most."""

    in_use: int
    idle: int
    most: int


class Backend(Protocol):
    """One database. For many threads."""

    @property
    def name(self) -> str:
        """Return what it is called in sentences: the file's path, or the database's name; never a password."""

    @property
    def is_shared(self) -> bool:
        """Return whether other machines may work with it."""

    @property
    def unwritable(self) -> str:
        """Return what is said where nothing can be written, with what to look at."""

    def prepare(self, patience: float) -> None:
        """Check the database and bring its tables up to date. StateError where that cannot be."""

    def transaction(self, team: str, patience: float, purpose: Purpose) -> AbstractContextManager[Connection]:
        """Yield a connection in a transaction for `team` that waits `patience` seconds for others, and commit it at the end.

        SQLAlchemyError.
        """

    def ask(self, team: str, patience: float, question: Callable[[Connection], Found]) -> Found:
        """Return what `question` finds for `team` in one statement, which only reads. It may be asked twice. SQLAlchemyError."""

    def error(self, error: SQLAlchemyError) -> StateError:
        """Return what an error of the database means, in a sentence without a person's words."""

    def unhurried(self, connection: Connection) -> None:
        """Let the transaction that is open on `connection` take as long as it takes: all of state is changed in it."""

    def announce(self, connection: Connection, what: str) -> None:
        """Have every process that listens told `what`, once the transaction on `connection` is committed."""

    def listen(self, heard: Callable[[str], None]) -> None:
        """Have `heard` called with what is announced, by this process too, in a thread of its own. To be called once."""

    @property
    def is_listening(self) -> bool:
        """Return whether what is announced is heard just now; else it has to be asked for."""

    def now(self) -> datetime:
        """Return the time where state lies."""

    def connections(self) -> Connections:
        """Return how the connections of this process are used."""

    def sees_all(self) -> bool:
        """Say whether the database shows a transaction rows whatever their team. SQLAlchemyError."""

    def is_behind(self) -> bool:
        """Say whether the tables are still to be made, or to be brought up to date. SQLAlchemyError."""

    def problem(self) -> str:
        """Return what is wrong while it is in use, in a sentence without a person's words, "" where nothing is found."""

    def close(self) -> None:
        """Close every connection that is not in use, the others when they are given back, and use it no more."""


def connections_of(engine: Engine, most: int) -> Connections:
    """Return how the connections of an engine's queue are used."""
    pool: Any = engine.pool
    return Connections(in_use=pool.checkedout(), idle=pool.checkedin(), most=most)
