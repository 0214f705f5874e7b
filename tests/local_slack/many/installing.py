"""The bot's side of an installation, as a few calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.local_slack import ManyLocalSlack

DELTA, PEARL = "T04DELTALAB", "T04PEARLLAB"
GENERAL, ALICE, BOB = "C04GENERAL1", "U04ALICE7K2", "U04BOB5M9QX"
SCOPES = "chat:write,commands"


def asking(slack: ManyLocalSlack, **asked: str) -> str:
    """Where the bot sends a person."""
    query = {"client_id": slack.app.client_id, "scope": SCOPES, "state": "s1", **asked}
    return f"{slack.authorize_url}?{urlencode(query)}"


def told_by(location: str) -> dict[str, str]:
    """What the bot reads from where the browser was sent."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def code_for(slack: ManyLocalSlack, team_id: str = DELTA, user: str = "", **asked: str) -> str:
    """A code, fresh from the page."""
    return told_by(slack.allow(asking(slack, **asked), team_id, user))["code"]


def client(slack: ManyLocalSlack, token: str | None = None) -> WebClient:
    return WebClient(token=token, base_url=slack.api_url, timeout=5)


def access(slack: ManyLocalSlack, **given: Any) -> SlackResponse:
    """Ask for a token, with the secret in a header as the SDK does."""
    known = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret}
    return client(slack).oauth_v2_access(**(known | given))


def install(slack: ManyLocalSlack, team_id: str = DELTA, scope: str = SCOPES) -> SlackResponse:
    """Install the app and return what the bot is told."""
    return access(slack, code=code_for(slack, team_id, scope=scope))


def error_of(call: Callable[[], object]) -> str:
    """Why Slack refuses."""
    with pytest.raises(SlackApiError) as refused:
        call()
    return str(refused.value.response["error"])


def auth_error(slack: ManyLocalSlack, token: str) -> str:
    """What auth.test says to a token that is not good."""
    return error_of(client(slack, token).auth_test)
