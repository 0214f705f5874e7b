"""Where people install the app, and where Slack sends them back: GET /slack/install and /slack/oauth_redirect, as ASGI."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Final

from slack_bolt import BoltRequest, BoltResponse

from bot.http.asgi import HTML, Head, Receive, Scope, Send, is_get, respond
from bot.slack.api import errors
from bot.slack.oauth import pages
from bot.slack.oauth.flow import InstallationFlow
from bot.slack.receiving.http import INSTALL_PATH

THREADS: Final = 4
"""Who installs waits for Slack; whoever asks a question does not wait for them."""
_HEADERS: Final = ("accept-language", "cookie")


class OAuthEndpoint:
    """An ASGI application over `flow`."""

    def __init__(self, flow: InstallationFlow) -> None:
        self._flow = flow
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="yrd-install")
        self._opening = ThreadPoolExecutor(1, thread_name_prefix="yrd-install-page")

    def close(self) -> None:
        """Take nobody else, and return when those in hand have their page."""
        self._opening.shutdown(wait=True)
        self._threads.shutdown(wait=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not await is_get(scope, send):
            return
        head = Head.of(scope)
        if head.method == "HEAD":
            # Begins nothing, and ends nothing that was begun.
            await respond(send, HTTPStatus.OK, "", HTML, pages.SECURITY_HEADERS)
            return
        query = scope.get("query_string", b"").decode("latin-1")
        loop = asyncio.get_running_loop()
        path = scope["path"]
        # Who looks at the page does not wait for those whom Slack leaves waiting.
        threads = self._opening if path == INSTALL_PATH else self._threads
        answer = await loop.run_in_executor(threads, self._answer, path, query, head)
        cookies = [
            (name, value)
            for name, values in answer.headers.items()
            if name.lower() == "set-cookie"
            for value in values
        ]
        await respond(send, answer.status, answer.body or "", HTML, [*pages.SECURITY_HEADERS, *cookies])

    def _answer(self, path: str, query: str, head: Head) -> BoltResponse:
        headers: dict[str, str | Sequence[str]] = {
            name: head.headers[name] for name in _HEADERS if name in head.headers
        }
        request = BoltRequest(body="", query=query, headers=headers)
        try:
            handle = self._flow.handle_installation if path == INSTALL_PATH else self._flow.handle_callback
            return handle(request)
        except Exception as error:  # noqa: BLE001 - the boundary: whoever installs gets a page, the log the trace
            errors.log_error(error, errors.new_reference(), "installing")
            language = pages.language_of(head.headers.get("accept-language", ""))
            status, html = pages.failed("storage_error", INSTALL_PATH, language)
            return BoltResponse(status=status, body=html)
