"""Works off what is due: a few messages at a time, channels in turn, until nothing is left for now."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from typing import Final

from bot.digests import notice
from bot.digests.behind import pool_behind
from bot.digests.delivery import Deliverer, TokenState
from bot.digests.fair_queue import FairQueue
from bot.digests.round_watch import RoundWatch
from bot.digests.timing import DeliveryTiming
from bot.slack.api import errors
from bot.slack.api.identity import BotIdentity
from bot.state.database.places import Places
from bot.state.digests.delivery_rows import DeliveryRow
from bot.state.digests.ledger import Ledger
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.errors import StateError, UnavailableError

_log = logging.getLogger(__name__)

BATCH: Final = 500
# What is planned is put right this often, for a clock or a zone that changed unnoticed. Monotonic seconds.
REPLAN_SECONDS: Final = 600.0
# The wall clock and the monotonic one drift apart by less than this unless somebody sets the clock.
JUMP_SECONDS: Final = 5.0
# What else a round does (a dead process's claims, a changed clock) waits at most about so long.
ROUND_SECONDS: Final = 30.0
# Rounds that fail one after the other are logged this often.
LOGGED_SECONDS: Final = 3600.0
# A row that cannot be handled is left alone for so long.
_BROKEN: Final = timedelta(minutes=5)
# A held channel is waited for within a round up to so long; the next round comes anyway.
_PATIENCE: Final = 2.0


class DeliveryWorker:
    """Goes one round at each `tick`; ticks at once are one. `stop` ends a round after the calls in hand.

    `first` is called with the team before the first round that Slack lets it go. `watch` is told of what goes through.
    Deliveries are made in threads of `pool`, which whoever gave it shuts down, else in threads of its own. What a round itself
    does takes one of `places` as well. After `longest` seconds a round gives way to those of others.
    """

    def __init__(
        self,
        *,
        ledger: Ledger,
        subscriptions: StoredSubscriptions,
        deliverer: Deliverer,
        token_status: TokenState,
        timing: DeliveryTiming,
        places: Places,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        rest: Callable[[float], object] | None = None,
        first: Callable[[str], None] = lambda team: None,
        watch: RoundWatch | None = None,
        pool: ThreadPoolExecutor | None = None,
        longest: float = math.inf,
    ) -> None:
        self._ledger = ledger
        self._subscriptions = subscriptions
        self._deliverer = deliverer
        self._token_status = token_status
        self._timing = timing
        self._places = places
        self._now = now
        self._monotonic = monotonic
        self._round = threading.Lock()
        self._stopping = threading.Event()
        self._rest = rest or self._stopping.wait
        self._first: Callable[[str], None] | None = first
        self._owns_pool = pool is None
        self._pool = pool or pool_behind(timing.workers, "yrd-digest")
        self._fair = FairQueue()
        self._replanned_at: float | None = None
        self._apart: float | None = None
        self._watch = watch or RoundWatch()
        self._logged_at: float | None = None
        self._went_through = True
        self._longest = longest
        self._has_more = False

    @property
    def went_through(self) -> bool:
        """Say whether the last round came to its end."""
        return self._went_through

    @property
    def has_more(self) -> bool:
        """Say whether the last round left something, so as to give way to others."""
        return self._has_more

    @property
    def is_stopped(self) -> bool:
        """Say whether Slack refused the token and has not taken it since."""
        return self._token_status.is_stopped

    @property
    def read_after(self) -> datetime:
        """Return until when Slack wants no channel read."""
        return self._deliverer.read_after

    def read_not_before(self, at: datetime) -> None:
        """Read no channel before `at`: another process was told so."""
        self._deliverer.read_not_before(at)

    def tick(self) -> None:
        """Post and settle everything that is due now; never raises for what Slack or state.db do."""
        if self._stopping.is_set() or not self._round.acquire(blocking=False):
            return
        self._went_through = self._has_more = False
        try:
            me = self._token_status.me()
            if me is not None:
                with self._places.at_work():
                    self._begin(me.team)
                    self._look_after(me.team)
                self._drain(me)
                self._watch.went_through()
                self._logged_at, self._went_through = None, True
        except Exception as error:  # noqa: BLE001 - the boundary of a round; the next one comes in seconds
            self._failed(error)
        finally:
            self._fair.clear()
            self._round.release()

    def _failed(self, error: Exception) -> None:
        """Log a round that failed, the next of a row only after LOGGED_SECONDS."""
        if self._logged_at is None or self._monotonic() - self._logged_at > LOGGED_SECONDS:
            self._logged_at = self._monotonic()
            errors.log_unasked(error, "a round of digests")

    def begin_no_more(self) -> None:
        """Post nothing more, and do not wait for the calls in hand."""
        self._stopping.set()

    def stop(self) -> None:
        """Post nothing more, and return when the calls in hand are recorded."""
        self.begin_no_more()
        with self._round:
            if self._owns_pool:
                self._pool.shutdown(wait=True)

    def _begin(self, team: str) -> None:
        if self._first is not None:
            self._first(team)
            self._first = None

    def _look_after(self, team: str) -> None:
        self._replan(team)
        self._ledger.expire_leases(team, self._now(), self._timing.lease)

    def _replan(self, team: str) -> None:
        apart = self._now().timestamp() - self._monotonic()
        jumped = self._apart is not None and abs(apart - self._apart) > JUMP_SECONDS
        self._apart = apart
        if jumped:
            _log.warning("the clock was set", extra={"team": team})
        old = self._replanned_at is None or self._monotonic() - self._replanned_at > REPLAN_SECONDS
        if jumped or old:
            self._subscriptions.replan(team, self._now(), self._stopping.is_set)
            if self._stopping.is_set():
                return
            for lost in self._subscriptions.unreadable(team):
                said = notice.unreadable(lost).to_json()
                self._ledger.tell(team, lost.id, lost.owner, said, self._now())
            self._replanned_at = self._monotonic()

    def _drain(self, me: BotIdentity) -> None:
        flight: dict[Future[float], DeliveryRow] = {}
        began = next_post = self._monotonic()
        end = began + self._longest
        while self._goes_on(end):
            if not self._fair and not flight:
                with self._places.at_work():
                    if self._monotonic() - began > ROUND_SECONDS:
                        self._look_after(me.team)
                        began = self._monotonic()
                    self._fair.add(self._ledger.due(me.team, self._now(), BATCH))
                if not self._fair:
                    break
            row = None
            if len(flight) < self._timing.workers:
                row = self._fair.take(self._monotonic(), {other.channel for other in flight.values()})
            if row is not None:
                self._pause(next_post - self._monotonic())
                next_post = max(next_post, self._monotonic() - 1) + 1 / self._timing.posts_per_second
                flight[self._pool.submit(self._handle, row, me)] = row
            elif flight:
                self._land(flight)
            elif not self._wait_for_a_channel():
                break
        while flight:
            self._land(flight)

    def _goes_on(self, end: float) -> bool:
        """Say whether another delivery of this round may begin; at its `end` it gives way to others."""
        self._has_more = self._monotonic() > end
        return not (self._has_more or self._stopping.is_set() or self._token_status.is_stopped)

    def _handle(self, row: DeliveryRow, me: BotIdentity) -> float:
        try:
            with self._ledger.patiently():
                return self._deliverer.handle(row, me)
        except Exception as error:  # noqa: BLE001 - the boundary of one delivery: its row says how far it came
            errors.log_unasked(error, "a delivery", team=row.team, slot=row.slot_key)
            # That state was away for a moment, or locked, says nothing about the row.
            if not any(isinstance(one, UnavailableError) for one in (error, error.__cause__)):
                self._put_off(row)
            return _PATIENCE

    def _put_off(self, row: DeliveryRow) -> None:
        try:
            self._ledger.defer(row, self._now() + _BROKEN)
        except StateError as error:
            # Then state.db is what is broken, and the next round finds the row as it is.
            errors.log_unasked(error, "putting off a delivery", slot=row.slot_key)

    def _land(self, flight: dict[Future[float], DeliveryRow]) -> None:
        done, _ = wait(flight, return_when=FIRST_COMPLETED)
        for future in done:
            row, seconds = flight.pop(future), future.result()
            self._watch.went_through()
            if seconds:
                self._fair.hold(row.channel, self._monotonic() + seconds)

    def _wait_for_a_channel(self) -> bool:
        """Wait until a held channel may go on; False where that is too long for this round."""
        soonest = self._fair.soonest(())
        seconds = 0.0 if soonest is None else soonest - self._monotonic()
        if seconds > _PATIENCE:
            return False
        self._pause(seconds)
        return True

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._rest(seconds)
