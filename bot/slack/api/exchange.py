"""One HTTP request and its answer, whole and unread, within one deadline for all of it.

Redirects are not followed: Slack's API has none.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse, RemoteDisconnected
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import AbstractHTTPHandler, OpenerDirector, ProxyHandler, Request

from bot.proxies import BadProxyError, proxy_for
from bot.slack.api.deadline import NO_PROXY, DeadlineConnection, ProxyError, TlsConnection, usual_context

# Bytes. Slack's longest answers (a thousand messages with their blocks) stay far below.
LARGEST: Final = 32 * 1024 * 1024
# Bytes read at a time.
_PIECE: Final = 16 * 1024
# Seconds that Slack is left alone for where it does not say, and at most: it asks for a minute or so, and an hour
# longer would be a slip.
UNSAID_WAIT: Final = 30.0
LONGEST_WAIT: Final = 3600.0
_SECONDS: Final = re.compile(r"[0-9]+(\.[0-9]*)?([eE][+]?[0-9]+)?")


class LaterError(OSError):
    """Something was asked to come later; `seconds` says when. Nothing was done."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"was asked to wait {seconds:.0f} s")
        self.seconds = seconds


class NotSlackError(OSError):
    """Slack's address gave an answer that is not Slack's; whether the call was carried out, nobody knows.

    The text says in the bot's own words what came. It never quotes it: that may be anybody's page.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"what answered was not Slack: {what}")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back, whole and unread: whose word it is, others judge."""

    status: int
    headers: HTTPMessage
    body: bytes


def exchange(request: Request, seconds: float, context: ssl.SSLContext | None = None) -> HttpAnswer:
    """Send `request` and return the answer, whatever its status, all within `seconds`.

    It goes through the proxy that the environment names for it. TimeoutError at the deadline, another OSError where
    there was no connection or it was lost (ProxyError where the proxy made none), NotSlackError for what is no
    HTTP or longer than LARGEST.
    """
    opener = OpenerDirector()
    opener.add_handler(ProxyHandler(_proxies(request.full_url)))
    opener.add_handler(_Handler(context or usual_context()))
    # A request that went through a proxy cannot be sent again: urllib has written the proxy into it.
    fresh = Request(request.full_url, request.data, dict(request.header_items()), method=request.get_method())
    try:
        with _opened(opener, fresh, seconds) as response:
            return HttpAnswer(response.status, response.headers, _whole(response))
    except RemoteDisconnected:
        # The connection was closed without a word: http.client calls that a bad answer as well.
        raise
    except HTTPException:
        # Its text quotes what came.
        raise NotSlackError("it is no HTTP, or it broke off") from None


def was_not_sent(error: Exception) -> bool:
    """Say whether nothing can have been done: no byte of the request left, or it is to come later. Only what is surely so counts."""
    cause = error.reason if isinstance(error, URLError) else error
    return isinstance(
        cause,
        ConnectionRefusedError | LaterError | ProxyError | socket.gaierror | ssl.SSLCertVerificationError,
    )


def header(headers: Mapping[str, Any] | HTTPMessage, name: str) -> str:
    """Return the value of a header, its name in whatever case; "" where there is none."""
    return next((str(value) for key, value in headers.items() if key.lower() == name.lower()), "")


def retry_after(headers: Mapping[str, Any] | HTTPMessage) -> float | None:
    """Return the seconds that Retry-After asks for, however many; None where it names none."""
    said = header(headers, "retry-after").strip()
    return float(said) if _SECONDS.fullmatch(said) else None


def seconds_asked(headers: Mapping[str, Any] | HTTPMessage, unsaid: float = UNSAID_WAIT) -> float:
    """Return the seconds that are waited for a Retry-After: from one to LONGEST_WAIT, `unsaid` where it names none."""
    said = retry_after(headers)
    return unsaid if said is None else min(max(said, 1.0), LONGEST_WAIT)


def _proxies(url: str) -> dict[str, str]:
    try:
        proxy = proxy_for(url)
    except BadProxyError:
        # Its sentence, which names a variable, is for whoever starts the bot.
        raise ProxyError(NO_PROXY) from None
    return {urlsplit(url).scheme: proxy.url} if proxy else {}


def _opened(opener: OpenerDirector, request: Request, seconds: float) -> HTTPResponse:
    response: HTTPResponse | None = opener.open(request, timeout=seconds)
    assert response is not None
    return response


def _whole(response: HTTPResponse) -> bytes:
    body = bytearray()
    while piece := response.read(_PIECE):
        body += piece
        if len(body) > LARGEST:
            raise NotSlackError(f"HTTP {response.status}, more than {LARGEST} bytes")
    return bytes(body)


class _Handler(AbstractHTTPHandler):
    """Opens addresses of http and https; what comes back is not looked at."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__()
        self._context = context

    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(DeadlineConnection, request)

    def https_open(self, request: Request) -> HTTPResponse:
        return self.do_open(TlsConnection, request, context=self._context)

    http_request = https_request = AbstractHTTPHandler.do_request_
