"""The tokens of all workspaces: which opens what, until when."""

from __future__ import annotations

import math
import secrets
import threading
from dataclasses import dataclass
from typing import Final

from bot.local_slack.api.method import TokenKind
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.state.team import Clock, Team

# https://docs.slack.dev/authentication/using-token-rotation
ACCESS_SECONDS: Final = 43_200


@dataclass(frozen=True, slots=True)
class Issued:
    """A token as the bot gets it. `refresh_token` is "" where tokens do not rotate."""

    access_token: str
    refresh_token: str = ""


@dataclass(slots=True)
class _Token:
    team_id: str
    expires_at: float
    refusal: str = ""


class Credentials:
    """Access tokens and, where they rotate, refresh tokens. A workspace is installed while it has any that is not ended."""

    def __init__(self, clock: Clock, rotates: bool) -> None:
        self._clock = clock
        self._rotates = rotates
        self._tokens: dict[str, _Token] = {}
        self._newest: dict[str, Issued] = {}
        self._refresh: dict[str, str] = {}
        self._lock = threading.Lock()

    def owner(self, token: str) -> str:
        """Return the id of the workspace that a token is or was of, "" where it is nobody's."""
        with self._lock:
            entry = self._tokens.get(token)
            return entry.team_id if entry else ""

    def is_installed(self, team_id: str) -> bool:
        """Say whether the app is installed there. With tokens that rotate it stays so when the last has expired."""
        with self._lock:
            return team_id in self._newest

    def refusal(self, team: Team, token: str, wanted: TokenKind) -> str:
        """Return why a token is turned away in that workspace, in Slack's words; "" where it is good."""
        with self._lock:
            entry = self._tokens.get(token)
        if entry is None or entry.team_id != team.identity.team_id:
            return "invalid_auth"
        if wanted == "app":
            return "not_allowed_token_type"
        if entry.refusal:
            return entry.refusal
        if team.uninstalled:
            return "account_inactive"
        return "token_expired" if self._clock() >= entry.expires_at else ""

    def issue(self, team_id: str) -> Issued:
        """Return a token for a workspace: the one it has, or where tokens rotate another one.

        The refresh token before it is over then. Slack says so of a refresh, and of a second installation nothing.
        """
        with self._lock:
            if team_id in self._newest and not self._rotates:
                return self._newest[team_id]
            return self._new(team_id)

    def refresh(self, refresh_token: str) -> tuple[str, Issued]:
        """Return the workspace that a refresh token is of and its new token; raises invalid_refresh_token.

        It is good once. The access token before stays good until it expires.
        """
        with self._lock:
            team_id = self._refresh.get(refresh_token)
            if team_id is None:
                raise SlackError("invalid_refresh_token")
            return team_id, self._new(team_id)

    def end(self, team_id: str, refusal: str) -> None:
        """Refuse every token of a workspace from now on; those that were ended before keep their reason."""
        with self._lock:
            for entry in self._tokens.values():
                if entry.team_id == team_id:
                    entry.refusal = entry.refusal or refusal
            self._forget(team_id)

    def _new(self, team_id: str) -> Issued:
        self._forget(team_id)
        secret = secrets.token_hex(24)
        issued = Issued(f"xoxb-{secret}")
        if self._rotates:
            issued = Issued(f"xoxe.xoxb-1-{secret}", f"xoxe-1-{secrets.token_hex(36)}")
            self._refresh[issued.refresh_token] = team_id
        expires_at = self._clock() + ACCESS_SECONDS if self._rotates else math.inf
        self._tokens[issued.access_token] = _Token(team_id, expires_at)
        self._newest[team_id] = issued
        return issued

    def _forget(self, team_id: str) -> None:
        before = self._newest.pop(team_id, None)
        if before is not None:
            self._refresh.pop(before.refresh_token, None)
