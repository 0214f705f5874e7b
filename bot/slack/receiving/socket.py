"""Socket Mode: the link to Slack, envelopes through the same dispatch as HTTP, and the watchdog over it."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.api import web
from bot.slack.api.errors import error_code, error_reason, is_later
from bot.slack.api.exchange import retry_after
from bot.slack.receiving.dispatch import JSON_TYPE, Reply, dispatch, event_of
from bot.slack.receiving.handshake import Session

_log = logging.getLogger(__name__)

GONE_SECONDS: Final = 60.0
TICK_SECONDS: Final = 5.0
RETRY_SECONDS: Final = 5.0
DRAIN_SECONDS: Final = 10.0
# Seconds that being asked to wait (429) is heeded for: the watchdog ends a process without a socket after 60.
LONGEST_WAIT: Final = 30.0


class _Client(SocketModeClient):
    """slack_sdk's client, which asks for an address and opens it by deadlines, and never sleeps while it does.

    `connect` raises whatever went wrong; slack_sdk's own reconnecting logs it, in the bot's words.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._opening: Session | None = None
        # time.monotonic() before which no address is to be asked for.
        self._later = 0.0
        self.on_error_listeners.append(_note)

    def issue_new_wss_url(self) -> str:
        """Return a fresh address; LaterError, at once, as long as this was to be asked later (429)."""
        if (left := self.later()) > 0:
            raise LaterError(left)
        try:
            return str(self.web_client.apps_connections_open(app_token=self.app_token)["url"])
        except SlackApiError as error:
            if not is_later(error):
                raise
            self._later = time.monotonic() + _asked_for(error)
            raise LaterError(self.later()) from None

    def later(self) -> float:
        """Return the seconds until an address may be asked for again."""
        return max(self._later - time.monotonic(), 0.0)

    def connect(self) -> None:
        """Open a socket in place of the one there is, which goes on if this fails."""
        url, self.wss_uri = self.wss_uri or self.issue_new_wss_url(), None
        session = Session(
            url=url,
            logger=self.logger,
            proxy=self.proxy,
            ping_interval=self.ping_interval,
            receive_buffer_size=self.receive_buffer_size,
            on_message_listener=self._on_message,
            on_error_listener=self._on_error,
            on_close_listener=self._on_close,
        )
        self._opening = session
        if self.closed:
            session.abort()
        session.connect()
        if self.closed:
            session.close()
            return
        old, self.current_session_state.terminated = self.current_session, True
        if old is not None:
            old.close()
        self.current_session, self.current_session_state = session, ConnectionState()
        if not self.current_app_monitor_started:
            self.current_app_monitor_started = True
            self.current_app_monitor.start()

    def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Do as slack_sdk does; what goes wrong is logged here, and slack_sdk tries again by itself."""
        try:
            super().connect_to_new_endpoint(force)
        except (SlackApiError, OSError, SlackClientError, ValueError) as error:
            _note(error)

    def close(self) -> None:
        """Hang up, without waiting for a socket that is just being opened."""
        self.closed = True
        # Closing is no loss of the link to be mended.
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled = False
        if self._opening is not None:
            self._opening.abort()
        super().close()


class LaterError(OSError):
    """The address of a socket is to be asked for later; `seconds` says when."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"was asked to wait {seconds:.0f} s")
        self.seconds = seconds


class _Handler:
    """In place of Bolt's handler: each envelope goes through the dispatch and gets an ack whatever happens.

    Bolt acknowledges only what ended in 200, and everything else shows as an error to the person.
    """

    def __init__(
        self,
        app: App,
        app_token: str,
        client: WebClient,
        concurrency: int,
        acknowledged: Callable[[str], None],
    ) -> None:
        self.app = app
        self._acknowledged = acknowledged
        self.client = _Client(
            app_token=app_token,
            logger=web.quiet("bot.slack.receiving.socket.sdk"),
            web_client=client,
            concurrency=concurrency,
        )
        self.client.socket_mode_request_listeners.append(self.handle)
        self._busy = 0
        self._stopping = False
        self._changed = threading.Condition()

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
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

    def _answer(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        payload = req.payload if isinstance(req.payload, dict) else {}
        reply = dispatch(self.app, payload, _retry_headers(req))
        if reply.status != 200 and payload.get("type") == "event_callback":
            # Without an ack Slack sends the event again.
            return
        body = _body(reply) if req.accepts_response_payload else None
        client.send_socket_mode_response(SocketModeResponse(req.envelope_id, payload=body))
        if event_id := event_of(payload):
            self._acknowledged(event_id)

    def drain(self, timeout: float) -> None:
        """Take nothing new and wait up to `timeout` seconds for what is in hand."""
        with self._changed:
            self._stopping = True
            self._changed.wait_for(lambda: self._busy == 0, timeout)


class SocketLink:
    """Holds the socket open from `start` to `close`. slack_sdk reconnects it by itself once it was open."""

    def __init__(
        self,
        app: App,
        app_token: str,
        client: WebClient,
        concurrency: int,
        acknowledged: Callable[[str], None] = lambda event_id: None,
    ) -> None:
        self._handler = _Handler(app, app_token, client, concurrency, acknowledged)
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
        self._handler.client.close()

    def _connect(self) -> None:
        while not self._stop.is_set():
            try:
                self._handler.client.connect()
                return
            except (SlackApiError, OSError, SlackClientError, ValueError) as error:
                if not self._stop.is_set():
                    _note(error)
            self._stop.wait(max(RETRY_SECONDS, self._handler.client.later()))


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
    if reply.content_type.startswith(JSON_TYPE):
        body = json.loads(reply.body)
        return body if isinstance(body, dict) else None
    return {"text": reply.body}


def _retry_headers(req: SocketModeRequest) -> dict[str, str]:
    headers = {"x-slack-retry-num": req.retry_attempt, "x-slack-retry-reason": req.retry_reason}
    return {name: str(value) for name, value in headers.items() if value}


def _asked_for(error: SlackApiError) -> float:
    said = retry_after(getattr(error.response, "headers", {}))
    return LONGEST_WAIT if said is None else min(max(said, RETRY_SECONDS), LONGEST_WAIT)


def _note(error: Exception) -> None:
    """Log why there is no socket, with nothing of what came."""
    if isinstance(error, SlackApiError):
        _log.error("Slack refused the socket", extra={"error": error_code(error)})
    else:
        said = str(error) if isinstance(error, LaterError) else error_reason(error)
        _log.warning("Slack's socket is not open", extra={"error": said})
