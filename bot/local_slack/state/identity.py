"""Who the bot is in the local Slack: its ids, tokens and scopes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

DEFAULT_SCOPES = (
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "im:history",
    "im:write",
    "users:read",
)

DEFAULT_EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")


@dataclass(frozen=True, slots=True)
class Identity:
    """Ids in the shapes Slack gives them. Tokens are worth nothing outside this process, but are not guessable."""

    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    scopes: frozenset[str]
    bot_name: str = "YRD Desk"
    bot_handle: str = "yrd-desk"
    team_id: str = "T04DELTALAB"
    team_name: str = "Delta Lab"
    team_domain: str = "delta-lab"
    app_id: str = "A04YRDDESK9"
    bot_id: str = "B04YRDDESK2"
    bot_user: str = "U04YRDDESK1"
    enterprise_id: str = ""
    is_enterprise_install: bool = False


def new_identity(scopes: Iterable[str] = DEFAULT_SCOPES) -> Identity:
    """Return an identity with fresh random secrets."""
    return Identity(
        bot_token=f"xoxb-{secrets.token_hex(16)}",
        app_token=f"xapp-1-A04YRDDESK9-{secrets.token_hex(16)}",
        signing_secret=secrets.token_hex(16),
        verification_token=secrets.token_hex(12),
        scopes=frozenset(scopes),
    )
