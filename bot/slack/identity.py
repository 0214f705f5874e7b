"""Whose requests are answered: those of the one workspace that the bot is installed in.

A request that cannot be read, or comes from another workspace or app, gets a polite sentence and nothing
else happens. Signatures are not checked here: `guard` and Slack's socket do that before.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final

from slack_sdk import WebClient

from bot.slack.payloads import Call

COULD_NOT_READ: Final = "I could not read that request of Slack's. Please try again, or type `/yrd help`."
ANOTHER_TEAM: Final = (
    "YRD Desk serves another workspace, so I cannot answer here."
    " Ask whoever runs it to set up one for this workspace."
)
ANOTHER_APP: Final = "This request was meant for another app, so I did nothing with it."


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is in its workspace, as auth.test says."""

    team: str
    user: str
    bot: str


class WhoAmI:
    """Asks Slack once who the bot is and remembers it; safe for many threads.

    Calling it raises SlackApiError or OSError as long as Slack has not said. `app` is the id of the app,
    where it is known: requests that name another are refused.
    """

    def __init__(self, client: WebClient, app: str = "") -> None:
        self._client = client
        self._lock = threading.Lock()
        self._me: Me | None = None
        self.app = app

    def __call__(self) -> Me:
        if self._me is None:
            with self._lock:
                if self._me is None:
                    self._me = self._ask()
        return self._me

    def _ask(self) -> Me:
        said = self._client.auth_test()
        return Me(
            team=str(said["team_id"]), user=str(said.get("user_id") or ""), bot=str(said.get("bot_id") or "")
        )

    def refusal(self, call: Call) -> str:
        """Return why `call` is not answered, as a sentence; "" when it is."""
        if self.app and call.app and call.app != self.app:
            return ANOTHER_APP
        team = self().team
        return "" if team == call.team == call.home_team else ANOTHER_TEAM
