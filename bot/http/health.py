"""/healthz says that the process lives, /readyz whether it can do its work: JSON, one entry a check."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from bot.http.asgi import Receive, Scope, Send, is_get, respond

_log = logging.getLogger(__name__)

# Seconds that an answer of Slack about the token is believed; auth.test allows hundreds a minute.
GOOD_FOR = 60.0
BAD_FOR = 5.0
LIVE, READY = "/healthz", "/readyz"
# Seconds that /readyz waits for its checks; the probes of orchestrators wait one to ten.
CHECK_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to be ready: `problem` returns "" when it is, else a sentence without secrets. `note` returns what is
    to be told all the same, `warning` what of it somebody should look at.
    """

    name: str
    problem: Callable[[], str]
    note: Callable[[], str] = lambda: ""
    warning: Callable[[], str] = lambda: ""


@dataclass
class Remembered:
    """Asks `problem` at most once in GOOD_FOR seconds (`bad_for` while it fails); for many threads."""

    problem: Callable[[], str]
    now: Callable[[], float] = time.monotonic
    bad_for: float = BAD_FOR
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _until: float = float("-inf")
    _found: str = ""

    def __call__(self) -> str:
        """Return the problem as it was found last, asking again when that is too old."""
        with self._lock:
            if self.now() >= self._until:
                self._found = self.problem()
                self._until = self.now() + (self.bad_for if self._found else GOOD_FOR)
            return self._found


class Health:
    """An ASGI application for the two pages. They hold nothing secret, and /healthz asks nothing of anybody.

    It answers in the event loop. Checks run in threads of their own, each in one at a time: one that hangs is a
    check that fails, and holds up neither the others nor the next who asks.
    """

    def __init__(self, checks: tuple[Check, ...], seconds: float = CHECK_SECONDS) -> None:
        self._checks = checks
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(max(1, len(checks)), thread_name_prefix="yrd-health")
        self._running: dict[str, Future[str]] = {}

    def close(self) -> None:
        """Start no more checks; one that hangs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not await is_get(scope, send):
            return
        if scope["path"] == LIVE:
            await _respond_json(send, HTTPStatus.OK, {"ok": True})
        else:
            await self._ready(send)

    async def _ready(self, send: Send) -> None:
        running = [asyncio.wrap_future(self._run(check)) for check in self._checks]
        if running:
            await asyncio.wait(running, timeout=self._seconds)
        problems = {
            check.name: run.result()
            if run.done()
            else f"the check did not end within {self._seconds:g} seconds"
            for check, run in zip(self._checks, running, strict=True)
        }
        found = {
            check.name: {"ok": not problems[check.name]}
            | ({"problem": problem} if (problem := problems[check.name]) else {})
            | ({"note": note} if (note := check.note()) else {})
            for check in self._checks
        }
        is_ready = not any(problems.values())
        status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        await _respond_json(send, status, {"ok": is_ready, "checks": found})

    def _run(self, check: Check) -> Future[str]:
        """Return the run of `check` that is in hand, or a new one; called in the event loop only."""
        running = self._running.get(check.name)
        if running is None or running.done():
            running = self._running[check.name] = self._threads.submit(problem_of, check)
        return running


async def _respond_json(send: Send, status: HTTPStatus, content: object) -> None:
    await respond(send, status, json.dumps(content) + "\n", "application/json")


def problem_of(check: Check) -> str:
    """Return the problem of `check`, "" for none; it never raises."""
    try:
        return check.problem()
    except Exception as error:  # noqa: BLE001 - the boundary: a check that breaks is a check that fails
        _log.exception("a readiness check broke", extra={"check": check.name})
        return f"the check itself failed ({type(error).__name__})"
