"""The port Channels: whether the bot can do its work in a channel."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Literal

from bot.digests.verified_poster import Posted, Refused, RetryLater, VerifiedPoster

ABSENT: Final = frozenset({"not_in_channel", "channel_not_found"})
# Seconds for which a yes stands where Slack wants to be asked later: it lets some apps read once a minute, and a form
# asks on each of its pages.
TRUSTED_SECONDS: Final = 600.0
_KEPT_MAX: Final = 4_096


class SlackChannels:
    """Asks Slack by reading one message: what settling an unknown outcome needs as well.

    `now` gives seconds that only grow.
    """

    def __init__(self, poster: VerifiedPoster, now: Callable[[], float] = time.monotonic) -> None:
        self._poster = poster
        self._now = now
        self._read: dict[str, float] = {}

    def trouble(self, team: str, channel: str) -> Literal["", "absent", "unreadable", "unreachable"]:
        """Return "" where the bot is a member and may read back, else what is in the way."""
        match self._poster.is_member(channel):
            case Posted():
                if len(self._read) >= _KEPT_MAX:
                    self._read.clear()
                self._read[channel] = self._now()
                return ""
            case RetryLater(limited=True) if self._was_read(channel):
                return ""
            case Refused(code):
                return "absent" if code in ABSENT else "unreadable"
        return "unreachable"

    def direct(self, team: str, user: str) -> str:
        """Return the channel of the person's direct messages with the bot, "" where Slack did not say."""
        return self._poster.direct(user)

    def _was_read(self, channel: str) -> bool:
        return self._now() - self._read.get(channel, float("-inf")) < TRUSTED_SECONDS
