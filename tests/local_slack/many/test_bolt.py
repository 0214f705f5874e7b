"""A Bolt app with its own OAuth flow installs itself, and answers each workspace with that workspace's token."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore

from bot.local_slack import ManyLocalSlack
from tests.local_slack.many.installing import DELTA, GENERAL, PEARL


def bolt(slack: ManyLocalSlack, folder: Path) -> Flask:
    settings = OAuthSettings(
        client_id=slack.app.client_id,
        client_secret=slack.app.client_secret,
        scopes=["app_mentions:read", "chat:write"],
        redirect_uri=slack.app.redirect_uris[0],
        authorization_url=slack.authorize_url,
        install_page_rendering_enabled=False,
        installation_store=FileInstallationStore(base_dir=str(folder)),
        state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(folder)),
    )
    app = App(
        client=WebClient(base_url=slack.api_url, timeout=5),
        signing_secret=slack.app.signing_secret,
        oauth_settings=settings,
        process_before_response=True,
    )

    @app.event("app_mention")
    def mention(event: dict[str, Any], client: WebClient) -> None:
        client.chat_postMessage(channel=event["channel"], text=f"Heard: {event['text']}")

    web, handler = Flask(__name__), SlackRequestHandler(app)
    for path in ("events", "install", "oauth_redirect"):
        web.add_url_rule(f"/slack/{path}", path, lambda: handler.handle(request), methods=["GET", "POST"])
    return web


def install_with(browser: FlaskClient, slack: ManyLocalSlack, team_id: str) -> int:
    to_slack = browser.get("/slack/install").headers["Location"]
    back = urlsplit(slack.allow(to_slack, team_id))
    return browser.get(f"{back.path}?{back.query}").status_code


@pytest.mark.parametrize("rotates", [False, True])
def test_bolt_installs_in_two_workspaces_and_answers_each(tmp_path: Path, rotates: bool) -> None:
    with ManyLocalSlack(rotates_tokens=rotates) as slack:
        slack.add(DELTA, "Delta Lab", "delta-lab")
        slack.add(PEARL, "Pearl Lab", "pearl-lab")
        web = bolt(slack, tmp_path)
        slack.attach(web)

        assert [install_with(web.test_client(), slack, team) for team in (DELTA, PEARL)] == [200, 200]

        for team in (DELTA, PEARL):
            workspace = slack.of(team)
            assert workspace.driver.mention("alice", "general", f"hello {team}").ok
            assert workspace.team.posts(GENERAL)[-1].text.endswith(f"hello {team}")
            assert workspace.team.posts(GENERAL)[-1].user == workspace.identity.bot_user
