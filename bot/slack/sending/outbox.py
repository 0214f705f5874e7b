"""What is still to be sent: calls of Slack's in lanes, so that none waits in a thread.

A lane is where Slack keeps order and limits: a channel, a person's Home, a response URL. Its calls are made one at a
time, in order. A lane that was told to come later (429), or could not be reached, waits here with its calls; every
other one goes on. What may have been carried out is never made again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar

from bot.meter import trying
from bot.slack.api.errors import asked_to_wait
from bot.slack.api.exchange import was_not_sent

_log = logging.getLogger(__name__)

# Calls in flight at once; a thread that waits for Slack holds a socket and little else.
THREADS: Final = 128
# Of those for whom somebody waits with a form open or a trigger in hand.
PROMPT_THREADS: Final = 16
# Calls that wait at once. Each holds a message; whoever floods the bot is not to fill its memory.
WAITING_MAX: Final = 5_000
# Of each among many workspaces so many are in flight and wait at once: one whose calls hang, or who floods the bot, leaves
# enough to the others.
THREADS_OF_ONE: Final = 16
WAITING_OF_ONE: Final = 1_000
# Seconds between tries of what surely was not sent: then the tries are over.
BACK_OFF: Final = (1.0, 5.0, 20.0, 60.0)
# Seconds after which a call that is told to come later again and again is given up.
GIVE_UP: Final = 24 * 3600.0

T = TypeVar("T")


class NotTakenError(OSError):
    """So many calls wait that no more are taken; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One call of Slack's. `limit` names what is left alone when it is told to come later, the lane where it is "".

    Without `waits` it is made once or fails: whoever it is for has no time. A `prompt` one, for which a person's
    trigger is in hand, has threads of its own. `team` is whose it is where there are many.
    """

    lane: str
    send: Callable[[], T]
    limit: str = ""
    waits: bool = True
    prompt: bool = False
    team: str = ""

    @property
    def limited_by(self) -> str:
        """Return what it has to wait for when that was told to come later."""
        return self.limit or self.lane

    def of(self, team: str) -> Call[T]:
        """Return the call as one of that workspace's: another's of the same lane or limit is no concern of it."""
        if not team:
            return self
        limit = f"{team} {self.limit}" if self.limit else ""
        return replace(self, lane=f"{team} {self.lane}", limit=limit, team=team)

    def __await__(self) -> Generator[Call[T], T, T]:
        return (yield self)


async def made(call: Call[T]) -> T:
    """Return what `call` returns or raises, once whoever runs this has made it."""
    return await call


@dataclass(slots=True)
class _Waiting:
    call: Call[Any]
    since: float
    result: Future[Any] = field(default_factory=Future)
    failures: int = 0
    was_tried: bool = False


@dataclass(slots=True)
class _Lane:
    waiting: deque[_Waiting] = field(default_factory=deque)
    is_busy: bool = False
    not_before: float = 0.0


class Outbox:
    """Makes calls, each in a thread of its own, lane by lane; for many threads. `now` gives seconds that only grow."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, back_off: tuple[float, ...] = BACK_OFF
    ) -> None:
        self._now = now
        self._back_off = back_off
        self._lanes: dict[str, _Lane] = {}
        self._held: dict[str, float] = {}
        self._free = {False: THREADS, True: PROMPT_THREADS}
        self._count = 0
        self._in_flight: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        self._is_closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="yrd-outbox", daemon=True)
        self._thread.start()

    def put(self, call: Call[T]) -> Future[T]:
        """Queue `call` and return its outcome to come; it is cancelled if the outbox is closed before it is made."""
        waiting = _Waiting(call, self._now())
        with self._changed:
            if self._is_closed:
                waiting.result.cancel()
            elif self._count >= WAITING_MAX or (call.team and self._open[call.team] >= WAITING_OF_ONE):
                waiting.result.set_exception(NotTakenError("too many messages wait to be sent"))
            else:
                self._count += 1
                self._open[call.team] += 1
                self._lanes.setdefault(call.lane, _Lane()).waiting.append(waiting)
                self._changed.notify_all()
        return waiting.result

    def count(self) -> int:
        """Return how many calls wait or are being made."""
        with self._changed:
            return self._count

    def is_idle(self, until: float) -> bool:
        """Say whether nothing is being sent, or will be before `until`."""
        with self._changed:
            return not any(lane.is_busy or self._due(lane) < until for lane in self._lanes.values())

    def close(self) -> None:
        """Begin no more calls; what waits is cancelled, and what is in hand is left to end by itself."""
        with self._changed:
            self._is_closed = True
            left = [waiting for lane in self._lanes.values() for waiting in lane.waiting]
            self._lanes.clear()
            self._changed.notify_all()
        if left:
            _log.warning("messages were left unsent", extra={"count": len(left)})
        for waiting in left:
            waiting.result.cancel()

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                soonest = self._begin()
                self._changed.wait(None if soonest is None else max(soonest - self._now(), 0.0))

    def _begin(self) -> float | None:
        """Begin every call that may be made now; return when the next one may, None where none waits for time."""
        now, soonest = self._now(), None
        for lane in self._lanes.values():
            if lane.is_busy or not lane.waiting:
                continue
            if (due := self._due(lane)) > now:
                soonest = due if soonest is None else min(soonest, due)
            elif self._has_thread_for(lane.waiting[0].call):
                waiting = lane.waiting.popleft()
                lane.is_busy = True
                self._free[waiting.call.prompt] -= 1
                self._in_flight[waiting.call.team] += 1
                # A daemon: at the end nobody waits for a Slack that does not answer.
                threading.Thread(target=self._send, args=(waiting,), name="yrd-send", daemon=True).start()
        return soonest

    def _has_thread_for(self, call: Call[Any]) -> bool:
        is_one_of_many = call.team and not call.prompt
        return self._free[call.prompt] > 0 and not (
            is_one_of_many and self._in_flight[call.team] >= THREADS_OF_ONE
        )

    def _due(self, lane: _Lane) -> float:
        limit = lane.waiting[0].call.limited_by if lane.waiting else ""
        return max(lane.not_before, self._held.get(limit, 0.0))

    def _send(self, waiting: _Waiting) -> None:
        try:
            with trying(again=waiting.was_tried):
                said = waiting.call.send()
        except Exception as error:  # noqa: BLE001 - a thread's main function: whoever waits gets it
            if not self._put_back(waiting, error):
                waiting.result.set_exception(error)
                self._landed(waiting)
        else:
            # In this order: the work that goes on is in hand before its call is not.
            waiting.result.set_result(said)
            self._landed(waiting)

    def _landed(self, waiting: _Waiting) -> None:
        with self._changed:
            self._count -= 1
            _take_one(self._open, waiting.call.team)
            self._release(waiting)

    def _release(self, waiting: _Waiting) -> None:
        self._free[waiting.call.prompt] += 1
        _take_one(self._in_flight, waiting.call.team)
        lane = self._lanes.get(waiting.call.lane)
        if lane is not None:
            lane.is_busy = False
            if not lane.waiting:
                del self._lanes[waiting.call.lane]
        self._changed.notify_all()

    def _put_back(self, waiting: _Waiting, error: Exception) -> bool:
        """Put a call first in its lane again where it was not carried out and may be later; say whether."""
        call, now = waiting.call, self._now()
        asked = asked_to_wait(error)
        lost = asked is None and was_not_sent(error) and waiting.failures < len(self._back_off)
        if not call.waits or (asked is None and not lost) or now - waiting.since > GIVE_UP:
            return False
        with self._changed:
            lane = self._lanes.get(call.lane)
            if lane is None:
                # Closed meanwhile.
                return waiting.result.cancel()
            if asked is not None:
                self._held = {held: until for held, until in self._held.items() if until > now}
                self._held[call.limited_by] = now + asked
            else:
                lane.not_before = now + self._back_off[waiting.failures]
                waiting.failures += 1
            waiting.was_tried = True
            lane.waiting.appendleft(waiting)
            self._release(waiting)
        _log.info("a message is sent later", extra={"seconds": asked})
        return True


def _take_one(counted: Counter[str], team: str) -> None:
    """Count one less, and forget whom nothing is left of."""
    counted[team] -= 1
    if counted[team] <= 0:
        del counted[team]
