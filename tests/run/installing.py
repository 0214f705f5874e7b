"""A bot that workspaces install themselves, and what a person's browser does for that: keeps a cookie, follows the button to
Slack, and comes back.
"""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from bot.local_slack import ManyLocalSlack
from tests.run.bot_process import Bot, free_port, until
from tests.state.installations import KEY

DELTA, PEARL, ORG = "T04DELTALAB", "T04PEARLLAB", "E04RIVERORG"
ALICE = "U04ALICE7K2"


@dataclass(frozen=True, slots=True)
class Page:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]


@dataclass
class Browser:
    """One person's browser."""

    origin: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, method: str = "GET", **headers: str) -> Page:
        """GET a path of the bot's, or an address with its host left out of account."""
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=20)
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        connection.request(method, target, headers={**sent, **headers})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                kept, _, worth = value.partition(";")[0].partition("=")
                self.cookies[kept] = worth
        return Page(answer.status, text, {name.lower(): value for name, value in answer.getheaders()})

    def button(self) -> str:
        """Open the page of the installation and return where its button leads."""
        page = self.get("/slack/install")
        assert page.status == 200, page.text
        found = re.search(r'href="([^"]*/oauth/v2/authorize[^"]*)"', page.text)
        assert found is not None
        return unescape(found[1])

    def allow(self, slack: ManyLocalSlack, team: str, user: str = "") -> Page:
        """Install the app in a workspace; return the page at the end."""
        return self.get(slack.allow(self.button(), team, user))


def bot(slack: ManyLocalSlack, folder: Path, **more: str) -> Bot:
    settings = {
        "SLACK_CLIENT_ID": slack.app.client_id,
        "SLACK_CLIENT_SECRET": slack.app.client_secret,
        "SLACK_SIGNING_SECRET": slack.app.signing_secret,
        "SLACK_APP_ID": slack.app.app_id,
        "SLACK_API_URL": slack.api_url,
        "YRD_ENCRYPTION_KEY": KEY,
        "YRD_PUBLIC_URL": "https://desk.example",
        **more,
    }
    one = Bot(folder, settings, free_port())
    slack.bot_origin = one.origin
    return one


def asked(slack: ManyLocalSlack, team: str, text: str, command: str = "/yrd") -> str:
    """What somebody of a workspace is shown for a command."""
    there = slack.of(team)
    before = len(there.team.ephemerals("general", "alice"))
    there.driver.command("alice", "general", command, text)
    shown = there.team.wait_for(
        lambda: seen if len(seen := there.team.ephemerals("general", "alice")) > before else None
    )[-1]
    return f"{shown.text} {shown.blocks}"


def subscribed(slack: ManyLocalSlack, team: str) -> None:
    """Have a digest of ports set up in #general."""
    asked(slack, team, "subscribe ports daily 09:00", "/yrd-digest")
    there = slack.of(team)
    there.driver.click("alice", there.team.ephemerals("general", "alice")[-1], "choice:0")
    until(lambda: "every day at 09:00" in asked(slack, team, "list", "/yrd-digest"))


def posts(slack: ManyLocalSlack, team: str, channel: str = "general") -> list[str]:
    return [post.text for post in slack.of(team).team.posts(channel) if post.by_bot]
