"""Rounds for many workspaces: each that has something due gets one of its own, some at a time, and none waits for another's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol

from bot.digests.round_watch import RoundWatch
from bot.digests.timing import DeliveryTiming
from bot.digests.worker import REPLAN_SECONDS
from bot.slack.api import errors

AT_ONCE: Final = 8
"""Workspaces that are worked for at a time."""


class Worker(Protocol):
    """Goes rounds for one workspace."""

    def tick(self) -> None:
        """Post and settle everything that is due now."""
        ...

    def stop(self) -> None:
        """Post nothing more, and return when the calls in hand are recorded."""
        ...


class Rounds:
    """At each `tick` has a round gone for every team of `due`, and for every one of `all_teams` now and then.

    `worker_of` gives a team's worker, None where there is nothing to work with. A team whose round is in hand gets no other.
    """

    def __init__(
        self,
        due: Callable[[], Iterable[str]],
        all_teams: Callable[[], Iterable[str]],
        worker_of: Callable[[str], Worker | None],
        watch: RoundWatch,
        monotonic: Callable[[], float] = time.monotonic,
        at_once: int = AT_ONCE,
    ) -> None:
        self._due = due
        self._all = all_teams
        self._worker_of = worker_of
        self._watch = watch
        self._monotonic = monotonic
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="yrd-round")
        self.posting = ThreadPoolExecutor(at_once * DeliveryTiming().workers, thread_name_prefix="yrd-digest")
        """Threads for the deliveries of all workers: as many as they can have in hand together."""
        self._lock = threading.Lock()
        self._in_hand: dict[str, Worker | None] = {}
        self._looked_at: float | None = None
        self._is_over = False

    def tick(self) -> None:
        """Have rounds gone for those that need one, and wait for none; never raises for what state does."""
        try:
            teams = self._needed()
        except Exception as error:  # noqa: BLE001 - the boundary of a tick; the next one comes in seconds
            errors.log_error(error, errors.new_reference(), "looking for digests that are due")
            return
        self._watch.went_through()
        for team in teams:
            with self._lock:
                if team in self._in_hand or self._is_over:
                    continue
                self._in_hand[team] = None
            self._threads.submit(self._go_round, team)

    def wait(self) -> None:
        """Return when all rounds that were begun are over; no other may begin from then on."""
        self._threads.shutdown(wait=True)

    def stop(self) -> None:
        """Begin nothing more, and return when the calls in hand are recorded."""
        with self._lock:
            self._is_over = True
            workers = [worker for worker in self._in_hand.values() if worker is not None]
        for worker in workers:
            worker.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.posting.shutdown(wait=True)

    def _needed(self) -> tuple[str, ...]:
        now = self._monotonic()
        if self._looked_at is None or now - self._looked_at > REPLAN_SECONDS:
            teams = tuple(dict.fromkeys((*self._due(), *self._all())))
            self._looked_at = now
            return teams
        return tuple(self._due())

    def _go_round(self, team: str) -> None:
        try:
            worker = self._worker_of(team)
            if worker is None:
                return
            with self._lock:
                if self._is_over:
                    return
                self._in_hand[team] = worker
            worker.tick()
        except Exception as error:  # noqa: BLE001 - the boundary of one workspace: the others go on
            errors.log_error(error, errors.new_reference(), "a round of digests", team=team)
        finally:
            with self._lock:
                del self._in_hand[team]
