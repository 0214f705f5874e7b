"""Which bots share this state just now, and from which fact base each answers: `facts.db` lies beside each, by itself."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from bot.state.database.statements import insert_or_update
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, processes
from bot.state.unreadable import Row

SEEN_EVERY: Final = timedelta(seconds=15)
KEPT: Final = timedelta(days=1)
# Who was silent for longer is not running any more.
_SILENT: Final = timedelta(minutes=1)
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Process:
    """A bot that runs: `id` is its own, `base` the version of its fact base."""

    id: str
    host: str
    base: str

    @property
    def short(self) -> str:
        """Return its base as it is shown: the version's beginning."""
        return self.base[:_SHOWN]


def this_process(base: str) -> Process:
    """Return the process that asks, which answers from `base`."""
    host = socket.gethostname()
    return Process(f"{host}:{os.getpid()}:{secrets.token_hex(3)}", host, base)


class StoredProcesses:
    """One row a process, which it renews every SEEN_EVERY."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, process: Process, now: datetime) -> None:
        """Record that a process is running."""
        row = {"team_id": EVERY_TEAM, "id": process.id, "host": process.host, "base": process.base}
        with self._store.writing(EVERY_TEAM) as db:
            insert_or_update(db, processes, row | {"seen_at": now.timestamp()})

    def forget(self, process: Process) -> None:
        """Record that a process has ended."""
        with self._store.writing(EVERY_TEAM) as db:
            db.execute(delete(processes).where(processes.c.id == process.id))

    def running(self, now: datetime) -> tuple[Process, ...]:
        """Return those that run, in order of their ids."""
        is_fresh = processes.c.seen_at > (now - _SILENT).timestamp()
        rows = self._store.rows(EVERY_TEAM, select(processes).where(is_fresh).order_by(processes.c.id))
        return tuple(self._store.unreadable.each("processes", rows, _process))


def standing(me: Process, running: Iterable[Process]) -> str:
    """Return the base that a process answers from, in words, and who of those that run answers from another."""
    own, others = f"answers from {me.short}", apart(running)
    return f"{own}; {others}" if others else own


def apart(running: Iterable[Process]) -> str:
    """Return who answers from which base where not all answer from the same, in a sentence; "" where all do."""
    by_base: dict[str, list[str]] = {}
    for process in running:
        by_base.setdefault(process.short, []).append(process.id)
    if len(by_base) < 2:
        return ""
    told = (f"{base} in {', '.join(ids)}" for base, ids in sorted(by_base.items()))
    return f"not all processes answer from the same fact base: {'; '.join(told)}"


def _process(row: Row) -> Process:
    return Process(str(row["id"]), str(row["host"]), str(row["base"]))
