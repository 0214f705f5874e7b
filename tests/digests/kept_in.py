"""Where the state of a storm is kept: in a file, or on a server of its own that is killed as well, behind a wire that breaks."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from bot.state.store import Store
from tests.digests.frayed_wire import FrayedWire
from tests.postgresql import PostgreSQL

_DATABASE: Final = "storm"
# Seconds.
_AWAY_AT_MOST: Final = 1.0


class File:
    """A state.db, which nobody can kill."""

    def __init__(self, folder: Path) -> None:
        self.where = str(folder / "state.db")
        self.cuts: Counter[str] = Counter()

    def open(self) -> Store:
        """Open it past the bots."""
        return Store.open(Path(self.where))

    def kill(self) -> None:
        """Fail: there is nobody."""
        raise NotImplementedError

    def settle(self) -> None:
        """Do nothing: it was well all the time."""


class Server:
    """A PostgreSQL; `where` says how bots get there."""

    def __init__(self, programs: Path, seed: int) -> None:
        # A process that is killed leaves half a page where the kernel was just writing it.
        self._server = PostgreSQL(programs, full_page_writes="on", synchronous_commit="on")
        self._chance = random.Random(seed)
        with self._server.connected("postgres") as db:
            db.execute(f"CREATE DATABASE {_DATABASE} TEMPLATE template0 ENCODING 'UTF8'")
        self._wire = FrayedWire(self._server.url(_DATABASE), seed)
        self._starter = ThreadPoolExecutor(1)
        self._starting: Future[None] | None = None
        self.where = self._wire.url
        self.cuts = self._wire.cuts

    def open(self) -> Store:
        """Connect past the wire."""
        return Store.connect(self._server.url(_DATABASE))

    def kill(self) -> None:
        """Kill it, once it is back from the last time; it is started again within a second or so, which nobody waits for."""
        self._wait()
        self._server.kill()
        self._starting = self._starter.submit(self._start, self._chance.random() * _AWAY_AT_MOST)

    def settle(self) -> None:
        """Have it and the wire be well from now on."""
        self._wire.mend()
        self._wait()

    def close(self) -> None:
        self._wire.close()
        self._starter.shutdown()
        self._server.close()

    def _start(self, after: float) -> None:
        time.sleep(after)
        self._server.start()

    def _wait(self) -> None:
        if self._starting is not None:
            self._starting.result()
