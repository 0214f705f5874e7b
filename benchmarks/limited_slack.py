"""A Slack for load: it keeps Slack's limits for each workspace, counts what is posted, and costs little.

It is a process of its own with one thread, and knows as much HTTP and Slack as the bot's calls need. Any token of the form
xoxb-TEAM opens that workspace. The limits are those of docs.slack.dev/apis/web-api/rate-limits: a message a second in a channel,
a few at once let pass, and so many calls a minute of each method for each workspace.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any, Final, cast
from urllib.parse import parse_qsl
from urllib.request import urlopen

from benchmarks.bench import ROOT, free_port, process_of
from bot.slack.listeners.manifest import scopes_in_use

POST: Final = "chat.postMessage"
FIGURES: Final = b"/figures"
POSTS_PER_SECOND: Final = 1.0
"""Messages that a channel takes."""
BURST: Final = 3.0
"""Messages that a channel takes at once: Slack promises none."""
PER_MINUTE: Final = {
    "conversations.history": 50, "conversations.info": 50, "conversations.members": 100, "conversations.open": 50,
    "conversations.replies": 50, "users.info": 100, "users.list": 20, "views.open": 100, "views.publish": 100, "views.push": 100,
}  # fmt: skip
"""Calls a minute for each workspace, by tier; of others OTHERS. Slack lets auth.test pass hundreds of times."""
OTHERS: Final = 100
_START_SECONDS: Final = 60.0
_BOT: Final = {"user_id": "U0BOT", "bot_id": "B0BOT"}
_PERSON: Final = {
    "name": "alice",
    "real_name": "Alice",
    "deleted": False,
    "is_bot": False,
    "is_admin": True,
    "tz": "UTC",
}


@dataclass(slots=True)
class Bucket:
    """What may come through: `most` at once, `rate` a second in the long run."""

    rate: float
    most: float
    left: float
    at: float

    def take(self, now: float) -> float:
        """Let one through and return 0, or return for how many seconds none may."""
        self.left = min(self.most, self.left + (now - self.at) * self.rate)
        self.at = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.rate


@dataclass
class Counts:
    """What came in since the start."""

    calls: Counter[str] = field(default_factory=Counter)
    limited: Counter[str] = field(default_factory=Counter)
    slots: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    seconds: Counter[int] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    first: float = 0.0
    last: float = 0.0
    last_digest: float = 0.0

    def posted(self, channel: str, slot: str, now: float) -> None:
        """Count a message."""
        self.slots[slot] += 1
        self.channels[channel] += 1
        self.seconds[int(now)] += 1
        self.first = self.first or now
        self.last = now
        if slot.endswith(":digest"):
            self.last_digest = now

    def figures(self) -> dict[str, Any]:
        """Return the counts as JSON takes them."""
        return {
            "posts": self.slots.total(),
            "digests": sum(slot.endswith(":digest") for slot in self.slots),
            "twice": sum(times > 1 for times in self.slots.values()),
            "most in a channel": max(self.channels.values(), default=0),
            "most in a second": max(self.seconds.values(), default=0),
            "calls": dict(self.calls),
            "limited": dict(self.limited),
            "unknown": dict(self.unknown),
            "first": self.first,
            "last": self.last,
            "last digest": self.last_digest,
        }


class Workspaces:
    """Answers calls for every workspace, within its limits."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._ts = 0
        self._methods: dict[str, Callable[[str, dict[str, Any]], dict[str, Any]]] = {
            POST: self._post,
            "auth.test": lambda team, _: {"team_id": team, "team": team, "url": "https://bench.slack.com/", **_BOT},
            "api.test": lambda team, _: {},
            "conversations.history": lambda team, _: {"messages": [], "has_more": False},
            "conversations.replies": lambda team, _: {"messages": [], "has_more": False},
            "conversations.info": lambda team, said: {"channel": {"id": said.get("channel"), "is_member": True}},
            "conversations.members": lambda team, _: {"members": []},
            "conversations.open": lambda team, said: {"channel": {"id": "D" + str(said.get("users"))[1:]}},
            "users.info": lambda team, said: {"user": {"id": said.get("user"), "team_id": team, **_PERSON}},
            "users.list": lambda team, _: {"members": []},
            "views.open": lambda team, _: {"view": {"id": "V1", "hash": "1"}},
            "views.publish": lambda team, _: {"view": {"id": "V1", "hash": "1"}},
        }  # fmt: skip

    def answer(self, method: str, token: str, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return the seconds that the caller is to wait, 0 for an answer, and the answer."""
        self.counts.calls[method] += 1
        team = token.removeprefix("xoxb-")
        handle = self._methods.get(method)
        if handle is None:
            self.counts.unknown[method] += 1
            return 0, {"ok": False, "error": "unknown_method"}
        if not team.startswith("T") and method != "api.test":
            return 0, {"ok": False, "error": "invalid_auth"}
        wait = self._wait(method, team, said)
        if wait:
            self.counts.limited[method] += 1
            return math.ceil(wait), {"ok": False, "error": "ratelimited"}
        return 0, {"ok": True, **handle(team, said)}

    def _wait(self, method: str, team: str, said: dict[str, Any]) -> float:
        if method in ("api.test", "auth.test"):
            return 0.0
        place, rate, most = team, PER_MINUTE.get(method, OTHERS) / 60, float(PER_MINUTE.get(method, OTHERS))
        if method == POST:
            place, rate, most = str(said.get("channel")), POSTS_PER_SECOND, BURST
        now = time.monotonic()
        bucket = self._buckets.setdefault((method, place), Bucket(rate, most, most, now))
        return bucket.take(now)

    def _post(self, team: str, said: dict[str, Any]) -> dict[str, Any]:
        self._ts += 1
        channel, now = str(said["channel"]), time.time()
        slot = said.get("metadata", {}).get("event_payload", {}).get("slot", "")
        self.counts.posted(channel, slot, now)
        ts = f"{int(now)}.{self._ts % 1_000_000:06}"
        return {"channel": channel, "ts": ts, "message": {"ts": ts, "text": said.get("text", "")}}


class Connection(asyncio.Protocol):
    """One connection of a bot's: requests one after the other, each answered after `latency` seconds."""

    def __init__(self, workspaces: Workspaces, latency: float, scopes: str) -> None:
        self._workspaces = workspaces
        self._latency = latency
        self._scopes = scopes
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where answers go."""
        # Of uvloop's own kind, which names no class of asyncio's.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take what has come in, and answer what is whole."""
        self._buffer += data
        while (found := self._buffer.find(b"\r\n\r\n")) >= 0:
            lines = self._buffer[:found].split(b"\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines[1:])
            }
            end = found + 4 + int(headers.get(b"content-length", b"0"))
            if len(self._buffer) < end:
                return
            body, self._buffer = self._buffer[found + 4 : end], self._buffer[end:]
            self._request(lines[0].split(b" ")[1], headers, body)

    def _request(self, target: bytes, headers: dict[bytes, bytes], body: bytes) -> None:
        closes = headers.get(b"connection", b"").lower() == b"close"
        path, _, query = target.partition(b"?")
        if path == FIGURES:
            self._write(200, "", self._workspaces.counts.figures(), closes)
            return
        token = headers.get(b"authorization", b"").decode().removeprefix("Bearer ")
        said = _arguments(headers.get(b"content-type", b""), query, body)
        wait, answer = self._workspaces.answer(
            path.rpartition(b"/")[2].decode(), token or said.get("token", ""), said
        )
        after = f"Retry-After: {wait}\r\n" if wait else ""
        loop = asyncio.get_running_loop()
        loop.call_later(self._latency, self._write, 429 if wait else 200, after, answer, closes)

    def _write(self, status: int, after: str, answer: dict[str, Any], closes: bool) -> None:
        if self._transport.is_closing():
            return
        body = json.dumps(answer).encode()
        head = (
            f"HTTP/1.1 {status} X\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
            f"Date: {formatdate(usegmt=True)}\r\nx-oauth-scopes: {self._scopes}\r\n{after}"
            f"Connection: {'close' if closes else 'keep-alive'}\r\n\r\n"
        )
        self._transport.write(head.encode() + body)
        if closes:
            self._transport.close()


def _arguments(kind: bytes, query: bytes, body: bytes) -> dict[str, Any]:
    if kind.startswith(b"application/json"):
        said: dict[str, Any] = json.loads(body or b"{}")
        return said
    return dict(parse_qsl((query + b"&" + body).decode()))


@dataclass(frozen=True)
class Running:
    """The Slack of a run: where it is, and its process."""

    port: int
    pid: int

    @property
    def api_url(self) -> str:
        """Return where bots call it."""
        return f"http://127.0.0.1:{self.port}/api/"

    def figures(self) -> dict[str, Any]:
        """Return what it has counted."""
        with urlopen(f"http://127.0.0.1:{self.port}{FIGURES.decode()}", timeout=30) as answer:
            counted: dict[str, Any] = json.load(answer)
        return counted


@contextmanager
def limited_slack(latency_ms: float) -> Iterator[Running]:
    """Start one in a process of its own, and end it."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.limited_slack", str(port), "--latency-ms", str(latency_ms)]
    with process_of(command, ROOT, os.environ) as process:
        running = Running(port, process.pid)
        _until_listening(running)
        yield running


def _until_listening(running: Running) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            running.figures()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


async def _serve(port: int, latency: float) -> None:
    workspaces, scopes = Workspaces(), ",".join(scopes_in_use())
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(workspaces, latency, scopes), "127.0.0.1", port, backlog=512
    )
    await server.serve_forever()


def main() -> int:
    """Serve until it is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    options = parser.parse_args()
    # As uvicorn does: half the cost of asyncio's own loop.
    import uvloop

    uvloop.run(_serve(options.port, options.latency_ms / 1000))
    return 0


if __name__ == "__main__":
    sys.exit(main())
