"""A client that costs little beside the server it measures: raw sockets kept open, requests signed ahead.

It runs in a process of its own and knows only as much HTTP as granian's answers need.
"""

from __future__ import annotations

import hmac
import json
import multiprocessing
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from benchmarks.texts import Question

SECRET = "the-signing-secret-of-the-benchmark"


@dataclass(frozen=True)
class Round:
    """What one round gave: answers a second, milliseconds an answer, and bytes an answer."""

    rate: float
    median_ms: float
    p99_ms: float
    mean_bytes: float


def measure(
    port: int, connections: int, questions: Sequence[Question], team: str, with_blocks: bool
) -> Round:
    """Send every question once over `connections` kept-alive connections, from another process."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measure, (port, connections, list(questions), team, with_blocks))


def _measure(port: int, connections: int, questions: list[Question], team: str, with_blocks: bool) -> Round:
    requests = iter([signed(command, text, team, n) for n, (command, text) in enumerate(questions)])
    selector = selectors.DefaultSelector()
    times: list[float] = []
    size = 0
    started = time.perf_counter()
    for request in islice(requests, connections):
        connection = _Connection(port)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(request)
    while len(times) < len(questions):
        for key, _ in selector.select():
            answer = key.data.receive()
            if answer is None:
                continue
            times.append(time.perf_counter() - key.data.sent_at)
            size += len(answer)
            _check(answer, with_blocks)
            if (request := next(requests, None)) is not None:
                key.data.send(request)
    spent = time.perf_counter() - started
    times.sort()
    return Round(
        rate=len(times) / spent,
        median_ms=1000 * times[len(times) // 2],
        p99_ms=1000 * times[len(times) * 99 // 100],
        mean_bytes=size / len(times),
    )


def signed(command: str, text: str, team: str, number: int) -> bytes:
    """Return a slash command as Slack sends it; each has a trigger_id of its own, so none is a copy."""
    form = {
        "token": "verification",
        "team_id": team,
        "team_domain": "bench",
        "channel_id": "C0123456789",
        "channel_name": "general",
        "user_id": "U0123456789",
        "user_name": "alice",
        "command": command,
        "text": text,
        "api_app_id": "A0123456789",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T/1/x",
        "trigger_id": f"{number}.{time.time_ns()}",
    }
    body = urlencode(form).encode()
    timestamp = str(int(time.time()))
    signature = hmac.digest(SECRET.encode(), f"v0:{timestamp}:".encode() + body, "sha256").hex()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n"
        f"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + body


class _Connection:
    """One kept-alive connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self._buffer = b""

    def send(self, request: bytes) -> None:
        self._buffer = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bytes | None:
        """Return the whole answer once it is here."""
        got = self.socket.recv(262_144)
        if not got:
            raise ConnectionError("the server closed the connection")
        self._buffer += got
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = next(_lengths(head))
        return self._buffer if len(body) >= length else None


def _lengths(head: bytes) -> Iterator[int]:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            yield int(line.split(b":")[1])


def _check(answer: bytes, with_blocks: bool) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(f"an answer was not 200: {head[:80]!r} {body[:200]!r}")
    if with_blocks and (b'"blocks"' not in body or b'"blocks": []' in body):
        raise ValueError(f"an answer has no blocks: {json.dumps(body[:200].decode('utf-8', 'replace'))}")
