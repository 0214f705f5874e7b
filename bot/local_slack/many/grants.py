"""Codes: what a person who allows the app gives the bot to come and fetch a token with."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from typing import Final

from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.state.team import Clock

# https://docs.slack.dev/authentication/installing-with-oauth
CODE_SECONDS: Final = 600.0


@dataclass(slots=True)
class Grant:
    """What one person allowed for one workspace. `redirect_uri` is the one that was asked with, "" for none."""

    team_id: str
    user: str
    scopes: frozenset[str]
    redirect_uri: str
    at: float
    used: bool = False


class Grants:
    """Codes: single use, 10 minutes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, Grant] = {}
        self._lock = threading.Lock()

    def issue(self, team_id: str, user: str, scopes: frozenset[str], redirect_uri: str) -> str:
        """Return a new code."""
        code = f"{secrets.randbelow(10**10):010}.{secrets.randbelow(10**13):013}.{secrets.token_hex(32)}"
        with self._lock:
            self._issued[code] = Grant(team_id, user, scopes, redirect_uri, self._clock())
        return code

    def redeem(self, code: str, redirect_uri: str) -> Grant:
        """Return what a code stands for, and use it up; raises invalid_code, code_already_used or bad_redirect_uri.

        Slack lists no code of its own for one that has expired, and code_already_used not at all: it is what people met
        (https://github.com/kmrshntr/omniauth-slack/issues/54).
        """
        with self._lock:
            grant = self._issued.get(code)
            if grant is None:
                raise SlackError("invalid_code")
            if grant.used:
                raise SlackError("code_already_used")
            if self._clock() - grant.at > CODE_SECONDS:
                raise SlackError("invalid_code")
            if redirect_uri != grant.redirect_uri:
                raise SlackError("bad_redirect_uri")
            grant.used = True
            return grant
