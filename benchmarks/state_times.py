"""What one step on state takes on a PostgreSQL over loopback, beside a SQLite file: the same calls, in turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.state.contributions import FRESH_SECONDS, StoredContributions
from bot.state.digests.ledger import Ledger
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from handlers.curation.team_base import CachedTeamBases
from handlers.subscription import Subscription
from knowledge.base import FactBase

TEAM: Final = "T04BENCH00000"
TIMES: Final = 200
_WARM: Final = 20

Step = Callable[[int], object]


class _Steps:
    """The steps over one store; each is called with its number."""

    def __init__(self, store: Store, base: FactBase, times: int) -> None:
        self._questions = StoredQuestions(store, 90)
        self._now = datetime.now(UTC)
        subscriptions = StoredSubscriptions(store)
        at = self._now.time().replace(microsecond=0)
        for number in range(times):
            # Channels apart: of one a claim would have to wait for the one before it.
            new = Subscription(TEAM, f"C{number:04}", "U1", at, "UTC", tuple(range(7)), topics=("ports",))
            subscriptions.add(new, self._now - timedelta(hours=1))
        self._ledger = Ledger(store, "bench")
        self._due = self._ledger.due(TEAM, self._now, times)
        # Asked of the store each time: its clock goes on by more than anything is kept for.
        self._seconds = 0.0
        self._bases = CachedTeamBases(base, StoredContributions(store, now=self._later))

    def _later(self) -> float:
        self._seconds += 1000 * FRESH_SECONDS
        return self._seconds

    def question(self, number: int) -> None:
        """Keep a question that nobody could answer, by one of ten people."""
        self._questions.keep(TEAM, "/yrd", f"what of {number % 300}", (), self._now, f"U{number % 10}")

    def claim(self, number: int) -> None:
        """Take the turn of a digest that is due, and claim it."""
        turn = self._ledger.acquire(self._due[number], self._now, timedelta(hours=12))
        assert turn is not None
        assert self._ledger.claim(turn[0], lambda: self._now, "{}", ()) is not None

    def view(self, number: int) -> None:
        """Look whether the view of a team still stands, and give it."""
        self._bases.of(TEAM)


def compared(url: str, folder: Path, base: FactBase, times: int = TIMES) -> dict[str, dict[str, float]]:
    """Return the median milliseconds of each step on both, and their ratio."""
    with closing(Store.open(folder / "state.db")) as file, closing(Store.connect(url)) as server:
        on_file, on_server = (_Steps(store, base, times + _WARM) for store in (file, server))
        pairs = {
            "a stored question": (on_file.question, on_server.question),
            "a digest claim": (on_file.claim, on_server.claim),
            "a team's view": (on_file.view, on_server.view),
        }
        return {name: _compared(*pair, times) for name, pair in pairs.items()}


def _compared(on_file: Step, on_server: Step, times: int) -> dict[str, float]:
    taken: dict[Step, list[float]] = {on_file: [], on_server: []}
    for number in range(times + _WARM):
        for step in (on_file, on_server) if number % 2 else (on_server, on_file):
            began = time.perf_counter()
            step(number)
            if number >= _WARM:
                taken[step].append(1000 * (time.perf_counter() - began))
    sqlite, postgresql = (statistics.median(taken[step]) for step in (on_file, on_server))
    return {
        "SQLite: ms": round(sqlite, 2),
        "PostgreSQL: ms": round(postgresql, 2),
        "ratio": round(postgresql / sqlite, 2),
    }
