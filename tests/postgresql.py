"""A PostgreSQL of the tests' own: started for them, never as root, with a database for each test; or one that is named.

`YRD_TEST_DATABASE_URL` names a running one, whose user may create databases and roles; else YRD_POSTGRESQL is the folder of its
programs, which `make test` finds (scripts/postgresql). Whoever runs pytest by hand gets what is found on the machine.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from psycopg import sql

from bot.state.database.postgresql import Server
from bot.state.store import Store
from tests.run.bot_process import free_port
from tests.state.walls import WatchedStore

SCRIPT: Final = Path(__file__).resolve().parent.parent / "scripts" / "postgresql"
OWNER: Final = "yrd"
_NAMES: Final = itertools.count(1)


class PostgreSQL:
    """A server in a folder of its own, whose files nobody waits for: what it is killed with is not the machine's power."""

    def __init__(self, programs: Path, **options: str) -> None:
        self._options = options
        self.folder = Path(tempfile.mkdtemp(prefix="yrd-postgresql-"))
        self.port = free_port()
        self._as = _somebody()
        self._programs = self._within_reach(programs)
        self._process: subprocess.Popen[bytes] | None = None
        if self._as:
            shutil.chown(self.folder, self._as)
        self._run(
            "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "--auth=trust",
            "--no-sync",
        )
        self.start()
        with self.connected("postgres", user="postgres") as db:
            db.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE")

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        """Start it, and return once it lets somebody in."""
        options = {
            "port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off",
            "full_page_writes": "off", "max_connections": 200, "shared_buffers": "32MB", "log_min_messages": "fatal",
            "autovacuum": "off", **self._options,
        }  # fmt: skip
        said = [f"-c{name}={value}" for name, value in options.items()]
        self._process = subprocess.Popen(
            [self._programs / "postgres", "-D", self.data, *said],
            stdout=subprocess.DEVNULL, stderr=(self.folder / "log").open("ab"), stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"}, **self._user(),
        )  # fmt: skip
        until = time.monotonic() + 60
        while True:
            try:
                with self.connected("postgres", user="postgres"):
                    return
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.folder / "log").read_text()[-2000:]
                assert time.monotonic() < until
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT ends it in order, SIGKILL as a machine does that loses its power."""
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait()

    def kill(self) -> None:
        """Kill every process of it, in the midst of whatever they do; it can be started again."""
        assert self._process is not None
        # It is to begin no more of them meanwhile, and to bury none: their numbers stay theirs.
        self._process.send_signal(signal.SIGSTOP)
        children = _children(self._process.pid)
        for pid in (*children, self._process.pid):
            os.kill(pid, signal.SIGKILL)
        self._process.wait()
        # As long as one of them lives, no other is let at the data.
        while _living(children):
            time.sleep(0.01)

    def close(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def connected(self, database: str, user: str = OWNER) -> psycopg.Connection[tuple[Any, ...]]:
        """Return a connection of a test's own, past the bot's; each statement is a transaction of its own."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=user, dbname=database, autocommit=True, connect_timeout=5
        )

    def url(self, database: str) -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        ran = subprocess.run(
            [self._programs / program, *arguments], capture_output=True, env={**os.environ, "LC_ALL": "C"}, **self._user()
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr

    def _user(self) -> dict[str, Any]:
        return (
            {"user": self._as, "group": pwd.getpwnam(self._as).pw_gid, "extra_groups": [], "cwd": "/"}
            if self._as
            else {}
        )

    def _within_reach(self, programs: Path) -> Path:
        """Return the programs where whoever runs the server may read them."""
        if not self._as:
            return programs
        try:
            subprocess.run(
                [programs / "postgres", "--version"], check=True, capture_output=True, **self._user()
            )
        except (PermissionError, FileNotFoundError):
            self.folder.chmod(0o755)
            shutil.copytree(programs.parent, self.folder / "programs", symlinks=True)
            return self.folder / "programs" / programs.name
        return programs


def _children(parent: int) -> set[int]:
    return {pid for pid, (of, _) in _processes().items() if of == parent}


def _living(pids: set[int]) -> set[int]:
    """Return those that hold anything still: a zombie does not."""
    return {pid for pid, (_, state) in _processes().items() if pid in pids and not state.startswith("Z")}


def _processes() -> dict[int, tuple[int, str]]:
    """Return each process of the machine with its parent and its state."""
    if not Path("/proc/self/stat").exists():
        told = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
        )
        lines = (line.split() for line in told.stdout.splitlines())
        return {int(pid): (int(parent), state) for pid, parent, state in lines}
    found = {}
    for told_of in Path("/proc").glob("[0-9]*/stat"):
        # A process may end while it is read of.
        with suppress(OSError):
            state, parent = told_of.read_text().rpartition(")")[2].split()[:2]
            found[int(told_of.parent.name)] = (int(parent), state)
    return found


def _somebody() -> str:
    """Return whom a server that root starts is run by, "" where it is not root."""
    if os.geteuid() != 0:
        return ""
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


class Databases:
    """Gives out empty databases with the bot's tables in them, on one server."""

    def __init__(self, url: str) -> None:
        self._url = url.rpartition("/")[0]
        self._admin = psycopg.connect(url, autocommit=True)
        self._template = f"yrd_template_{os.getpid()}"
        self._create(self._template)
        made = Server(self.url(self._template))
        made.prepare(5)
        made.close()

    def url(self, database: str) -> str:
        return f"{self._url}/{database}"

    def _create(self, name: str, template: str = "template0", encoding: str = "UTF8") -> None:
        self._admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING {}").format(
                sql.Identifier(name), sql.Identifier(template), sql.Literal(encoding)
            )
        )

    def _drop(self, name: str) -> None:
        """Drop a database; a named server may be vacuuming it just then, which only its superuser may end."""
        dropped = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        until = time.monotonic() + 30
        while True:
            try:
                self._admin.execute(dropped)
                return
            except psycopg.errors.InsufficientPrivilege:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    @contextmanager
    def database(self, *, is_empty: bool = False, encoding: str = "UTF8") -> Iterator[str]:
        """Yield the URL of a database that is gone afterwards, with the tables of the bot or without any."""
        name = f"yrd_{os.getpid()}_{next(_NAMES)}"
        self._create(name, self._template if encoding == "UTF8" and not is_empty else "template0", encoding)
        try:
            yield self.url(name)
        finally:
            self._drop(name)

    def end_connections(self) -> None:
        """End every connection to the databases of these tests, as a server does that restarts."""
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE %s AND usename = current_user"
        self._admin.execute(ended, [f"yrd\\_{os.getpid()}\\_%"])

    @contextmanager
    def opening(self) -> Iterator[Callable[[], Store]]:
        """Yield what opens the same database each time it is called."""
        with self.database() as url:
            yield lambda: WatchedStore.connect(url)

    def close(self) -> None:
        self._drop(self._template)
        self._admin.close()


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, for a server of a test's own; skip the test where there are none."""
    try:
        return found_programs()
    except FileNotFoundError as error:
        pytest.skip(str(error))


def found_programs() -> Path:
    """Return the folder of PostgreSQL's programs; FileNotFoundError, which says what would bring them, where there are none."""
    environment = {name: value for name, value in os.environ.items() if name != "YRD_TEST_DATABASE_URL"}
    found = subprocess.run([SCRIPT], capture_output=True, text=True, env=environment)
    if not found.stdout.strip():
        raise FileNotFoundError(found.stderr.strip())
    return Path(found.stdout.strip())


@contextmanager
def databases() -> Iterator[Databases]:
    """Yield a server's databases; skip the test where there is no server."""
    if named := os.environ.get("YRD_TEST_DATABASE_URL"):
        given = Databases(named)
        yield given
        given.close()
        return
    server = PostgreSQL(programs())
    try:
        given = Databases(server.url("postgres"))
        yield given
        given.close()
    finally:
        server.close()
