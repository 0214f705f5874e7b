"""What the bot answers over HTTP, by path: its health, what Slack sends, and the pages of the local workspace."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from bot.http.asgi import Application, Receive, Scope, Send, respond
from bot.http.health import LIVE, READY, Health
from bot.slack.receiving.http import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH

METRICS_PATH: Final = "/metrics"


class Site:
    """The ASGI application of every mode. `slack` takes what Slack sends, `installing` whoever installs the app, `metrics`
    whoever watches the bot, `pages` what is for nobody else.
    """

    def __init__(
        self,
        health: Health,
        slack: Application | None = None,
        pages: Application | None = None,
        installing: Application | None = None,
        metrics: Application | None = None,
    ) -> None:
        self._health = health
        self._slack = slack
        self._pages = pages
        self._installing = installing
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path in (LIVE, READY):
            await self._health(scope, receive, send)
        elif path == METRICS_PATH:
            await (self._metrics or _not_installed)(scope, receive, send)
        elif path == EVENTS_PATH and self._slack is not None:
            await self._slack(scope, receive, send)
        elif path in (INSTALL_PATH, REDIRECT_PATH) and self._installing is not None:
            await self._installing(scope, receive, send)
        elif self._pages is not None:
            await self._pages(scope, receive, send)
        else:
            await respond(send, HTTPStatus.NOT_FOUND, f"There is nothing here. Slack posts to {EVENTS_PATH}.")


async def _not_installed(scope: Scope, receive: Receive, send: Send) -> None:
    said = "What this page takes is not installed: run `make setup EXTRAS=server`.\n"
    await respond(send, HTTPStatus.NOT_FOUND, said)
