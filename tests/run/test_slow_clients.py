"""Clients that send a byte now and then, fifty at once, hold up nobody: not commands, not health, not digests."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType

import pytest

from bot.http.asgi import BODY_SECONDS
from bot.http.protocol import HEAD_MAX_BYTES, HEAD_SECONDS
from bot.local_slack import LocalSlackServer
from bot.slack.listeners.manifest import scopes_in_use
from tests.run.bot_process import Bot
from tests.run.test_digests import over_http, states, subscribe

MANY = 50
# Slack gives up on a command after so many seconds.
SLACK_WAITS_SECONDS = 3.0
COMMANDS = ("Ningbo", "Hefei", "Taizhou", "Suzhou", "Wuxi", "Jiaxing", "Huzhou", "Bengbu")


def head_of_slack() -> bytes:
    """The head of a request whose signature only the body can prove wrong."""
    return (
        b"POST /slack/events HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n"
        b"X-Slack-Request-Timestamp: %d\r\nX-Slack-Signature: v0=%s\r\n\r\n" % (time.time(), b"0" * 64)
    )


def unsigned_head() -> bytes:
    return b"POST /slack/events HTTP/1.1\r\nHost: bot\r\nContent-Length: 1000\r\n\r\n"


def unfinished_head() -> bytes:
    return b"POST /slack/events HTTP/1.1\r\nHost: bot\r\nX-Slow: "


def head_for_health() -> bytes:
    return b"GET /healthz HTTP/1.1\r\nHost: bot\r\nContent-Length: 1000\r\n\r\n"


class Trickle:
    """Many connections that go on with a byte twice a second, for as long as the bot lets them."""

    def __init__(self, port: int, head: Callable[[], bytes], count: int = MANY) -> None:
        self._open = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(count)]
        for connection in self._open:
            connection.sendall(head())
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._go_on)

    def __enter__(self) -> Trickle:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()
        for connection in self._open:
            connection.close()

    @property
    def open(self) -> int:
        """How many the bot has not ended."""
        return len(self._open)

    def _go_on(self) -> None:
        while not self._end.wait(0.5):
            for connection in list(self._open):
                try:
                    connection.sendall(b"x")
                except OSError:
                    self._open.remove(connection)
                    connection.close()

    def wait_until_ended(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self._open:
            assert time.monotonic() < deadline, f"{self.open} connections are still open"
            time.sleep(0.1)


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


def seconds(act: Callable[[], object]) -> float:
    started = time.monotonic()
    act()
    return time.monotonic() - started


def command(slack: LocalSlackServer, city: str) -> None:
    answered = slack.driver.command("alice", "general", "/yrd-city", city)
    assert answered.ok, answered
    assert answered.message
    assert city in answered.message.text


def healthy(bot: Bot) -> None:
    assert bot.get("/healthz") == (200, {"ok": True})
    assert bot.get("/readyz")[0] == 200


def test_commands_health_and_digests_go_on_beside_fifty_slow_bodies(
    slack: LocalSlackServer, folder: Path
) -> None:
    subscribe(folder, datetime.now(UTC) + timedelta(seconds=6))
    with over_http(slack, folder) as bot, Trickle(bot.port, head_of_slack) as slow:
        taken = [seconds(partial(command, slack, city)) for city in COMMANDS]
        taken += [seconds(lambda: healthy(bot)) for _ in COMMANDS]
        [call] = slack.calls.wait_for("chat.postMessage", 1, timeout=20)
        assert slow.open == MANY, "the bodies were not slow enough to show anything"
    assert max(taken) < SLACK_WAITS_SECONDS
    assert "port" in call.payload["text"].lower()
    assert states(folder)[:1] == ["posted"]


def test_no_connection_can_be_kept_by_sending_slowly(slack: LocalSlackServer, folder: Path) -> None:
    with over_http(slack, folder) as bot, ExitStack() as parts:
        heads = (head_of_slack, unsigned_head, unfinished_head, head_for_health)
        slow = [parts.enter_context(Trickle(bot.port, head)) for head in heads]
        healthy(bot)
        for each in slow:
            each.wait_until_ended(max(BODY_SECONDS, HEAD_SECONDS) + 5)
        command(slack, "Ningbo")
        assert is_cut_off(bot, b"GET /healthz HTTP/1.1\r\nX-Long: " + b"x" * 3 * HEAD_MAX_BYTES)
        healthy(bot)


def is_cut_off(bot: Bot, head: bytes) -> bool:
    """Say whether the bot ends a connection on which that head comes."""
    with socket.create_connection(("127.0.0.1", bot.port), timeout=5) as connection:
        with suppress(ConnectionError):
            connection.sendall(head)
        try:
            return connection.recv(65_536).startswith(b"HTTP/1.1 400")
        except ConnectionError:
            return True


def test_the_page_goes_on_beside_slow_bodies_and_they_do_not_hold_up_the_end(folder: Path) -> None:
    def act() -> bytes:
        return (
            b"POST /workspace/act HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Content-Length: 1000\r\n\r\n"
        )

    with Bot(folder, {}) as bot, Trickle(bot.port, act) as slow:
        assert max(seconds(lambda: page(bot)) for _ in range(10)) < SLACK_WAITS_SECONDS
        assert slow.open == MANY
        bot.terminate()
        assert bot.exit_status() == 0


def page(bot: Bot) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", bot.port, timeout=5)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    connection.close()
