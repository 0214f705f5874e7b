"""Installations as Slack's answer to a code makes them."""

from __future__ import annotations

from typing import Any, Final

from slack_sdk.oauth.installation_store import Installation

from bot.state.installations.cipher import Cipher

CLIENT: Final = "123.456"
KEY: Final = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
CIPHER: Final = Cipher((KEY,))


def installation(team: str = "T1", **changed: Any) -> Installation:
    """Return the installation of a workspace by Alice."""
    told: dict[str, Any] = {
        "app_id": "A1",
        "team_id": team,
        "team_name": f"Lab {team}",
        "bot_token": f"xoxb-{team}",
        "bot_id": "B1",
        "bot_user_id": "U0BOT",
        "bot_scopes": "chat:write,commands",
        "user_id": "U04ALICE7K2",
        "token_type": "bot",
    }
    return Installation(**{**told, **changed})


def of_organisation(enterprise: str = "E1", **changed: Any) -> Installation:
    """Return the installation of a whole organisation by Alice."""
    return installation(
        "", team_id=None, team_name=None, enterprise_id=enterprise, enterprise_name="Delta Org",
        is_enterprise_install=True, bot_token=f"xoxb-{enterprise}", **changed,
    )  # fmt: skip
