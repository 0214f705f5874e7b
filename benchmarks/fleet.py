"""What a run on PostgreSQL takes: a server as it is run in earnest, bots beside each other, and what processes cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from psycopg import sql

from benchmarks.bench import environment, free_port, until_ready
from bot.settings import Settings
from tests.postgresql import OWNER, PostgreSQL, found_programs

_TICKS: Final = os.sysconf("SC_CLK_TCK")
# Bots that take less of a processor than this have nothing to do but look.
_QUIET: Final = 0.12
_LOOK_SECONDS: Final = 5.0
_QUIET_LOOKS: Final = 5
_START_MINUTES: Final = 5


class Server(PostgreSQL):
    """A PostgreSQL whose transactions are on the disk when they are committed, unlike the tests' own."""

    def __init__(self, programs: Path, *, counts_statements: bool = False) -> None:
        lasting = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on", "shared_buffers": "128MB"}
        counting = {"shared_preload_libraries": "pg_stat_statements"} if counts_statements else {}
        super().__init__(programs, **lasting, **counting)

    @property
    def pid(self) -> int:
        """Return the process that all others of the server come from."""
        assert self._process is not None
        return self._process.pid

    def create(self, name: str, template: str = "template0") -> str:
        """Create a database, empty or as another is, and return its URL."""
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        with self.connected("postgres", user="postgres") as db:
            db.execute(made.format(*map(sql.Identifier, (name, OWNER, template))))
        return self.url(name)

    def count_statements(self, name: str) -> None:
        """Count what is done in a database from now on, for a server that `counts_statements`."""
        with self.connected(name, user="postgres") as db:
            db.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            db.execute("SELECT pg_stat_statements_reset()")

    def statements(self, name: str, most: int = 30) -> list[tuple[int, float, str]]:
        """Return how often each statement was carried out since then, in how many milliseconds, those that took longest first."""
        query = (
            "SELECT calls, total_exec_time, regexp_replace(left(query, 400), '\\s+', ' ', 'g') FROM pg_stat_statements"
            " WHERE dbid = (SELECT oid FROM pg_database WHERE datname = %s) ORDER BY total_exec_time DESC LIMIT %s"
        )
        with self.connected(name, user="postgres") as db:
            return [
                (int(calls), float(ms), str(text))
                for calls, ms, text in db.execute(query, [name, most]).fetchall()
            ]

    def commits(self, name: str) -> int:
        """Return how many transactions of a database were committed."""
        with self.connected("postgres", user="postgres") as db:
            found = db.execute(
                "SELECT xact_commit FROM pg_stat_database WHERE datname = %s", [name]
            ).fetchone()
        return int(found[0]) if found else 0


@contextmanager
def postgresql(*, counts_statements: bool = False) -> Iterator[Server]:
    """Start a PostgreSQL of its own, and end it; FileNotFoundError where the machine has none."""
    server = Server(found_programs(), counts_statements=counts_statements)
    try:
        yield server
    finally:
        server.close()


@dataclass(frozen=True)
class Bot:
    """A bot that runs."""

    port: int
    pid: int


@contextmanager
def bots(
    count: int, folder: Path, settings: Settings, changes: Mapping[str, str], program: str = "bot.cli"
) -> Iterator[list[Bot]]:
    """Start bots as `yrd run` does, each in a folder of its own, wait until they are ready, and end them."""
    running: list[subprocess.Popen[bytes]] = []
    try:
        found = []
        for number in range(count):
            own, port = folder / f"bot{number}", free_port()
            own.mkdir(parents=True, exist_ok=True)
            env = environment(own, settings, **changes, YRD_PORT=str(port))
            command = [sys.executable, "-m", program, "run"]
            running.append(subprocess.Popen(command, cwd=own, env=env, stdout=subprocess.DEVNULL))
            found.append(Bot(port, running[-1].pid))
            # The first builds its base alone: two that build at once on two processors take thrice as long.
            _until_ready(port, running[-1])
        yield found
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(120)


def _until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a bot is ready, on a machine that has much else to do as well."""
    for _ in range(_START_MINUTES):
        with suppress(TimeoutError):
            until_ready(port)
            return
        if process.poll() is not None:
            raise RuntimeError(f"a bot ended with {process.returncode}")
    raise TimeoutError("the bot did not become ready")


def until_quiet(running: list[Bot], seconds: float) -> float:
    """Wait until bots have nothing to do but look, several looks long, since each begins by itself with its first round for every
    team; return how long that took. TimeoutError.
    """
    began, spent, quiet = time.monotonic(), _spent(running), 0
    while time.monotonic() - began < seconds:
        time.sleep(_LOOK_SECONDS)
        before, spent = spent, _spent(running)
        quiet = quiet + 1 if (spent - before) / _LOOK_SECONDS < _QUIET * len(running) else 0
        if quiet == _QUIET_LOOKS:
            return time.monotonic() - began
    raise TimeoutError(f"bots had work to do for {seconds:.0f} s")


def _spent(running: list[Bot]) -> float:
    return sum(processor_seconds(bot.pid) for bot in running)


def processor_seconds(pid: int) -> float:
    """Return the processor's seconds of a process, those of its children that have ended among them."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS


def all_processor_seconds(pid: int) -> float:
    """Return the same with its children that run."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return processor_seconds(pid) + sum(processor_seconds(int(child)) for child in children)


def highest_megabytes(pid: int) -> float:
    """Return the most memory that a process ever had."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
