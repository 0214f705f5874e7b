"""Opening a socket to Slack: reached, secured and greeted by one deadline, and nothing that came is quoted.

What is then said over it is for `websockets`, which also asks for a sign of life (RFC 6455, section 5.5.2): a line that
was cut is known at once, one that went silent when no pong came.
"""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from websockets.client import ClientProtocol
from websockets.exceptions import (
    ConnectionClosed,
    InvalidMessage,
    InvalidStatus,
    SecurityError,
    WebSocketException,
)
from websockets.sync.client import ClientConnection
from websockets.uri import WebSocketURI, parse_uri

from bot.slack.api.deadline import DeadlineConnection, deadline_connection
from bot.slack.api.exchange import NotSlackError
from bot.slack.api.web import quiet

# Bytes of a message; Slack's payloads have 256 KB at most.
_LARGEST: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SocketTiming:
    """Seconds: `opening` from looking up the name to Slack's hello; a ping after every `ping_every`, whose
    pong comes `pong_within`; `close_within` the other side says goodbye, and the rest of a record of TLS comes.
    """

    opening: float = 10.0
    ping_every: float = 5.0
    pong_within: float = 4.0
    close_within: float = 1.0

    @property
    def silence(self) -> float:
        """Return after how many seconds at most a peer of whom nothing comes is given up."""
        return self.ping_every + self.pong_within + self.close_within


class Opening:
    """One socket that is to be opened."""

    def __init__(self, url: str, timing: SocketTiming) -> None:
        self._url = url
        self._timing = timing
        self._line: DeadlineConnection | None = None
        self._lock = threading.Lock()
        self._is_over = False

    def connect(self) -> ClientConnection:
        """Return the open socket. OSError when it cannot be opened in time, NotSlackError when none answers."""
        try:
            uri = parse_uri(self._url)
        except WebSocketException:
            # Its text quotes the address.
            raise NotSlackError("an address that cannot be used, where a socket was to open") from None
        line = deadline_connection(self._url, self._timing.opening)
        with self._lock:
            if self._is_over:
                raise ConnectionAbortedError("the bot is ending")
            self._line = line
        try:
            line.connect()
            return self._greeted(line, uri)
        except BaseException:
            line.close()
            raise

    def abort(self) -> None:
        """Let `connect`, in another thread, fail now where it waits for a proxy or the greeting, or begin no more."""
        with self._lock:
            self._is_over = True
            sock = self._line.sock if self._line else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _greeted(self, line: DeadlineConnection, uri: WebSocketURI) -> ClientConnection:
        timing, left = self._timing, line.left()
        # Of each wait for the rest of what has begun to come, or for room for what is sent.
        line.sock.settimeout(timing.pong_within)
        connection = ClientConnection(
            line.sock,
            ClientProtocol(uri, max_size=_LARGEST, logger=quiet("bot.slack.receiving.socket.sdk")),
            ping_interval=timing.ping_every,
            ping_timeout=timing.pong_within,
            close_timeout=timing.close_within,
        )
        try:
            connection.handshake(user_agent_header=None, timeout=left)
        except WebSocketException as error:
            connection.close_socket()
            raise _in_our_words(error) from None
        except BaseException:
            connection.close_socket()
            raise
        connection.start_keepalive()
        # Whoever reads it closes it, so it is entered here and left there.
        entered = connection.__enter__()
        try:
            _hear_hello(entered, line.left())
        except BaseException:
            connection.close_socket()
            raise
        return entered


def _hear_hello(connection: ClientConnection, seconds: float) -> None:
    """Return when Slack has said hello, which it says first: whoever says nothing passes nothing on either.

    Reference: docs.slack.dev/apis/events-api/using-socket-mode#connect.
    """
    try:
        said = json.loads(connection.recv(timeout=seconds))
    except ConnectionClosed:
        raise ConnectionError("the connection was closed") from None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("type") != "hello":
        raise NotSlackError("HTTP 101, but no hello")


def _in_our_words(error: WebSocketException) -> OSError:
    """Return what went wrong with a greeting, with nothing of what came."""
    if isinstance(error, InvalidStatus):
        return NotSlackError(f"HTTP {error.response.status_code}, where a socket was to open")
    if isinstance(error.__cause__, EOFError):
        return ConnectionError("the connection was closed")
    if isinstance(error, InvalidMessage | SecurityError):
        return NotSlackError("it is no HTTP, where a socket was to open")
    return NotSlackError("HTTP 101, but no socket")
