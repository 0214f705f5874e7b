"""Where Slack wants a socket opened: asked anew for each, and not before the time that Slack named (429)."""

from __future__ import annotations

import time
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.api.errors import is_later
from bot.slack.api.exchange import LaterError, seconds_asked

# Seconds that a wait of no stated length takes, and the least and the most that one is heeded for: the watchdog ends
# a process without a socket after 60.
SHORTEST_WAIT: Final = 5.0
LONGEST_WAIT: Final = 30.0


class SocketAddress:
    """Asks Slack for the address of a socket, which is good for one."""

    def __init__(self, client: WebClient, app_token: str) -> None:
        self._client = client
        self._app_token = app_token
        # time.monotonic() before which none is to be asked for.
        self._later = 0.0

    def fresh(self) -> str:
        """Return a fresh address; LaterError, at once, as long as this was to be asked later.

        SlackApiError where Slack gives none, OSError where it was not reached.
        """
        if (left := self.later()) > 0:
            raise LaterError(left)
        try:
            return str(self._client.apps_connections_open(app_token=self._app_token)["url"])
        except SlackApiError as error:
            if not is_later(error):
                raise
            self._later = time.monotonic() + _asked_for(error)
            raise LaterError(self.later()) from None

    def later(self) -> float:
        """Return the seconds until an address may be asked for again."""
        return max(self._later - time.monotonic(), 0.0)


def _asked_for(error: SlackApiError) -> float:
    said = seconds_asked(getattr(error.response, "headers", {}), LONGEST_WAIT)
    return min(max(said, SHORTEST_WAIT), LONGEST_WAIT)
