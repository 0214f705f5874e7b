"""Whose requests are answered: those of people of the one workspace that the bot is installed in.

A request that cannot be read, or comes from another workspace or app, gets a polite sentence and nothing
else happens. Signatures are not checked here: `verification` and Slack's socket do that before.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Final

from slack_sdk import WebClient

from bot.slack.api import web
from bot.slack.api.payloads import Call
from bot.slack.api.whose import Membership, claimed

COULD_NOT_READ: Final = "I could not read that request of Slack's. Please try again, or type `/yrd help`."
ANOTHER_TEAM: Final = (
    "YRD Desk serves another workspace than yours, so I cannot answer you."
    " Ask whoever runs it to set up one for your workspace."
)
UNKNOWN_PERSON: Final = "Slack did not tell me whether you belong to this workspace, so I did nothing. Please try again in a minute."
ANOTHER_APP: Final = "This request was meant for another app, so I did nothing with it."


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is in its workspace, as auth.test says.

    `team` is the enterprise where the app is installed for all of it; `enterprise` is "" outside of one.
    """

    team: str
    user: str
    bot: str
    enterprise: str = ""


class BotIdentityProvider:
    """Asks Slack once who the bot is and remembers it; safe for many threads.

    It is asked while Slack waits for an acknowledgement, so it never waits where `client` would (429).
    Calling it raises SlackApiError or OSError as long as Slack has not said. `app` is the id of the app,
    where it is known: requests that name another are refused.
    """

    def __init__(self, client: WebClient, app: str = "") -> None:
        self._client = web.client(client.token, client.base_url, deadline=client.timeout)
        self._lock = threading.Lock()
        self._me: BotIdentity | None = None
        self.app = app

    def __call__(self) -> BotIdentity:
        if self._me is None:
            with self._lock:
                if self._me is None:
                    self._me = self._ask()
        return self._me

    def _ask(self) -> BotIdentity:
        said = self._client.auth_test()
        enterprise = str(said.get("enterprise_id") or "")
        is_whole = bool(enterprise) and said.get("is_enterprise_install") is True
        return BotIdentity(
            team=enterprise if is_whole else str(said["team_id"]),
            user=str(said.get("user_id") or ""),
            bot=str(said.get("bot_id") or ""),
            enterprise=enterprise,
        )

    def refusal(self, call: Call) -> str:
        """Return why `call` is none of this bot's, as a sentence; "" when it is. Says nothing of the person."""
        if self.app and call.app and call.app != self.app:
            return ANOTHER_APP
        # An interaction that names no installation came to the app that showed what was pressed.
        return "" if call.team in ("", self().team) else ANOTHER_TEAM

    def ours(self, call: Call) -> Call:
        """Return `call`, which is for this installation, with its team as the stores know it."""
        said = replace(call.whose, installation=self().team)
        return call if call.whose == said else call.model_copy(update={"whose": said})

    def claimed_membership(self, call: Call) -> Membership:
        """Return what `call` itself says of its person."""
        me = self()
        return claimed(call.whose.homes, me.team, me.enterprise)
