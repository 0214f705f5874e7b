"""The port Channels: whether the bot can do its work in a channel."""

from __future__ import annotations

from typing import Final, Literal

from bot.digests.verified_poster import Posted, Refused, VerifiedPoster

ABSENT: Final = frozenset({"not_in_channel", "channel_not_found"})


class SlackChannels:
    """Asks Slack by reading one message: what settling an unknown outcome needs as well."""

    def __init__(self, poster: VerifiedPoster) -> None:
        self._poster = poster

    def trouble(self, team: str, channel: str) -> Literal["", "absent", "unreadable", "unreachable"]:
        """Return "" where the bot is a member and may read back, else what is in the way."""
        match self._poster.is_member(channel):
            case Posted():
                return ""
            case Refused(code):
                return "absent" if code in ABSENT else "unreadable"
        return "unreachable"
