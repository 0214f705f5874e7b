"""Things that are good once, or for a while: trigger ids and response URLs."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from typing import TypeVar

from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.state.team import Clock

# Enough to tell a used ticket from one that never was, in a workspace that is left running.
KEPT = 10_000
T = TypeVar("T")


def _remember(issued: dict[str, T], name: str, ticket: T) -> None:
    """Add a ticket and forget the oldest beyond KEPT."""
    issued[name] = ticket
    if len(issued) > KEPT:
        del issued[next(iter(issued))]


@dataclass(slots=True)
class Trigger:
    """The right to open one view for one person; the clock starts when Slack sends it."""

    user: str
    at: float
    used: bool = False


class Triggers:
    """Trigger ids: single use, 3 seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, Trigger] = {}
        self._lock = threading.Lock()

    def issue(self, user: str) -> str:
        """Return a new trigger id for a person."""
        now = self._clock()
        trigger_id = f"{int(now * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        with self._lock:
            _remember(self._issued, trigger_id, Trigger(user, now))
        return trigger_id

    def exchange(self, trigger_id: str) -> str:
        """Return the person it stands for; raises invalid_trigger_id, exchanged_trigger_id or expired_trigger_id."""
        with self._lock:
            trigger = self._issued.get(trigger_id)
            if trigger is None:
                raise SlackError("invalid_trigger_id")
            if trigger.used:
                raise SlackError("exchanged_trigger_id")
            if self._clock() - trigger.at > limits.TRIGGER_SECONDS:
                raise SlackError("expired_trigger_id")
            trigger.used = True
            return trigger.user


@dataclass(slots=True)
class ResponseUrl:
    """Where a bot may answer one interaction. `origin` is the ts of the message it belongs to, "" for none yet."""

    id: str
    channel: str
    user: str
    at: float
    origin: str = ""
    thread_ts: str = ""
    uses: int = 0


@dataclass
class ResponseUrls:
    """Response URLs: 5 uses within 30 minutes. `base` is their address without the id."""

    clock: Clock
    base: str
    _issued: dict[str, ResponseUrl] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def issue(self, channel: str, user: str, origin: str = "", thread_ts: str = "") -> ResponseUrl:
        """Return a new response URL for an interaction of `user` in `channel`."""
        url = ResponseUrl(secrets.token_urlsafe(18), channel, user, self.clock(), origin, thread_ts)
        with self._lock:
            _remember(self._issued, url.id, url)
        return url

    def address(self, url: ResponseUrl) -> str:
        """Return its address, as the bot gets it."""
        return f"{self.base}{url.id}"

    def issued(self, url_id: str) -> bool:
        """Say whether it is one of these, still good or not."""
        with self._lock:
            return url_id in self._issued

    def use(self, url_id: str) -> ResponseUrl:
        """Count one use and return the URL; raises expired_url or used_url."""
        with self._lock:
            url = self._issued.get(url_id)
            if url is None or self.clock() - url.at > limits.RESPONSE_SECONDS:
                raise SlackError("expired_url")
            if url.uses >= limits.RESPONSE_USES:
                raise SlackError("used_url")
            url.uses += 1
            return url
