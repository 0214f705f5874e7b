"""The app that many workspaces install."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from bot.local_slack.state.team import new_id


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """What Slack gives an app that is distributed, and what it is told of it. The first of `redirect_uris` is where
    people go that were sent without one. `rotates_tokens` is for good: https://docs.slack.dev/authentication/using-token-rotation.
    """

    client_id: str
    client_secret: str
    signing_secret: str
    app_id: str
    verification_token: str
    redirect_uris: tuple[str, ...]
    rotates_tokens: bool = False
    name: str = "YRD Desk"

    def __post_init__(self) -> None:
        if not self.redirect_uris:
            raise ValueError("an app needs a redirect URI to be installed")


def new_oauth_app(redirect_uris: Iterable[str], *, rotates_tokens: bool = False) -> OAuthApp:
    """Return an app with fresh random secrets."""
    return OAuthApp(
        client_id=f"{_digits(10)}.{_digits(13)}",
        client_secret=secrets.token_hex(16),
        signing_secret=secrets.token_hex(16),
        app_id=new_id("A"),
        verification_token=secrets.token_hex(12),
        redirect_uris=tuple(redirect_uris),
        rotates_tokens=rotates_tokens,
    )


def _digits(count: int) -> str:
    return str(10 ** (count - 1) + secrets.randbelow(9 * 10 ** (count - 1)))
