"""A client that costs little beside the server it measures: raw sockets kept open, requests signed ahead.

It runs in a process of its own and knows only as much HTTP as uvicorn's answers need.
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
from urllib.parse import urlencode

from benchmarks.texts import Question

SECRET = "the-signing-secret-of-the-benchmark"


# A machine is never quiet for long: the two servers take turns this often within a round, so that whatever
# else runs slows both alike.
TURN = 250


@dataclass(frozen=True)
class Target:
    """A server to measure: its port, the team its requests come from, whether its answers have blocks."""

    port: int
    team: str
    with_blocks: bool


@dataclass(frozen=True)
class Round:
    """What one round gave: answers a second, milliseconds an answer, and bytes an answer."""

    rate: float
    median_ms: float
    p99_ms: float
    mean_bytes: float


class _Tally:
    """Times and sizes of the answers of one target."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.spent = 0.0
        self.bytes = 0

    def round(self) -> Round:
        times = sorted(self.times)
        return Round(
            rate=len(times) / self.spent,
            median_ms=1000 * times[len(times) // 2],
            p99_ms=1000 * times[len(times) * 99 // 100],
            mean_bytes=self.bytes / len(times),
        )


def measure(targets: Sequence[Target], connections: int, questions: Sequence[Question]) -> list[Round]:
    """Send every question once to each target, in turns, over kept-alive connections, from another process."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measure, (list(targets), connections, list(questions)))


def _measure(targets: list[Target], connections: int, questions: list[Question]) -> list[Round]:
    open_to = [[_Connection(target.port) for _ in range(connections)] for target in targets]
    tallies = [_Tally() for _ in targets]
    for turn, start in enumerate(range(0, len(questions), TURN)):
        part = questions[start : start + TURN]
        order = list(range(len(targets)))
        for place in order[:: -1 if turn % 2 else 1]:
            target = targets[place]
            requests = [
                signed(command, text, target.team, start + n) for n, (command, text) in enumerate(part)
            ]
            _send_all(requests, open_to[place], target, tallies[place])
    return [tally.round() for tally in tallies]


def _send_all(requests: list[bytes], connections: list[_Connection], target: Target, tally: _Tally) -> None:
    left = iter(requests)
    selector = selectors.DefaultSelector()
    done = 0
    started = time.perf_counter()
    for connection, request in zip(connections, left, strict=False):
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(request)
    while done < len(requests):
        for key, _ in selector.select():
            answer: bytes | None = key.data.receive()
            if answer is None:
                continue
            done += 1
            tally.times.append(time.perf_counter() - key.data.sent_at)
            tally.bytes += len(answer)
            _check(answer, target.with_blocks)
            if (following := next(left, None)) is not None:
                key.data.send(following)
    tally.spent += time.perf_counter() - started
    selector.close()


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
