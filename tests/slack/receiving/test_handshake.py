"""Opening the socket: by a deadline, quoting nobody, without a password in the log, and told "later" without sleeping."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from websockets.sync.server import ServerConnection, serve

from bot.local_slack import LocalSlackServer
from bot.slack.api import web
from bot.slack.api.exchange import LaterError
from bot.slack.receiving import address as subject
from bot.slack.receiving.address import SocketAddress
from bot.slack.receiving.handshake import Opening, SocketTiming
from bot.slack.receiving.socket import SocketLink
from tests.slack.peer import Peer, Speaks, answers, hear_out
from tests.slack.stage import Stage

QUOTED = "quoted-portal"
PASSWORD = "s3cret"
SECONDS = 0.4
SOON = 3.0


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


@pytest.fixture
def app() -> App:
    result = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1")
    return App(
        signing_secret="s",
        authorize=lambda: result,
        client=web.client(None, "http://127.0.0.1:9/"),
        logger=logging.getLogger("tests.bolt"),
    )


def slack_with(greeting: Speaks, address: Callable[[int], str] | None = None) -> Peer:
    """A Slack that gives the address of a socket, where `greeting` speaks."""

    def speak(connection: socket.socket, over: threading.Event) -> None:
        if connection.recv(4, socket.MSG_PEEK) != b"POST":
            greeting(connection, over)
            return
        url = address(peer.port) if address else f"ws://127.0.0.1:{peer.port}/link?ticket=1"
        answers(200, json.dumps({"ok": True, "url": url}).encode())(connection, over)

    peer = Peer(speak)
    return peer


def link_to(peer: Peer, app: App, opening: float = SECONDS) -> SocketLink:
    client = web.client("xapp-1", peer.url, deadline=2)
    return SocketLink(app, "xapp-1", client, 1, timing=SocketTiming(opening=opening))


def drip(first: bytes, then: bytes) -> Speaks:
    def speak(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(first)
        while not over.wait(0.05):
            connection.sendall(then)

    return speak


def greets(said: bytes) -> Speaks:
    def speak(connection: socket.socket, over: threading.Event) -> None:
        hear_out(connection)
        connection.sendall(said)

    return speak


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (f"220-ready {QUOTED} {QUOTED}\r\n\r\n", "it is no HTTP, where a socket was to open"),
        (f"HTTP/1.1 200 {QUOTED}\r\nX: {QUOTED}\r\n\r\n<html>", "HTTP 200, where a socket was to open"),
        (f"HTTP/1.1 {QUOTED} x\r\n\r\n", "it is no HTTP, where a socket was to open"),
        (f"HTTP/1.1 101 {QUOTED}\r\nSec-WebSocket-Accept: {QUOTED}\r\n\r\n", "HTTP 101, but no socket"),
        (f"HTTP/1.1 101 x\r\nX: {QUOTED * 3000}", "it is no HTTP, where a socket was to open"),
    ],
)
def test_a_stranger_at_the_socket_is_not_quoted(
    said: str, why: str, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    with slack_with(greets(said.encode())) as peer:
        link = link_to(peer, app)
        link.start()
        error = logged(caplog)
        link.close()
    assert error == f"what answered was not Slack: {why}"
    assert QUOTED not in caplog.text


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (None, "TimeoutError"), (QUOTED, "what answered was not Slack: HTTP 101, but no hello"),
        ("[" * 99_999, "what answered was not Slack: HTTP 101, but no hello"),
        (f'{{"type": "{QUOTED}"}}', "what answered was not Slack: HTTP 101, but no hello"),
        ('["hello"]', "what answered was not Slack: HTTP 101, but no hello"), (b"", "ConnectionError"),
    ],
)  # fmt: skip
def test_a_socket_without_slacks_hello_is_not_open_though_it_answers_pings(
    said: str | bytes | None, why: str, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    def speak(connection: ServerConnection) -> None:
        if said:
            connection.send(said)
        if said != b"":
            for _ in connection:
                pass

    # What the stranger itself logs is not the bot's.
    with serve(speak, "127.0.0.1", 0, logger=web.quiet("tests.stranger")) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.socket.getsockname()[1]
        with slack_with(drip(b"", b""), lambda _: f"ws://127.0.0.1:{port}/link?ticket=1") as peer:
            link = link_to(peer, app)
            link.start()
            error = logged(caplog)
            assert not link.is_connected()
            link.close()
    assert error == why
    assert QUOTED not in caplog.text


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """Return the reason that the bot logs for having no socket."""
    ends = time.monotonic() + 5
    while time.monotonic() < ends:
        for record in caplog.records:
            if record.name == "bot.slack.receiving.socket":
                return str(vars(record)["error"])
        time.sleep(0.01)
    raise AssertionError("nothing was logged")


def test_a_proxys_password_is_in_no_log(
    app: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refuse = greets(f"HTTP/1.1 407 {QUOTED} sign in\r\n\r\n".encode())
    with slack_with(refuse, lambda port: "wss://wss.slack.example/link?ticket=1") as peer:
        monkeypatch.setenv("HTTPS_PROXY", f"http://bob:{PASSWORD}@127.0.0.1:{peer.port}")
        link = link_to(peer, app)
        link.start()
        error = logged(caplog)
        link.close()
    assert error == "the proxy refused the connection, 407"
    assert PASSWORD not in caplog.text
    assert QUOTED not in caplog.text


@pytest.mark.parametrize(
    ("greeting", "through_a_proxy"),
    [
        (drip(b"HTTP/1.1 101 X\r\n", b"X"), False),
        (drip(b"", b"X"), False),
        (drip(b"HTTP/1.1 200 X\r\n", b"X"), True),
        (drip(b"HTTP/1.1 200 X\r\n\r\n\x16\x03\x03\x40\x00", b"\x02"), True),
    ],
)
def test_a_byte_at_a_time_ends_at_the_deadline(
    greeting: Speaks, through_a_proxy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "wss://wss.slack.example/link" if through_a_proxy else ""
    with Peer(greeting) as peer:
        url = address or f"ws://127.0.0.1:{peer.port}/link"
        if through_a_proxy:
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{peer.port}")
        began = time.monotonic()
        with pytest.raises(OSError):  # noqa: PT011 - in whatever way it ends, it does
            Opening(url, SocketTiming(opening=SECONDS)).connect()
        assert time.monotonic() - began < SOON


def test_closing_does_not_wait_for_a_socket_that_is_being_opened(app: App) -> None:
    heard = threading.Event()

    def greeting(connection: socket.socket, over: threading.Event) -> None:
        heard.set()
        drip(b"HTTP/1.1 101 X\r\n", b"X")(connection, over)

    with slack_with(greeting) as peer:
        link = link_to(peer, app, opening=60)
        link.start()
        assert heard.wait(5)
        began = time.monotonic()
        link.close()
        link._thread.join(SOON)
        assert not link._thread.is_alive()
        assert time.monotonic() - began < SOON


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("99999999", 30), ("9" * 400, 30), ("quoted-portal", 30), ("-1", 30), ("0", 5), ("7", 7)],
)
def test_being_asked_to_wait_neither_sleeps_nor_asks_again(header: str, seconds: int) -> None:
    with Peer(answers(429, b"", f"Retry-After: {header}")) as peer:
        address = SocketAddress(web.client("xapp-1", peer.url, deadline=2), "xapp-1")
        began = time.monotonic()
        for _ in range(2):
            with pytest.raises(LaterError) as later:
                address.fresh()
            assert seconds - 1 < later.value.seconds <= seconds
        assert time.monotonic() - began < SOON


def test_a_link_that_was_asked_to_wait_comes_up_afterwards(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "SHORTEST_WAIT", 0.1)
    with LocalSlackServer() as slack:
        slack.faults.rate_limit("apps.connections.open", retry_after=1)
        link = SocketLink(app, slack.app_token, web.client(slack.app_token, slack.api_url, deadline=2), 1)
        link.start()
        slack.wait_for_socket()
        assert [call.status for call in slack.calls.of_method("apps.connections.open")] == [429, 200]
        link.close()


def test_the_bot_as_a_whole_logs_no_password_of_a_proxy(
    proxied: None, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.slack.driver.mention("alice", "general", "Ningbo?")
    stage.settle()
    assert PASSWORD not in caplog.text


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://bob:{PASSWORD}@127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
