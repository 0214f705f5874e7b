"""HTTP connections with one deadline for all that happens on them: from looking up the name to the last byte.

The time-outs of http.client, and of the libraries on top of it or beside it (urllib, urllib3, requests, httpx),
bound a single wait. A peer that sends a byte every few seconds holds such a call for ever. So before each wait
the socket gets what is left until the deadline, at the two seams that http.client has: how it connects, and
what it reads its answer from.
"""

from __future__ import annotations

import functools
import io
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

from bot.proxies import BadProxyError, proxy_for

NO_PROXY: Final = "the address of the proxy cannot be used"
# Bytes sent at a time; the most that a record of TLS holds.
_PIECE: Final = 16 * 1024
# What http.client says of a proxy's no, up to the proxy's own words.
_TUNNEL: Final = re.compile(r"Tunnel connection failed: ([0-9]{3})\b")

# What socket.getaddrinfo gives for a name.
_Addresses = Sequence[tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]]


class ProxyError(OSError):
    """The proxy on the way made no connection: nothing of the request was sent.

    The text is in the bot's own words. It names neither the proxy, whose address may hold a password, nor what
    the proxy said.
    """


class DeadlineConnection(HTTPConnection):
    """A connection whose time-out is for everything that happens on it, counted from now on."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        assert self.timeout is not None
        self._ends = time.monotonic() + self.timeout
        self._is_reached = False
        self._create_connection = self._reached
        self.response_class = self._response  # type: ignore[assignment]

    def left(self) -> float:
        """Return the seconds until the deadline, always more than 0; TimeoutError when it has passed."""
        seconds = self._ends - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("the deadline of a call has passed")
        return seconds

    def connect(self) -> None:
        """Connect. What follows over TLS is one wait to the socket, which gets the time that is left."""
        try:
            super().connect()
        except (OSError, HTTPException) as error:
            if not self._is_reached:
                raise
            # Whoever was reached and made no connection is a proxy.
            raise ProxyError(_proxys(error)) from None
        self.sock.settimeout(self.left())

    def send(self, data: Any) -> None:
        """Send bytes, in pieces: a socket of TLS would give each record the whole time-out anew."""
        if self.sock is None:
            self.connect()
        view = memoryview(data)
        for start in range(0, len(view), _PIECE):
            self.sock.settimeout(self.left())
            super().send(view[start : start + _PIECE])

    def _reached(self, address: tuple[str, int], *_: object) -> socket.socket:
        """Connect to the first address of the name that answers; each gets its share of the time left."""
        found = _look_up(*address, self.left())
        failure = OSError("the name has no address")
        for tried, (family, kind, protocol, _name, place) in enumerate(found):
            try:
                sock = _connected(family, kind, protocol, place, self.left() / (len(found) - tried))
            except OSError as error:
                failure = error
            else:
                self._is_reached = True
                return sock
        raise failure

    def _response(self, sock: socket.socket, *given: Any, **named: Any) -> HTTPResponse:
        return HTTPResponse(_Incoming(sock, self.left), *given, **named)  # type: ignore[arg-type]


class TlsConnection(HTTPSConnection, DeadlineConnection):
    """The same over TLS. In this order, so that HTTPSConnection secures what DeadlineConnection has connected."""


def deadline_connection(url: str, seconds: float) -> DeadlineConnection:
    """Return a connection to where `url` (https, wss, else in the clear) leads, to be opened with `connect()`.

    It goes through the proxy that the environment names for it; ProxyError for one that is of no use. All that
    happens on it is over after `seconds`.
    """
    parts = urlsplit(url)
    over_tls = parts.scheme in ("https", "wss")
    host, port = parts.hostname or "", parts.port or (443 if over_tls else 80)
    made = TlsConnection if over_tls else DeadlineConnection
    secrets: dict[str, Any] = {"context": usual_context()} if over_tls else {}
    try:
        proxy = proxy_for(url)
    except BadProxyError:
        raise ProxyError(NO_PROXY) from None
    if proxy is None:
        return made(host, port, timeout=seconds, **secrets)
    connection = made(proxy.host, proxy.port, timeout=seconds, **secrets)
    connection.set_tunnel(host, port, proxy.headers)
    return connection


@functools.cache
def usual_context() -> ssl.SSLContext:
    """Return what connections over TLS go by: the machine's certificates, and HTTP/1.1."""
    # Reading the machine's certificates takes longer than a call.
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


class _Incoming(io.RawIOBase):
    """The bytes that come in over a socket; each read waits no longer than `left()` seconds."""

    def __init__(self, sock: socket.socket, left: Callable[[], float]) -> None:
        self._sock = sock
        self._left = left
        self._bytes = sock.makefile("rb", buffering=0)

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return the file that http.client asks its socket for."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._left())
        return self._bytes.readinto(buffer)

    def close(self) -> None:
        self._bytes.close()
        super().close()


def _look_up(host: str, port: int, seconds: float) -> _Addresses:
    """Return the addresses of a name. The system's look-up has no deadline: after `seconds` nobody waits."""
    answer: Future[_Addresses] = Future()

    def ask() -> None:
        try:
            answer.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:  # noqa: BLE001 - a thread's main function: whoever waits gets it
            answer.set_exception(error)

    threading.Thread(target=ask, name="yrd-look-up", daemon=True).start()
    try:
        return answer.result(seconds)
    except TimeoutError:
        raise socket.gaierror(socket.EAI_AGAIN, "the name was not looked up in time") from None


def _proxys(error: Exception) -> str:
    """Return in our words why there is no way through a proxy."""
    if refused := _TUNNEL.match(str(error)):
        return f"the proxy refused the connection, {refused[1]}"
    return f"the proxy made no connection, {type(error).__name__}"


def _connected(
    family: socket.AddressFamily, kind: socket.SocketKind, protocol: int, place: Any, seconds: float
) -> socket.socket:
    sock = socket.socket(family, kind, protocol)
    try:
        sock.settimeout(seconds)
        sock.connect(place)
    except OSError:
        sock.close()
        raise
    return sock
