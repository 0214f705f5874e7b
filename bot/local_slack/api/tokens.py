"""Which tokens open a workspace."""

from __future__ import annotations

from typing import Protocol

from bot.local_slack.api.method import TokenKind
from bot.local_slack.state.team import Team


class Tokens(Protocol):
    """Knows good tokens from bad ones."""

    def refusal(self, team: Team, token: str, wanted: TokenKind) -> str:
        """Return why a token that is not empty is turned away there, in Slack's words; "" where it is good."""
        ...


class TokensOfIdentity:
    """The tokens that stand in the team's identity, good until the app is uninstalled."""

    def refusal(self, team: Team, token: str, wanted: TokenKind) -> str:
        """Return why a token is turned away, "" where it is not."""
        me = team.identity
        if token != (me.app_token if wanted == "app" else me.bot_token):
            other = token in (me.app_token, me.bot_token)
            return "not_allowed_token_type" if other else "invalid_auth"
        return "account_inactive" if team.uninstalled else ""
