"""Rounds for many workspaces, by many processes: each workspace that has something due gets the turn of one process, and none
waits for another's.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.digests.behind import pool_behind
from bot.digests.round_watch import RoundWatch
from bot.digests.token_status import PROBE_SECONDS
from bot.digests.worker import REPLAN_SECONDS
from bot.slack.api import errors
from bot.state.digests.turns import HELD, StoredTurns, Turn

AT_ONCE: Final = 48
"""Workspaces that are worked for at a time. Nearly all of that is waiting: a channel takes one message a second, and a processor
is busy with some fifty messages a second."""
AT_WORK: Final = 2
"""Deliveries that are worked on at a time, those that wait for Slack not counted. A process computes on one processor: more at once
post no more messages, and keep whoever has to answer promptly waiting (`make bench-teams`)."""
# So many workspaces are tried for a turn at a time: what one process works for others pass over.
_TRIED: Final = 8
# Seconds that what was found due is believed to be: others work on it as well.
_FRESH: Final = 2.0
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

    @property
    def went_through(self) -> bool:
        """Say whether the last round came to its end."""
        ...

    @property
    def has_more(self) -> bool:
        """Say whether the last round left something, so as to give way to others."""
        ...

    def tick(self) -> None:
        """Post and settle everything that is due now."""
        ...

    def begin_no_more(self) -> None:
        """Post nothing more, and do not wait for the calls in hand."""
        ...


class Rounds:
    """From each `tick` on has rounds gone for the teams whose turns are to be had, until nothing is due; now and then for all
    teams.

    `worker_of` gives a team's worker, None where there is nothing to work with. `all_teams` are those that have digests.
    Workers tell `watch` themselves of what goes through.
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
        self._threads = pool_behind(at_once, "yrd-round")
        self._lock = threading.Lock()
        self._taking = 0
        self._in_hand: dict[str, Worker] = {}
        self._due: deque[str] = deque()
        self._due_at = float("-inf")
        self._looking_for_due = threading.Lock()
        self._to_look_at: deque[str] = deque()
        self._looked_at: float | None = None
        self._is_over = threading.Event()
        self.all_went_through = True
        """Whether every round so far came to its end."""
        self._renewing = threading.Thread(target=self._renew, name="yrd-turns", daemon=True)

    def tick(self) -> None:
        """Have rounds gone for teams that need one, and wait for none; never raises for what state does."""
        try:
            self._look_again()
            waiting = len(self._to_look_at) + self._look_for_due()
        except Exception as error:  # noqa: BLE001 - the boundary of a tick; the next one comes in seconds
            errors.log_unasked(error, "looking for digests that are due")
            return
        with self._lock:
            if self._is_over.is_set():
                return
            if not waiting and not self._taking:
                self._watch.went_through()
                return
            if self._renewing.ident is None:
                self._renewing.start()
            for _ in range(min(waiting, self._at_once - self._taking)):
                self._taking += 1
                self._threads.submit(self._take_turns)

    def wait(self) -> None:
        """Return when the rounds that were begun are over; no other may begin from then on."""
        self._threads.shutdown(wait=True)

    def stop(self) -> None:
        """Begin nothing more, and return when the calls in hand are recorded."""
        with self._lock:
            self._is_over.set()
            workers = tuple(self._in_hand.values())
        for worker in workers:
            worker.begin_no_more()
        self._threads.shutdown(wait=True)

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
            errors.log_unasked(error, "taking a turn")
        finally:
            with self._lock:
                self._taking -= 1

    def _next(self) -> Turn | None:
        while teams := self._some_due():
            now = self._now()
            if turn := self._turns.take(teams, now):
                # Those before it others work for.
                self._due.extendleft(reversed(teams[teams.index(turn.team) + 1 :]))
                return turn
        while team := _first_of(self._to_look_at):
            if turn := self._turns.take((team,), self._now()):
                return turn
        return None

    def _look_for_due(self) -> int:
        """Return for how many teams something is to be done as far as is known, having looked where none were."""
        with self._looking_for_due:
            if not self._due or self._monotonic() - self._due_at > _FRESH:
                found = self._turns.due(self._now(), self._lease)
                self._due.clear()
                self._due.extend(found)
                self._due_at = self._monotonic()
            return len(self._due)

    def _some_due(self) -> tuple[str, ...]:
        self._look_for_due()
        taken = (_first_of(self._due) for _ in range(_TRIED))
        return tuple(team for team in taken if team)

    def _go_round(self, turn: Turn) -> None:
        read_after, rest = turn.read_after, _REST
        try:
            worker = self._worker_of(turn.team)
            if worker is None:
                rest, went_through = _NOT_HERE, True
            else:
                self._work(worker, turn)
                went_through, read_after = worker.went_through, worker.read_after
                rest = _STOPPED if worker.is_stopped else timedelta(0) if worker.has_more else _REST
        except Exception as error:  # noqa: BLE001 - the boundary of one workspace: the others go on
            errors.log_unasked(error, "a round of digests", team=turn.team)
            went_through = False
        self.all_went_through = self.all_went_through and went_through
        self._turns.end(turn.team, self._now() + rest, read_after)

    def _work(self, worker: Worker, turn: Turn) -> None:
        with self._lock:
            if self._is_over.is_set():
                return
            self._in_hand[turn.team] = worker
        try:
            worker.read_not_before(turn.read_after)
            worker.tick()
            if worker.is_stopped:
                # What Slack refuses is no fault of ours.
                self._watch.went_through()
        finally:
            with self._lock:
                del self._in_hand[turn.team]

    def _renew(self) -> None:
        while not self._is_over.wait(_RENEW_SECONDS):
            with self._lock:
                teams = tuple(self._in_hand)
            try:
                if teams:
                    self._turns.renew(teams, self._now())
            except Exception as error:  # noqa: BLE001 - a thread's main function; others may take these teams up meanwhile
                errors.log_unasked(error, "renewing turns")


def _first_of(teams: deque[str]) -> str:
    """Take the first out and return it, "" where another thread was quicker."""
    try:
        return teams.popleft()
    except IndexError:
        return ""
