"""A socket whose line is cut or goes silent: the link comes back in time, and no message is lost or answered twice.

A relay stands between the bot and the local Slack, and ends lines as networks do.
"""

from __future__ import annotations

import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.local_slack import LocalSlackServer
from bot.local_slack.driver.socket_mode import SocketModeServer
from bot.slack.api import deadline, web
from bot.slack.receiving.handshake import SocketTiming
from bot.slack.receiving.socket import PAUSES, SocketLink
from tests.slack.stage import Stage

QUICK = SocketTiming(ping_every=0.3, pong_within=0.3, close_within=0.2)
CUT, SILENT = 3.0, 15.0


class Relay:
    """Passes bytes on, over TLS towards the bot where it has a certificate, until a line is ended in some way."""

    def __init__(self, port: int, certificate: tuple[Path, Path] | None) -> None:
        self._port = port
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*certificate)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._lines: list[tuple[socket.socket, socket.socket]] = []
        self._swallow = False
        self._goodbyes: list[threading.Event] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()
        for line in self._lines:
            for end in line:
                with suppress(OSError):
                    end.close()

    def say_goodbye(self) -> None:
        """End the line as TLS or, without it, TCP does: close_notify, then FIN."""
        for goodbye in self._goodbyes:
            goodbye.set()

    def finish(self) -> None:
        """FIN, without a word of TLS's."""
        for line in self._lines:
            for end in line:
                with suppress(OSError):
                    socket.socket.shutdown(end, socket.SHUT_RDWR)

    def reset(self) -> None:
        """RST."""
        for line in self._lines:
            for end in line:
                with suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    socket.socket.shutdown(end, socket.SHUT_RD)
                    end.close()

    def swallow(self) -> None:
        """Take everything of the lines there are, and pass nothing on, either way."""
        self._swallow = True

    def heal(self) -> None:
        self._swallow = False

    def _serve(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(here,), daemon=True).start()

    def _join(self, here: socket.socket) -> None:
        if self._context is not None:
            here = self._context.wrap_socket(here, server_side=True)
        there = socket.create_connection(("127.0.0.1", self._port))
        self._lines.append((here, there))
        goodbye = threading.Event()
        self._goodbyes.append(goodbye)
        with suppress(OSError, ValueError):
            self._pass({here: there, there: here}, goodbye)

    def _pass(self, ways: dict[socket.socket, socket.socket], goodbye: threading.Event) -> None:
        """Pass on what comes, both ways in one thread: a line of TLS is read, written and ended by one alone."""
        is_lost = False
        while not goodbye.is_set():
            for source in _readable(list(ways)):
                piece = source.recv(65536)
                is_lost |= self._swallow and bool(piece)
                if piece and not is_lost:
                    ways[source].sendall(piece)
                if not piece:
                    target = ways.pop(source)
                    if not is_lost:
                        target.shutdown(socket.SHUT_WR)
            if not ways:
                return
        for end in ways:
            if isinstance(end, ssl.SSLSocket):
                end.settimeout(0.1)
                with suppress(OSError, ValueError):
                    end.unwrap()
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _readable(ends: list[socket.socket]) -> list[socket.socket]:
    """Return those that hold something to read, or after a moment none."""
    decrypted: list[socket.socket] = [end for end in ends if isinstance(end, ssl.SSLSocket) and end.pending()]
    return decrypted or select.select(ends, [], [], 0.02)[0]


ENDINGS: dict[str, Callable[[Relay], None]] = {
    "close_notify": Relay.say_goodbye,
    "FIN": Relay.finish,
    "RST": Relay.reset,
    "black hole": Relay.swallow,
}


@pytest.fixture(params=["ws", "wss"])
def relayed(
    request: pytest.FixtureRequest, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[LocalSlackServer, Relay]]:
    """A local Slack whose sockets lead through a relay."""
    over_tls = request.param == "wss"
    given = SocketModeServer.open_connection
    port: list[int] = []

    def through_the_relay(server: SocketModeServer) -> str:
        parts = urlsplit(given(server))
        return parts._replace(scheme=request.param, netloc=f"127.0.0.1:{port[0]}").geturl()

    monkeypatch.setattr(SocketModeServer, "open_connection", through_the_relay)
    with LocalSlackServer() as slack:
        first = urlsplit(given(slack.workspace.socket_mode))
        relay = Relay(first.port or 0, certificate if over_tls else None)
        port.append(relay.port)
        if over_tls:
            trusting = ssl.create_default_context(cafile=str(certificate[0]))
            monkeypatch.setattr(deadline, "usual_context", lambda: trusting)
        yield slack, relay
        relay.close()


@pytest.fixture
def app() -> App:
    return App(
        signing_secret="s",
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1"),
    )


def until(holds: Callable[[], bool], seconds: float) -> float:
    """Wait until `holds`, and return how long that took; AssertionError after `seconds`."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds
        time.sleep(0.01)
    return time.monotonic() - began


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_line_that_was_cut_or_went_silent_is_opened_again(
    ending: str, relayed: tuple[LocalSlackServer, Relay], app: App
) -> None:
    slack, relay = relayed
    client = web.client(slack.app_token, slack.api_url, deadline=2)
    link = SocketLink(app, slack.app_token, client, 1, timing=QUICK)
    link.start()
    until(link.is_connected, 5)
    ENDINGS[ending](relay)
    until(lambda: not link.is_connected() or opened(slack) >= 2, CUT)
    relay.heal()
    until(lambda: opened(slack) >= 2 and link.is_connected(), CUT)
    link.close()


def opened(slack: LocalSlackServer) -> int:
    return len(slack.calls.of_method("apps.connections.open"))


def test_the_bots_own_times_bring_a_silent_line_back_within_fifteen_seconds() -> None:
    timing = SocketTiming()
    assert timing.silence + PAUSES[0] + PAUSES[1] < SILENT - CUT
    assert max(PAUSES[:4]) < CUT


@pytest.mark.parametrize("ending", ["disconnect", "drop"])
def test_a_link_that_was_cut_or_asked_to_leave_comes_back(ending: str, app: App) -> None:
    with LocalSlackServer() as slack:
        link = SocketLink(app, slack.app_token, web.client(slack.app_token, slack.api_url, deadline=2), 1)
        link.start()
        slack.wait_for_socket()
        getattr(slack.workspace.socket_mode, ending)()
        slack.calls.wait_for("apps.connections.open", 2, timeout=CUT)
        slack.wait_for_socket()
        link.close()


def test_a_socket_that_is_asked_to_leave_at_once_is_not_opened_without_end(app: App) -> None:
    with LocalSlackServer() as slack:
        link = SocketLink(app, slack.app_token, web.client(slack.app_token, slack.api_url, deadline=2), 1)
        link.start()
        for _ in range(20):
            slack.wait_for_socket()
            slack.workspace.socket_mode.disconnect("link_disabled")
            time.sleep(0.1)
        assert opened(slack) <= 5
        link.close()


@pytest.mark.parametrize("stage", ["socket"], indirect=True)
def test_a_mention_whose_ack_was_lost_with_the_line_is_answered_once(stage: Stage) -> None:
    asked = stage.slack.driver.mention("alice", "general", "Ningbo?")
    stage.slack.workspace.socket_mode.drop()
    stage.slack.wait_for_socket()
    stage.slack.driver.resend(asked)
    stage.settle()
    assert len(stage.replies(asked.message)) == 1
