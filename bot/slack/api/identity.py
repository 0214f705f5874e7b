"""Whose requests are answered: those of people of the one workspace that the bot is installed in.

A request that cannot be read, or comes from another workspace or app, gets a polite sentence and nothing
else happens. Signatures are not checked here: `verification` and Slack's socket do that before.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.ports import Identities
from bot.slack.api.errors import error_code, error_reason
from bot.slack.api.payloads import Call
from bot.slack.api.web import SlackWeb
from bot.slack.api.whose import Membership, claimed
from handlers.say import say

COULD_NOT_READ: Final = say(
    "I could not read that request of Slack's. Please try again, or type `/yrd help`."
)
ANOTHER_TEAM: Final = say(
    "YRD Desk serves another workspace than yours, so I cannot answer you."
    " Ask whoever runs it to set up one for your workspace."
)
NOT_INSTALLED: Final = say(
    "YRD Desk is not installed in this workspace, or was removed from it, so I cannot answer you."
    " Ask an admin of your workspace to install it."
)
NOT_FOUND_OUT: Final = say(
    "I cannot look up the installation in your workspace just now, so I did nothing. Please try again in a minute."
)
SEALED: Final = say(
    "What I kept of my installation in this workspace does not open, so I did nothing. Whoever runs me has to put that right;"
    " installing me again in this workspace does so, too."
)
UNKNOWN_PERSON: Final = say(
    "Slack did not tell me whether you belong to this workspace, so I did nothing. Please try again in a minute."
)
NOT_KNOWN_YET: Final = say(
    "I have just been started, and Slack has not told me yet which workspace I am in, so I did nothing."
    " Please try again in a minute."
)
ANOTHER_APP: Final = say("This request was meant for another app, so I did nothing with it.")

_log = logging.getLogger(__name__)
# Seconds that a request waits for what nobody knows yet: Slack waits three for an acknowledgement.
PROMPT_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is in its workspace, as auth.test says.

    `team` is the enterprise where the app is installed for all of it; `enterprise` is "" outside of one.
    """

    team: str
    user: str
    bot: str
    enterprise: str = ""


class IdentityUnknownError(OSError):
    """Slack has not said yet who the bot is."""


class BotIdentityProvider:
    """Knows who the bot is: as Slack said last, from `memory`, until Slack says it again; safe for many threads.

    It is asked while Slack waits for an acknowledgement, so it waits PROMPT_SECONDS at most for what nobody knows
    yet, and not at all while Slack is silent; then it raises IdentityUnknownError, or what Slack said or did. `app`
    is the id of the app, where it is known: requests that name another are refused. `me` is who the bot is where that is
    known from its installation.
    """

    def __init__(
        self,
        client: SlackWeb,
        app: str = "",
        memory: Identities | None = None,
        me: BotIdentity | None = None,
    ) -> None:
        self._client = client
        self._memory = memory
        self._lock = threading.Lock()
        self._asking: Future[BotIdentity] | None = None
        self._is_silent = False
        known = memory.recall(client.token or "") if memory else None
        self._me = me or (BotIdentity(*known) if known else None)
        self._kept = self._me
        self.refused: SlackApiError | None = None
        """What Slack said last where it did not say who the bot is."""
        self.app = app

    def __call__(self) -> BotIdentity:
        return self._me or self.wait(0.0 if self._is_silent else PROMPT_SECONDS)

    def wait(self, seconds: float) -> BotIdentity:
        """Return who the bot is, as soon as anybody says so within so many seconds."""
        if self._me is not None:
            return self._me
        try:
            return self._ask_aside().result(seconds)
        except TimeoutError:
            self._is_silent = True
            raise IdentityUnknownError("Slack has not said yet who the bot is") from None

    def confirm(self) -> bool:
        """Ask Slack anew and say whether it said who the bot is and that is kept; what it did not say stays as it was."""
        try:
            me = self._ask_aside().result()
        except (SlackApiError, OSError) as error:
            _log.warning(
                "Slack did not say who the bot is", extra={"error": error_code(error) or error_reason(error)}
            )
            return False
        return self._is_kept(me)

    def ask(self) -> BotIdentity:
        """Return what Slack says now. SlackApiError for its refusal; OSError where it did not say."""
        try:
            said = self._client.auth_test()
        except SlackApiError as error:
            self.refused = error
            raise
        me = _identity(said)
        self._me, self.refused = me, None
        return me

    def _is_kept(self, me: BotIdentity) -> bool:
        """Keep who the bot is, where that is not known already; say whether it is kept."""
        token = self._client.token or ""
        if self._memory is None or me == self._kept:
            return True
        if self._memory.keep(token, me.team, me.user, me.bot, me.enterprise):
            self._kept = me
        return me == self._kept

    def _ask_aside(self) -> Future[BotIdentity]:
        """Have Slack asked in a thread of its own, one for all who want to know."""
        with self._lock:
            if self._asking is None or self._asking.done():
                self._asking = Future()
                threading.Thread(
                    target=self._answer, args=(self._asking,), name="yrd-identity", daemon=True
                ).start()
            return self._asking

    def _answer(self, asking: Future[BotIdentity]) -> None:
        try:
            me = self.ask()
        except Exception as error:  # noqa: BLE001 - a thread's main function: whoever waits gets it
            self._is_silent = isinstance(error, TimeoutError)
            asking.set_exception(error)
        else:
            self._is_silent = False
            asking.set_result(me)
            self._is_kept(me)

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


def _identity(said: SlackResponse) -> BotIdentity:
    enterprise = str(said.get("enterprise_id") or "")
    is_whole = bool(enterprise) and said.get("is_enterprise_install") is True
    return BotIdentity(
        team=enterprise if is_whole else str(said["team_id"]),
        user=str(said.get("user_id") or ""),
        bot=str(said.get("bot_id") or ""),
        enterprise=enterprise,
    )
