"""Whether the signing secret is the app's, and this machine's clock is right: what was refused for either.

Anybody may send a wrong signature, so refusals alone prove nothing. Once a request of Slack's was accepted by this
secret, now or before a restart, it is the right one, and strangers can no longer make the bot call itself not ready.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

# So many within so many seconds; Slack sends an event four times within an hour, and people press again.
MANY: Final = 5
WITHIN_SECONDS: Final = 600.0
WRONG: Final = (
    f"{MANY} or more requests were refused for their signature within ten minutes, and none was accepted: set"
    " SLACK_SIGNING_SECRET to the app's, from its Basic Information page"
)
STALE: Final = (
    f"{MANY} or more requests were refused within ten minutes because their time is not this machine's, and none was"
    " accepted: turn on NTP"
)


class SigningWatch:
    """Counts for many threads. `is_known` says that the secret was right before, `accepted_first` is told once."""

    def __init__(
        self,
        is_known: bool = False,
        accepted_first: Callable[[], object] = lambda: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._is_known = is_known
        self._accepted_first = accepted_first
        self._now = now
        self._lock = threading.Lock()
        self._refused: deque[float] = deque(maxlen=MANY)
        self._stale: deque[float] = deque(maxlen=MANY)

    def refused(self) -> None:
        """Note a request that is Slack's in all but its signature."""
        with self._lock:
            self._refused.append(self._now())

    def stale(self) -> None:
        """Note a request that has the form of Slack's, and another time."""
        with self._lock:
            self._stale.append(self._now())

    def accepted(self) -> None:
        """Note a request that Slack signed."""
        if self._refused or self._stale:
            with self._lock:
                self._refused.clear()
                self._stale.clear()
        if not self._is_known:
            self._is_known = True
            self._accepted_first()

    def problem(self) -> str:
        """Return what seems wrong, "" where the secret is known to be right or little was refused."""
        return "" if self._is_known else self._many()

    def note(self) -> str:
        """Return the same of a secret that was right once: it may have been changed since, or strangers knock."""
        return self._many() if self._is_known else ""

    def _many(self) -> str:
        with self._lock:
            for times, said in ((self._refused, WRONG), (self._stale, STALE)):
                if len(times) == MANY and self._now() - times[0] <= WITHIN_SECONDS:
                    return said
        return ""


def fingerprint(secret: str) -> str:
    """Return what tells one secret from another and gives nothing of either away."""
    return hmac.new(secret.encode(), b"which signing secret", hashlib.sha256).hexdigest()[:16]
