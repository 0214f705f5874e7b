"""Rounds for many workspaces, by many processes: each workspace that has something due gets the turn of one process, and none
waits for another's.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.digests.round_watch import RoundWatch
from bot.digests.timing import DeliveryTiming
from bot.digests.token_status import PROBE_SECONDS
from bot.digests.worker import REPLAN_SECONDS
from bot.slack.api import errors
from bot.state.digests.turns import HELD, StoredTurns, Turn

AT_ONCE: Final = 8
"""Workspaces that are worked for at a time."""
# What is left of a round is looked at again after so long, by whoever is first; the same where Slack takes no token, and where
# the bot is not installed.
_REST: Final = timedelta(seconds=4)
_STOPPED: Final = timedelta(seconds=PROBE_SECONDS)
_NOT_HERE: Final = timedelta(minutes=10)
_RENEW_SECONDS: Final = HELD.total_seconds() / 3


class Worker(Protocol):
    """Goes rounds for one workspace."""

    @property
    def is_stopped(self) -> bool:
        """Say whether Slack refused the token and has not taken it since."""
        ...

    @property
    def read_after(self) -> datetime:
        """Return until when Slack wants no channel read."""
        ...

    def read_not_before(self, at: datetime) -> None:
        """Read no channel before `at`: another process was told so."""
        ...

    def tick(self) -> None:
        """Post and settle everything that is due now."""
        ...

    def stop(self) -> None:
        """Post nothing more, and return when the calls in hand are recorded."""
        ...


class Rounds:
    """From each `tick` on has rounds gone for the teams whose turns are to be had, until nothing is due; now and then for all
    teams.

    `worker_of` gives a team's worker, None where there is nothing to work with. `all_teams` are those that have digests.
    """

    def __init__(
        self,
        turns: StoredTurns,
        lease: timedelta,
        all_teams: Callable[[], tuple[str, ...]],
        worker_of: Callable[[str], Worker | None],
        watch: RoundWatch,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        at_once: int = AT_ONCE,
    ) -> None:
        self._turns = turns
        self._lease = lease
        self._all = all_teams
        self._worker_of = worker_of
        self._watch = watch
        self._now = now
        self._monotonic = monotonic
        self._at_once = at_once
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="yrd-round")
        self.posting = ThreadPoolExecutor(at_once * DeliveryTiming().workers, thread_name_prefix="yrd-digest")
        """Threads for the deliveries of all workers: as many as they can have in hand together."""
        self._lock = threading.Lock()
        self._taking = 0
        self._in_hand: dict[str, Worker] = {}
        self._to_look_at: deque[str] = deque()
        self._looked_at: float | None = None
        self._is_over = threading.Event()
        self._renewing = threading.Thread(target=self._renew, name="yrd-turns", daemon=True)

    def tick(self) -> None:
        """Have rounds gone for teams that need one, and wait for none; never raises for what state does."""
        try:
            self._look_again()
            is_due = bool(self._to_look_at or self._turns.due(self._now(), self._lease))
        except Exception as error:  # noqa: BLE001 - the boundary of a tick; the next one comes in seconds
            errors.log_error(error, errors.new_reference(), "looking for digests that are due")
            return
        self._watch.went_through()
        if not is_due:
            return
        with self._lock:
            if self._renewing.ident is None:
                self._renewing.start()
            for _ in range(self._at_once - self._taking):
                self._taking += 1
                self._threads.submit(self._take_turns)

    def wait(self) -> None:
        """Return when the rounds that were begun are over; no other may begin from then on."""
        self._threads.shutdown(wait=True)

    def stop(self) -> None:
        """Begin nothing more, and return when the calls in hand are recorded."""
        self._is_over.set()
        with self._lock:
            workers = tuple(self._in_hand.values())
        for worker in workers:
            worker.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.posting.shutdown(wait=True)

    def _look_again(self) -> None:
        """Have every team looked after now and then, for a clock or a zone that changed unnoticed."""
        now = self._monotonic()
        if self._looked_at is None or now - self._looked_at > REPLAN_SECONDS:
            self._to_look_at.extend(self._all())
            self._looked_at = now

    def _take_turns(self) -> None:
        """Go round for one team after the other, until there is no turn to be had."""
        try:
            while not self._is_over.is_set() and (turn := self._next()):
                self._go_round(turn)
        except Exception as error:  # noqa: BLE001 - a thread's main function; the next tick begins another
            errors.log_error(error, errors.new_reference(), "taking a turn")
        finally:
            with self._lock:
                self._taking -= 1

    def _next(self) -> Turn | None:
        now = self._now()
        if turn := self._turns.take(self._turns.due(now, self._lease), now):
            return turn
        while self._to_look_at:
            try:
                team = self._to_look_at.popleft()
            except IndexError:
                # Another thread was quicker.
                return None
            if turn := self._turns.take((team,), now):
                return turn
        return None

    def _go_round(self, turn: Turn) -> None:
        read_after, rest = turn.read_after, _REST
        try:
            worker = self._worker_of(turn.team)
            rest = _REST if worker else _NOT_HERE
            if worker is not None:
                with self._lock:
                    self._in_hand[turn.team] = worker
                if not self._is_over.is_set():
                    worker.read_not_before(turn.read_after)
                    worker.tick()
                read_after = worker.read_after
                rest = _STOPPED if worker.is_stopped else _REST
        except Exception as error:  # noqa: BLE001 - the boundary of one workspace: the others go on
            errors.log_error(error, errors.new_reference(), "a round of digests", team=turn.team)
        finally:
            with self._lock:
                self._in_hand.pop(turn.team, None)
            self._turns.end(turn.team, self._now() + rest, read_after)

    def _renew(self) -> None:
        while not self._is_over.wait(_RENEW_SECONDS):
            with self._lock:
                teams = tuple(self._in_hand)
            try:
                if teams:
                    self._turns.renew(teams, self._now())
            except Exception as error:  # noqa: BLE001 - a thread's main function; others may take these teams up meanwhile
                errors.log_error(error, errors.new_reference(), "renewing turns")
