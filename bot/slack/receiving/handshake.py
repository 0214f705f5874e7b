"""Opening a socket to Slack: reached, secured and greeted by one deadline, and nothing that came is quoted.

slack_sdk waits three seconds for each byte of a proxy and of the greeting, so that a byte a second holds it for
ever, and logs what came and the proxy with its password. Reference: RFC 6455, section 4.1.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import socket
import ssl
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from typing import Final, cast
from urllib.parse import SplitResult, urlsplit

from slack_sdk.socket_mode.builtin.connection import Connection

from bot.slack.api.deadline import DeadlineConnection, deadline_connection
from bot.slack.api.exchange import NotSlackError

# Seconds from looking up the name to the end of the greeting.
SECONDS: Final = 10.0
# Bytes of a greeting; Slack's has some hundreds.
_LONGEST: Final = 16 * 1024
_END: Final = b"\r\n\r\n"
_MAGIC: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Session(Connection):
    """slack_sdk's connection, opened here. OSError when it cannot be, NotSlackError when no socket answers."""

    seconds = SECONDS

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._line: DeadlineConnection | None = None
        self._lock = threading.Lock()
        self._is_over = False

    def connect(self) -> None:
        """Open the socket, all within `seconds`."""
        parts = urlsplit(self.url)
        try:
            opening = deadline_connection(self.url, self.seconds)
        except HTTPException:
            # Its text quotes the address.
            raise NotSlackError("an address that cannot be used, where a socket was to open") from None
        with self._lock:
            self._line = opening
        try:
            if self._is_over:
                raise ConnectionAbortedError("the bot is ending")
            opening.connect()
            _greet(opening, parts)
            # From here on slack_sdk reads, by its own pings and time-outs.
            opening.sock.settimeout(self.receive_timeout)
            self.sock = cast(ssl.SSLSocket, opening.sock)
            self.ping(f"{self.session_id}:{time.time()}")
        except BaseException:
            self.sock = None
            opening.close()
            raise

    def abort(self) -> None:
        """Let `connect`, in another thread, fail now where it waits for a proxy or the greeting, or begin no more."""
        with self._lock:
            self._is_over = True
            sock = self._line.sock if self._line else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


def _greet(opening: DeadlineConnection, parts: SplitResult) -> None:
    """Ask for a WebSocket and see that one was given; reads no byte of what follows."""
    key = base64.b64encode(os.urandom(16))
    request = (
        f"GET {parts.path or '/'}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key.decode()}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    opening.send(request.encode("latin-1"))
    status, _, rest = _head(opening).partition(b"\r\n")
    said = status.split(b" ")
    if len(said) < 2 or not said[0].startswith(b"HTTP/1.") or not said[1].isdigit() or len(said[1]) != 3:
        raise NotSlackError("it is no HTTP, where a socket was to open")
    if said[1] != b"101":
        raise NotSlackError(f"HTTP {said[1].decode()}, where a socket was to open")
    fields = (field.partition(b":") for field in rest.split(b"\r\n"))
    headers = {name.strip().lower(): value.strip() for name, _, value in fields}
    wanted = base64.b64encode(hashlib.sha1(key + _MAGIC, usedforsecurity=False).digest())
    if not hmac.compare_digest(headers.get(b"sec-websocket-accept", b""), wanted):
        raise NotSlackError("HTTP 101, but no socket")


def _head(opening: DeadlineConnection) -> bytes:
    head = bytearray()
    while not head.endswith(_END):
        opening.sock.settimeout(opening.left())
        # One by one: what follows the greeting is for slack_sdk to read.
        byte = opening.sock.recv(1)
        if not byte:
            raise ConnectionError("the connection was closed")
        head += byte
        if len(head) > _LONGEST:
            raise NotSlackError("a greeting without end, where a socket was to open")
    return bytes(head[: -len(_END)])
