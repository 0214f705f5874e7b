"""Runs what follows an acknowledgement: in a thread while it works, in none while what it sends waits."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Executor, Future
from copy import copy
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from bot.slack.sending.outbox import Call, Outbox

_log = logging.getLogger(__name__)

# Seconds that work in hand is given at the end, and what is due to be sent in them.
DRAIN_SECONDS: Final = 3.0
_LOOK_SECONDS: Final = 0.02

Work = Coroutine[Any, Any, object]
"""Work whose awaits are calls of Slack's, and nothing else."""


@dataclass(slots=True)
class _InHand:
    """How much work runs in the runners of all workspaces."""

    running: int = 0
    lock: Lock = field(default_factory=Lock)


class Runner:
    """Runs work in `workers`, or in `prompt` what a person waits for with a form to open, and its calls in an outbox.

    Neither holds up the other. Whoever gave the executors shuts them down, after `close`.
    """

    def __init__(self, workers: Executor, outbox: Outbox, prompt: Executor | None = None) -> None:
        self.workers = workers
        self._prompt = prompt or workers
        self._outbox = outbox
        self._in_hand = _InHand()
        self._whose = ""

    def of(self, team: str) -> Runner:
        """Return a runner for one workspace of many: what Slack limits there waits by itself. It is closed with this one."""
        runner = copy(self)
        runner._whose = team
        return runner

    def unsent(self) -> int:
        """Return how many calls of Slack's wait or are being made, for all workspaces."""
        return self._outbox.count()

    def start(self, work: Work, *, prompt: bool = False) -> None:
        """Run `work`, which is its own boundary: what it raises is logged and told to nobody."""
        self._submit(self._prompt if prompt else self.workers, work, lambda: work.send(None))

    def _is_idle(self, until: float) -> bool:
        with self._in_hand.lock:
            return not self._in_hand.running and self._outbox.is_idle(until)

    def close(self, seconds: float = DRAIN_SECONDS) -> None:
        """Give what is in hand, or due, so many `seconds`, then leave it; what has to wait longer is left at once."""
        self.wait_until_idle(seconds)
        self._outbox.close()

    def wait_until_idle(self, seconds: float) -> None:
        """Wait until nothing is done, or will be in so many `seconds`, but no longer than that."""
        ends = time.monotonic() + seconds
        while not self._is_idle(ends) and time.monotonic() < ends:
            time.sleep(_LOOK_SECONDS)

    def _submit(self, executor: Executor, work: Work, step: Callable[[], Call[Any]]) -> None:
        with self._in_hand.lock:
            self._in_hand.running += 1
        try:
            executor.submit(self._step, executor, work, step)
        except RuntimeError:
            # The bot is ending: what Slack has said by now is still recorded, and what asks it for more ends there.
            self._step(executor, work, step)

    def _step(self, executor: Executor, work: Work, step: Callable[[], Call[Any]]) -> None:
        try:
            call = step()
        except StopIteration:
            self._ended()
            return
        except Exception:  # noqa: BLE001 - a thread's main function: work is its own boundary, so this is a mistake
            self._ended()
            _log.exception("work after an acknowledgement failed")
            return
        # In this order: the work that goes on is in hand before this step is not.
        self._outbox.put(call.of(self._whose)).add_done_callback(
            lambda made: self._go_on(executor, work, made)
        )
        self._ended()

    def _go_on(self, executor: Executor, work: Work, made: Future[Any]) -> None:
        try:
            failure = made.exception()
        except CancelledError:
            # Never sent: nothing is recorded as if it had been.
            work.close()
            return
        if failure is not None:
            self._submit(executor, work, lambda: work.throw(failure))
        else:
            self._submit(executor, work, lambda: work.send(made.result()))

    def _ended(self) -> None:
        with self._in_hand.lock:
            self._in_hand.running -= 1
