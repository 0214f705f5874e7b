"""The addresses that Slack knows, and the one that it sends everything to: POST /slack/events, as ASGI."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor
from http import HTTPStatus
from typing import Final

from slack_bolt import App

from bot.http.asgi import (
    BODY_SECONDS,
    BodyError,
    ClientGoneError,
    Head,
    Receive,
    Scope,
    Send,
    gather,
    respond,
)
from bot.meter import UNMETERED, Meter
from bot.slack.receiving.dispatch import Reply, dispatch, event_of, kind_of
from bot.slack.receiving.verification import BODY_MAX_BYTES, SIGNATURE_HEADER, RequestVerifier

EVENTS_PATH: Final = "/slack/events"
INSTALL_PATH: Final = "/slack/install"
REDIRECT_PATH: Final = "/slack/oauth_redirect"

NOT_SLACKS: Final = "not Slack's"
"""The kind of a request that is counted and not read: not signed by Slack, or no body of Slack's."""

_log = logging.getLogger(__name__)
# The only headers that a listener reads.
_HEADERS = (SIGNATURE_HEADER, "x-slack-retry-num", "x-slack-retry-reason")


class SlackEndpoint:
    """An ASGI application: requests go through the verifier to Bolt, which answers in one of `threads`.

    A thread is taken once the body is whole, and the body is gathered only where the headers are Slack's.
    `acknowledged` is told the id of each event that Slack was told to be received, `meter` of every request.
    """

    def __init__(
        self,
        verifier: RequestVerifier,
        app: App,
        threads: Executor,
        body_seconds: float = BODY_SECONDS,
        acknowledged: Callable[[str], None] = lambda event_id: None,
        meter: Meter = UNMETERED,
    ) -> None:
        self._verifier = verifier
        self._app = app
        self._threads = threads
        self._body_seconds = body_seconds
        self._acknowledged = acknowledged
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            reply, event_id = await self._counted(Head.of(scope), receive)
        except ClientGoneError:
            return
        if HTTPStatus.BAD_REQUEST <= reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.info("request refused", extra={"status": int(reply.status)})
        await respond(send, reply.status, reply.body, reply.content_type, reply.headers)
        if event_id:
            self._acknowledged(event_id)

    async def _counted(self, head: Head, receive: Receive) -> tuple[Reply, str]:
        """Return the reply, and the id of the event that it acknowledges, "" for none; count the request."""
        body = await self._body(head, receive)
        began = time.monotonic()
        if isinstance(body, Reply):
            reply, kind, event_id = body, NOT_SLACKS, ""
        else:
            loop = asyncio.get_running_loop()
            reply, kind, event_id = await loop.run_in_executor(self._threads, self._answer, head, body)
        # With what it waited for a thread.
        self._meter.request(kind, reply.status, time.monotonic() - began)
        return reply, event_id

    async def _body(self, head: Head, receive: Receive) -> bytes | Reply:
        """Return a whole body, or what is replied where there is none to answer."""
        if refused := self._verifier.refusal(head):
            return refused
        try:
            return await gather(receive, BODY_MAX_BYTES, self._body_seconds)
        except BodyError as error:
            return Reply(error.status, str(error))

    def _answer(self, head: Head, body: bytes) -> tuple[Reply, str, str]:
        """Return the reply, the kind of request, and the id of the event that is acknowledged, "" for none."""
        admitted = self._verifier.verify(head, body)
        if isinstance(admitted, Reply):
            return admitted, NOT_SLACKS, ""
        headers = {name: head.headers[name] for name in _HEADERS if name in head.headers}
        reply = dispatch(self._app, admitted, headers)
        return reply, kind_of(admitted), event_of(admitted) if reply.status == HTTPStatus.OK else ""
