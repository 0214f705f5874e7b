"""A call ends at its deadline, whatever the other side does, and what it says is never quoted."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request

import pytest

from bot.digests.verified_poster import RetryLater, UnknownOutcome, VerifiedPoster
from bot.slack.api import exchange as subject
from bot.slack.api import web
from bot.slack.api.exchange import NotSlackError, exchange
from tests.slack.peer import Peer, Speaks, answers, deaf, says

SECONDS = 0.3
# Far above the deadline, far below a wait for each piece.
SOON = 3.0
HEAD = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def call(url: str, data: bytes = b"x", **others: Any) -> subject.HttpAnswer:
    return exchange(Request(url, data=data, method="POST"), SECONDS, **others)


@pytest.mark.parametrize(
    "speak",
    [
        pytest.param(says(HEAD, b"X-Again: and again\r\n"), id="headers"),
        pytest.param(says(HEAD, b"Content-Length: 90000\r\n\r\n", b" "), id="a body"),
        pytest.param(says(HEAD, b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"), id="chunks"),
        pytest.param(says(b"HTTP/1.1 100 Continue\r\n\r\n"), id="continue"),
        pytest.param(says(b"H", b""), id="a line that never ends"),
        pytest.param(deaf, id="silence"),
    ],
)
def test_what_trickles_in_ends_at_the_deadline(speak: Speaks) -> None:
    with Peer(speak) as peer, within(SOON), pytest.raises(TimeoutError):
        call(peer.url)


def test_what_nobody_reads_ends_at_the_deadline() -> None:
    with Peer(deaf) as peer, within(SOON), pytest.raises(URLError) as stuck:
        call(peer.url, data=bytes(64 * 1024 * 1024))
    assert isinstance(stuck.value.reason, TimeoutError)


def test_a_proxy_that_trickles_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    with Peer(says(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n")) as peer:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{peer.port}")
        with within(SOON), pytest.raises(URLError):
            call("https://slack.example/api/")


def test_a_name_that_is_looked_up_for_ever_ends_at_the_deadline_and_nothing_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(30) and [])
    try:
        with within(SOON):
            outcome = VerifiedPoster(
                web.client("xoxb-1", "http://slack.example/api/", deadline=SECONDS), 7.0
            ).post("C1", "text", (), "key")
    finally:
        over.set()
    assert isinstance(outcome, RetryLater)


@pytest.mark.parametrize(
    "speak",
    [
        pytest.param(answers(200, b"", "X" * 70_000 + ": quoted-portal"), id="a header without end"),
        pytest.param(says(b"SSH-2.0-quoted-portal\r\n"), id="no HTTP"),
        pytest.param(
            says(HEAD, b"Transfer-Encoding: chunked\r\n\r\n", b"quoted-portal\r\n"), id="bad chunks"
        ),
    ],
)
def test_what_is_no_http_is_not_slacks_and_is_not_quoted(speak: Speaks) -> None:
    with Peer(speak) as peer:
        with pytest.raises(NotSlackError) as raised:
            call(peer.url)
        assert "quoted-portal" not in str(raised.value)
        outcome = VerifiedPoster(web.client("xoxb-1", peer.url, deadline=SECONDS), 7.0).post(
            "C1", "text", (), "key"
        )
    assert isinstance(outcome, UnknownOutcome)
    assert "quoted-portal" not in outcome.why


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "LARGEST", 100_000)
    with Peer(answers(200, bytes(200_000))) as peer, pytest.raises(NotSlackError, match="100000 bytes"):
        call(peer.url)


def test_a_redirect_is_an_answer_like_any_other() -> None:
    with Peer(answers(302, b"", "Location: http://127.0.0.1:9/")) as peer:
        assert call(peer.url).status == 302


def test_a_proxy_is_used_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with Peer(answers(200, b"hello")) as proxy:
        request = Request("http://slack.example/api/", data=b"x")
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        for _ in range(2):
            answer = exchange(request, SECONDS)
            assert (answer.status, answer.body) == (200, b"hello")


def test_a_refused_connection_stays_what_it_is() -> None:
    with Peer(deaf) as peer:
        port = peer.port
    with pytest.raises(URLError) as refused:
        call(f"http://127.0.0.1:{port}/")
    assert isinstance(refused.value.reason, ConnectionRefusedError)


# -- over TLS ---------------------------------------------------------------------------------------------


def over_tls(speak: Speaks, certificate: tuple[Path, Path]) -> Speaks:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def speak_secretly(connection: socket.socket, over: threading.Event) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            speak(secured, over)

    return speak_secretly


def test_an_answer_comes_over_tls_and_a_trickle_ends(certificate: tuple[Path, Path]) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    with Peer(over_tls(answers(200, b"hello"), certificate)) as peer:
        assert call(f"https://127.0.0.1:{peer.port}/", context=trusting).body == b"hello"
    trickling = over_tls(says(HEAD, b"X-A: b\r\n"), certificate)
    with Peer(trickling) as peer, within(SOON), pytest.raises(TimeoutError):
        call(f"https://127.0.0.1:{peer.port}/", context=trusting)
    with Peer(over_tls(deaf, certificate)) as peer, within(SOON), pytest.raises(URLError):
        call(f"https://127.0.0.1:{peer.port}/", data=bytes(64 * 1024 * 1024), context=trusting)


def test_a_handshake_that_never_ends_does() -> None:
    with Peer(deaf) as peer, within(SOON), pytest.raises(URLError):
        call(f"https://127.0.0.1:{peer.port}/")


def test_a_certificate_that_is_not_slacks_means_that_nothing_was_sent(certificate: tuple[Path, Path]) -> None:
    with Peer(over_tls(answers(200, b"hello"), certificate)) as peer:
        client = web.client("xoxb-1", f"https://127.0.0.1:{peer.port}/api/", deadline=5)
        assert isinstance(VerifiedPoster(client, 7.0).post("C1", "text", (), "key"), RetryLater)
