"""ASGI (asgi.readthedocs.io/en/stable/specs/www.html) as the bot uses it: bodies gathered against the clock, answers
sent whole.

Bodies are gathered in the event loop, so that whoever sends one byte a second holds no thread that answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Seconds for a whole body. Slack sends its 256 KB at once, and gives up on an answer after three seconds.
BODY_SECONDS: Final = 10.0
TEXT: Final = "text/plain; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a request before its body. Names of headers are in lower case; a header that came twice
    is joined by a comma (RFC 9110, section 5.3)."""

    method: str
    headers: Mapping[str, str]

    @classmethod
    def of(cls, scope: Scope) -> Head:
        """Return the head of the request that `scope` describes."""
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            headers[name] = f"{headers[name]},{value}" if name in headers else value
        return cls(scope["method"], headers)


class BodyError(Exception):
    """A body that is not taken: `status` and the sentence say why."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class ClientGoneError(Exception):
    """The client went away before its body was whole; there is nobody to answer."""


def is_fair_length(length: str | None, most: int) -> bool:
    """Say whether a Content-Length is absent, or a number of at most `most` bytes."""
    if not length:
        return True
    return length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= most


async def gather(receive: Receive, most: int, seconds: float = BODY_SECONDS) -> bytes:
    """Return a whole body; BodyError over `most` bytes or `seconds`, ClientGoneError when nobody is left."""
    parts: list[bytes] = []
    size, is_more = 0, True
    try:
        async with asyncio.timeout(seconds):
            while is_more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGoneError
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > most:
                    raise too_large(most)
                is_more = message.get("more_body", False)
    except TimeoutError:
        sentence = f"The body was not whole within {seconds:g} seconds."
        raise BodyError(HTTPStatus.REQUEST_TIMEOUT, sentence) from None
    return b"".join(parts)


def too_large(most: int) -> BodyError:
    """Return what to raise about a body of more than `most` bytes."""
    return BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is over {most // 1024} KB.")


async def respond(
    send: Send,
    status: int,
    body: str | bytes,
    content_type: str = TEXT,
    headers: Iterable[tuple[str, str]] = (),
) -> None:
    """Send a whole answer."""
    content = body.encode("utf-8", "replace") if isinstance(body, str) else body
    sent = [("content-type", content_type), ("content-length", str(len(content))), *headers]
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in sent]
    await send({"type": "http.response.start", "status": int(status), "headers": raw})
    await send({"type": "http.response.body", "body": content, "more_body": False})


async def is_get(scope: Scope, send: Send) -> bool:
    """Say whether a request only reads a page; whoever does more is told that it may not."""
    if scope["method"] in ("GET", "HEAD"):
        return True
    await respond(send, HTTPStatus.METHOD_NOT_ALLOWED, "GET this.", headers=(("Allow", "GET, HEAD"),))
    return False


class WholeBodies:
    """An application in front of another that works in threads: it is handed bodies only once they are whole."""

    def __init__(self, app: Application, most: int, seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = Head.of(scope)
        try:
            if not is_fair_length(head.headers.get("content-length"), self._most):
                raise too_large(self._most)
            body = await gather(receive, self._most, self._seconds)
        except BodyError as error:
            await respond(send, error.status, str(error))
        except ClientGoneError:
            return
        else:
            await self._app(_of_length(scope, len(body)), _once(body), send)


def _of_length(scope: Scope, length: int) -> Scope:
    """Return `scope` with that Content-Length, whether the body came in chunks or not."""
    told = (b"content-length", b"transfer-encoding")
    headers = [(name, value) for name, value in scope["headers"] if name.lower() not in told]
    return {**scope, "headers": [*headers, (b"content-length", str(length).encode())]}


def _once(body: bytes) -> Receive:
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return left.pop() if left else {"type": "http.disconnect"}

    return receive
