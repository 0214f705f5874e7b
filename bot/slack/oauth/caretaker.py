"""Keeping installations alive: tokens that expire are renewed before they do, and Slack is asked now and then whether each works.

docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.slack.api import errors
from bot.slack.api.error_kinds import kind_of
from bot.slack.api.errors import error_code
from bot.slack.api.web import SlackWeb
from bot.state.errors import StateError
from bot.state.installations.rows import RENEWED_AHEAD, team_of
from bot.state.installations.stored import StoredInstallations

_log = logging.getLogger(__name__)

_AT_ONCE: Final = 1_000_000
"""Minutes, so that slack_sdk renews what it is given: when is decided here, by the clock of the database."""
# What Slack says of a refresh token that was spent or taken back.
_REFUSED: Final = "invalid_refresh_token"


class Caretaker:
    """Renews the tokens of `installations` that end soon, and has each installation checked once a day (`check`, told the team);
    each is done by one of the processes. To be called every minute, by one thread. Where Slack will never renew a token,
    `doomed` is told the team and when it ends.

    A workspace that removed the app while nobody listened is found out so.
    """

    def __init__(
        self,
        installations: StoredInstallations,
        rotator: TokenRotator,
        check: Callable[[str], None],
        doomed: Callable[[str, datetime], None] = lambda team, ends: None,
    ) -> None:
        self._installations = installations
        self._rotator = rotator
        self._check = check
        self._doomed = doomed
        # Slack has taken the old ones back: lost, the workspace would have to install anew.
        self._unkept: dict[str, tuple[Bot, Bot]] = {}
        self._is_over = threading.Event()

    def __call__(self, now: datetime) -> None:
        """Do what is due by `now`; what goes wrong with one is logged and tried again. StateError where nothing can be read."""
        self.keep_what_is_not_kept()
        for team in self._installations.due(now, now + RENEWED_AHEAD):
            if self._is_over.is_set():
                return
            self._look_after(team, now)

    def begin_no_more(self) -> None:
        """Begin with no other workspace, and do not wait for the one in hand."""
        self._is_over.set()

    def keep_what_is_not_kept(self) -> None:
        """Try once more to keep the tokens that were renewed while state was away."""
        for team in tuple(self._unkept):
            self._keep(team)

    def _look_after(self, team: str, now: datetime) -> None:
        try:
            if team not in self._unkept and self._installations.renewing(team, now, now + RENEWED_AHEAD):
                self._renew(team)
            if self._installations.checking(team, now):
                self._check(team)
        except Exception as error:  # noqa: BLE001 - the boundary of one workspace: the others go on
            errors.log_unasked(error, "looking after an installation", team=team)

    def _renew(self, team: str) -> None:
        before = self._installations.of(team)
        if before is None:
            return
        try:
            after = self._rotator.perform_bot_token_rotation(bot=before, minutes_before_expiration=_AT_ONCE)
        except (SlackTokenRotationError, OSError) as error:
            self._not_renewed(before, error)
            return
        if after is not None:
            self._unkept[team] = (before, after)
            self._keep(team)

    def _not_renewed(self, bot: Bot, error: Exception) -> None:
        team, why = team_of(bot), _code(error)
        extra = {"team": team, "slack_error": why or type(error).__name__}
        _log.error("a token that ends soon could not be renewed; it is tried again", extra=extra)
        if why == _REFUSED or kind_of(why) == "token":
            self._check(team)
            if bot.bot_token_expires_at is not None and self._installations.works_by(team, bot.bot_token):
                self._doomed(team, datetime.fromtimestamp(bot.bot_token_expires_at, UTC))

    def _keep(self, team: str) -> None:
        before, after = self._unkept[team]
        try:
            self._installations.renewed(before, after)
        except StateError as error:
            _log.error("a renewed token is not kept yet", extra={"team": team, "error": str(error)})
            return
        del self._unkept[team]


def caretaker(
    installations: StoredInstallations,
    client_id: str,
    client_secret: str,
    client: SlackWeb,
    check: Callable[[str], None],
    doomed: Callable[[str, datetime], None],
) -> Caretaker:
    """Return the caretaker of an app's installations, told so as `Caretaker` is. `client` needs no token."""
    rotator = TokenRotator(client_id=client_id, client_secret=client_secret, client=client)
    return Caretaker(installations, rotator, check, doomed)


def _code(error: Exception) -> str:
    """Return what Slack said, "" where it said nothing; slack_sdk wraps it."""
    return error_code(error.api_error if isinstance(error, SlackTokenRotationError) else error)
