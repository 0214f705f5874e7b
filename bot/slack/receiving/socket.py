"""Socket Mode: the link to Slack, held open, and the watchdog over it."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State
from websockets.sync.client import ClientConnection

from bot.meter import UNMETERED, Meter
from bot.slack.api.errors import error_code, error_reason
from bot.slack.api.exchange import LaterError
from bot.slack.receiving.address import SocketAddress
from bot.slack.receiving.envelopes import Envelopes
from bot.slack.receiving.handshake import Opening, SocketTiming

_log = logging.getLogger(__name__)

GONE_SECONDS: Final = 60.0
TICK_SECONDS: Final = 5.0
DRAIN_SECONDS: Final = 10.0
# Seconds before the first, second ... try in a row, and before all further ones. A socket that was open for STEADY
# begins anew: what was cut is mended at once, and Slack is not asked without end.
PAUSES: Final = (0.0, 0.5, 1.0, 2.0, 5.0)
STEADY_SECONDS: Final = 30.0


class SocketLink:
    """Holds a socket open from `start` to `close`, and a new one in place of what is lost or is to be left.

    A socket that Slack asks to leave goes on until the next one is open, and what comes over it is answered.
    """

    def __init__(
        self,
        app: App,
        app_token: str,
        client: WebClient,
        concurrency: int,
        acknowledged: Callable[[str], None] = lambda event_id: None,
        meter: Meter = UNMETERED,
        timing: SocketTiming = SocketTiming(),  # noqa: B008 - it is frozen
    ) -> None:
        self._address = SocketAddress(client, app_token)
        self._envelopes = Envelopes(app, concurrency, acknowledged, meter)
        self._timing = timing
        self._opening: Opening | None = None
        self._current: ClientConnection | None = None
        self._stop = threading.Event()
        # The current socket is lost, or is to be left.
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hold, name="yrd-socket", daemon=True)

    def start(self) -> None:
        """Begin to connect, and go on trying until `close`."""
        self._thread.start()

    def is_connected(self) -> bool:
        """Say whether a socket is open, as far as is known: a silent one is known after `SocketTiming.silence`."""
        current = self._current
        return current is not None and current.state is State.OPEN

    def close(self) -> None:
        """Take nothing new, finish what is in hand and hang up."""
        self._stop.set()
        self._envelopes.close(DRAIN_SECONDS)
        if self._opening is not None:
            self._opening.abort()
        self._over.set()
        if self._current is not None:
            self._current.close()

    def _hold(self) -> None:
        tried = 0
        while not self._stop.wait(max(PAUSES[min(tried, len(PAUSES) - 1)], self._address.later())):
            tried += 1
            try:
                self._renew()
            except Exception as error:  # noqa: BLE001 - the boundary of a thread that nothing may end
                if not self._stop.is_set():
                    _note(error)
                continue
            began = time.monotonic()
            self._over.wait()
            if time.monotonic() - began >= STEADY_SECONDS:
                tried = 0

    def _renew(self) -> None:
        """Open a socket in place of the one there is, which goes on if this fails."""
        self._opening = opening = Opening(self._address.fresh(), self._timing)
        if self._stop.is_set():
            opening.abort()
        fresh = opening.connect()
        old, self._current = self._current, fresh
        self._over.clear()
        threading.Thread(target=self._read, args=(fresh,), name="yrd-socket-read", daemon=True).start()
        if self._stop.is_set():
            fresh.close()
        if old is not None:
            old.close()

    def _read(self, connection: ClientConnection) -> None:
        try:
            for frame in connection:
                self._hear(connection, frame)
        except ConnectionClosed as closed:
            if connection is self._current and not self._stop.is_set():
                why = type(closed.__cause__ or closed).__name__
                _log.warning("Slack's socket was lost", extra={"error": why})
        except Exception as error:  # noqa: BLE001 - the boundary of a thread: without it the link is renewed
            _log.error("Slack's socket could not be read", extra={"error": type(error).__name__})
            connection.close()
        finally:
            self._left(connection)

    def _hear(self, connection: ClientConnection, frame: str | bytes) -> None:
        try:
            said = json.loads(frame)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            _log.warning("Slack's socket said something that is no JSON object")
        elif said.get("type") == "disconnect":
            self._left(connection)
        elif isinstance(said.get("envelope_id"), str):
            self._envelopes.take(said, lambda ack: self._send(connection, ack))

    def _left(self, connection: ClientConnection) -> None:
        if connection is self._current:
            self._over.set()

    def _send(self, connection: ClientConnection, ack: dict[str, Any]) -> bool:
        """Acknowledge an envelope; say whether it went out."""
        said = json.dumps(ack)
        for way in (connection, self._current):
            try:
                if way is not None:
                    way.send(said)
                    return True
            except ConnectionClosed:
                # The one that came in its place may be open; where none is, Slack sends an event again.
                continue
        _log.warning("an envelope was not acknowledged", extra={"error": "the socket was lost"})
        return False


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


def _note(error: Exception) -> None:
    """Log why there is no socket, with nothing of what came."""
    if isinstance(error, SlackApiError):
        _log.error("Slack refused the socket", extra={"error": error_code(error)})
    else:
        said = str(error) if isinstance(error, LaterError) else error_reason(error)
        _log.warning("Slack's socket is not open", extra={"error": said})
