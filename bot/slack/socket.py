"""Socket Mode: the link to Slack, envelopes through the same intake as HTTP, and the watchdog over it."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.errors import code, reason
from bot.slack.intake import JSON, Reply, dispatch

_log = logging.getLogger(__name__)

GONE_SECONDS: Final = 60.0
TICK_SECONDS: Final = 5.0
RETRY_SECONDS: Final = 5.0
DRAIN_SECONDS: Final = 10.0


class _Handler(SocketModeHandler):
    """Bolt's handler, but each envelope goes through the intake and gets an ack whatever happens.

    Bolt acknowledges only what ended in 200, and everything else shows as an error to the person.
    """

    def __init__(self, app: App, app_token: str, client: WebClient, concurrency: int) -> None:
        super().__init__(app, app_token, web_client=client, logger=_sdk_logger(), concurrency=concurrency)
        self._busy = 0
        self._stopping = False
        self._changed = threading.Condition()

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer one envelope; while stopping, leave it to Slack to send it elsewhere or again."""
        with self._changed:
            if self._stopping:
                return
            self._busy += 1
        try:
            self._answer(client, req)
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _answer(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        payload = req.payload if isinstance(req.payload, dict) else {}
        reply = dispatch(self.app, payload, _retry_headers(req))
        if reply.status != 200 and payload.get("type") == "event_callback":
            # Without an ack Slack sends the event again.
            return
        body = _body(reply) if req.accepts_response_payload else None
        client.send_socket_mode_response(SocketModeResponse(req.envelope_id, payload=body))

    def drain(self, timeout: float) -> None:
        """Take nothing new and wait up to `timeout` seconds for what is in hand."""
        with self._changed:
            self._stopping = True
            self._changed.wait_for(lambda: self._busy == 0, timeout)


class SocketLink:
    """Holds the socket open from `start` to `close`. slack_sdk reconnects it by itself once it was open."""

    def __init__(self, app: App, app_token: str, client: WebClient, concurrency: int) -> None:
        self._handler = _Handler(app, app_token, client, concurrency)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._connect, name="yrd-socket", daemon=True)

    def start(self) -> None:
        """Begin connecting, in a thread of its own; the watchdog judges whether that takes too long."""
        self._thread.start()

    def is_connected(self) -> bool:
        """Say whether a socket is open and answers pings."""
        return bool(self._handler.client.is_connected())

    def close(self) -> None:
        """Finish what is in hand and hang up."""
        self._stop.set()
        self._handler.drain(DRAIN_SECONDS)
        # Closing is no loss of the link to be mended.
        self._handler.client.auto_reconnect_enabled = False
        self._handler.client.close()

    def _connect(self) -> None:
        while not self._stop.is_set():
            try:
                self._handler.client.connect()
                return
            except SlackApiError as error:
                _log.error("Slack refused the socket", extra={"error": code(error)})
            except (OSError, SlackClientError, ValueError) as error:
                _log.warning("Slack's socket was not reached", extra={"error": reason(error)})
            # A used address is good for nothing: ask for another.
            self._handler.client.wss_uri = None
            self._stop.wait(RETRY_SECONDS)


class Watchdog:
    """Calls `end` once the link has been gone for GONE_SECONDS on end. `now` gives seconds that only grow."""

    def __init__(
        self,
        is_connected: Callable[[], bool],
        end: Callable[[], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._is_connected = is_connected
        self._end = end
        self._now = now
        self._seen = now()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="yrd-watchdog", daemon=True)

    def tick(self) -> None:
        """Look once."""
        if self._is_connected():
            self._seen = self._now()
        elif self._now() - self._seen >= GONE_SECONDS:
            _log.critical("the socket has been gone for too long", extra={"seconds": GONE_SECONDS})
            self._end()

    def start(self) -> None:
        """Look every TICK_SECONDS, in a thread of its own."""
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(TICK_SECONDS):
            self.tick()


def _body(reply: Reply) -> dict[str, object] | None:
    if not reply.body or reply.status != 200:
        return None
    if reply.content_type.startswith(JSON):
        body = json.loads(reply.body)
        return body if isinstance(body, dict) else None
    return {"text": reply.body}


def _retry_headers(req: SocketModeRequest) -> dict[str, str]:
    headers = {"x-slack-retry-num": req.retry_attempt, "x-slack-retry-reason": req.retry_reason}
    return {name: str(value) for name, value in headers.items() if value}


def _sdk_logger() -> logging.Logger:
    # Its messages of lower levels quote envelopes, and with them what people wrote.
    logger = logging.getLogger("bot.slack.socket.sdk")
    logger.setLevel(logging.ERROR)
    return logger
