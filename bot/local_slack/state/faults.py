"""Failures on demand: what Slack does on a bad day, asked for by a test."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field
from typing import Final, Literal

Stranger = Literal["cut", "empty", "login_page", "other_json", "trickle"]
Kind = Literal["error", "rate_limit", "server_error", "time_out", "drop"] | Stranger
# Answers with status 200 that are not Slack's.
STRANGERS: Final[tuple[Stranger, ...]] = ("cut", "empty", "login_page", "other_json", "trickle")
# What `few_readings` is about, and how few.
READINGS: Final = ("conversations.history", "conversations.replies")
READING_SECONDS: Final = 60.0
READING_PAGE: Final = 15


@dataclass(slots=True)
class Fault:
    """One kind of failure, for the next `times` calls of `method` ("*" = any).

    `accepted` says whether Slack carries the call out before it fails to answer.
    """

    method: str
    kind: Kind
    times: int = 1
    accepted: bool = False
    code: str = ""
    status: int = 500
    seconds: float = 1.0


@dataclass(slots=True)
class Faults:
    """The failures that stand ready. `method` is a Web API method, "response_url", or "*" for any.

    `visible_after` is the number of seconds until a post shows in conversations.history and replies. With
    `few_readings` both give few messages a call and take one call a minute, as of commercial apps outside the
    Marketplace since 2025: docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps.
    """

    visible_after: float = 0.0
    few_readings: bool = False
    ready: list[Fault] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _read_at: dict[str, float] = field(default_factory=dict)

    def error(self, method: str, code: str, times: int = 1) -> None:
        """Answer ok:false with this error."""
        self._add(Fault(method, "error", times, code=code))

    def rate_limit(self, method: str, retry_after: int = 1, times: int = 1) -> None:
        """Answer 429 with Retry-After in seconds."""
        self._add(Fault(method, "rate_limit", times, seconds=retry_after))

    def server_error(self, method: str, status: int = 500, times: int = 1, accepted: bool = False) -> None:
        """Answer a 5xx without a JSON body."""
        self._add(Fault(method, "server_error", times, accepted, status=status))

    def time_out(self, method: str, seconds: float = 30.0, times: int = 1, accepted: bool = False) -> None:
        """Answer nothing until `seconds` have passed or `release()` is called, then 504."""
        self.released.clear()
        self._add(Fault(method, "time_out", times, accepted, seconds=seconds))

    def drop(self, method: str, times: int = 1, accepted: bool = False) -> None:
        """Close the connection without an answer, before or (accepted) after carrying the call out."""
        self._add(Fault(method, "drop", times, accepted))

    def stranger(
        self, method: str, kind: Stranger, times: int = 1, accepted: bool = False, seconds: float = 30.0
    ) -> None:
        """Answer 200 with what is not Slack's: an answer cut in half, nothing, a login page, other JSON, or
        bytes that trickle in until `seconds` have passed or `release()` is called.
        """
        if kind == "trickle":
            self.released.clear()
        self._add(Fault(method, kind, times, accepted, seconds=seconds))

    def release(self) -> None:
        """Let the calls that are held by time_out or by a trickle end."""
        self.released.set()

    def clear(self) -> None:
        """Be well again: forget what stands ready, let held calls end, show every post."""
        with self._lock:
            self.ready.clear()
        self.visible_after = 0.0
        self.few_readings = False
        self.release()

    def too_soon(self, method: str, now: float) -> Fault | None:
        """Return the limit that a reading at `now` (seconds) runs into; None where it may be made, and counts."""
        if not self.few_readings or method not in READINGS:
            return None
        with self._lock:
            left = self._read_at.get(method, float("-inf")) + READING_SECONDS - now
            if left <= 0:
                self._read_at[method] = now
                return None
        return Fault(method, "rate_limit", seconds=math.ceil(left))

    def take(self, method: str) -> Fault | None:
        """Return the failure due for this call, counted down; None when the call may go well."""
        with self._lock:
            for fault in self.ready:
                if fault.method in (method, "*"):
                    fault.times -= 1
                    if fault.times <= 0:
                        self.ready.remove(fault)
                    return fault
        return None

    def _add(self, fault: Fault) -> None:
        with self._lock:
            self.ready.append(fault)
