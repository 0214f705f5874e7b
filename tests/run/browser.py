"""What a person's browser does to install the app: keeps a cookie, follows the button to Slack, and comes back."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from bot.local_slack import ManyLocalSlack


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
