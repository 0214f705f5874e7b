"""Renewing tokens that expire, before they do: docs.slack.dev/authentication/using-token-rotation."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.slack.api.web import SlackWeb
from bot.state.errors import StateError
from bot.state.installations.rows import team_of
from bot.state.installations.stored import StoredInstallations

_log = logging.getLogger(__name__)

AHEAD: Final = timedelta(hours=2)
"""So long before its end a token is renewed, as Bolt does; the old one is good until then."""
_AT_ONCE: Final = 1_000_000
"""Minutes, so that slack_sdk renews what it is given: when is decided here, by the clock of the database."""


class Renewal:
    """Renews the tokens of `installations` that are about to expire, each by one process. Called every minute."""

    def __init__(
        self, installations: StoredInstallations, client_id: str, client_secret: str, client: SlackWeb
    ) -> None:
        self._installations = installations
        self._rotator = TokenRotator(client_id=client_id, client_secret=client_secret, client=client)
        # Slack has taken the old ones back: lost, the workspace would have to install anew.
        self._unkept: dict[str, Bot] = {}

    def __call__(self, now: datetime) -> None:
        """Renew what is due by `now`; what Slack or state refuse is logged and tried again. StateError where nothing is read."""
        for team, bot in tuple(self._unkept.items()):
            self._keep(team, bot)
        for installed in self._installations.every():
            expires = installed.expires_at
            if installed.has_token and expires is not None and expires <= now + AHEAD:
                self._renew(installed.team, now)

    def _renew(self, team: str, now: datetime) -> None:
        if team in self._unkept or not self._installations.renewing(team, now):
            return
        bot = self._installations.of(team)
        if bot is None or bot.bot_token_expires_at is None:
            return
        try:
            renewed = self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=_AT_ONCE)
        except (SlackTokenRotationError, OSError) as error:
            extra = {"team": team, "error": type(error).__name__}
            _log.error("a token that expires soon could not be renewed; it is tried again", extra=extra)
            return
        if renewed is not None:
            self._keep(team_of(renewed), renewed)

    def _keep(self, team: str, bot: Bot) -> None:
        self._unkept[team] = bot
        try:
            self._installations.save_bot(bot)
        except StateError as error:
            _log.error("a renewed token is not kept yet", extra={"team": team, "error": str(error)})
            return
        del self._unkept[team]
