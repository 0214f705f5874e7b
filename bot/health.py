"""/healthz says that the process lives, /readyz whether it can do its work: JSON, one entry a check."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Blueprint, Response, jsonify

_log = logging.getLogger(__name__)

# Seconds that an answer of Slack about the token is believed; auth.test allows hundreds a minute.
GOOD_FOR = 60.0
BAD_FOR = 5.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to be ready: `problem` returns "" when it is, else a sentence without secrets."""

    name: str
    problem: Callable[[], str]


@dataclass
class Remembered:
    """Asks `problem` at most once in GOOD_FOR seconds (BAD_FOR while it fails); for many threads."""

    problem: Callable[[], str]
    now: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _until: float = float("-inf")
    _found: str = ""

    def __call__(self) -> str:
        """Return the problem as it was found last, asking again when that is too old."""
        with self._lock:
            if self.now() >= self._until:
                self._found = self.problem()
                self._until = self.now() + (BAD_FOR if self._found else GOOD_FOR)
            return self._found


def blueprint(checks: tuple[Check, ...]) -> Blueprint:
    """Return the two pages. They hold nothing secret, and /healthz asks nothing of anybody."""
    pages = Blueprint("health", __name__)

    @pages.get("/healthz")
    def alive() -> Response:
        return jsonify(ok=True)

    @pages.get("/readyz")
    def ready() -> tuple[Response, HTTPStatus]:
        problems = {check.name: _problem(check) for check in checks}
        found = {
            name: {"ok": not problem, **({"problem": problem} if problem else {})}
            for name, problem in problems.items()
        }
        is_ready = not any(problems.values())
        status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        return jsonify(ok=is_ready, checks=found), status

    return pages


def _problem(check: Check) -> str:
    try:
        return check.problem()
    except Exception as error:  # noqa: BLE001 - the boundary: a check that breaks is a check that fails
        _log.exception("a readiness check broke", extra={"check": check.name})
        return f"the check itself failed ({type(error).__name__})"
