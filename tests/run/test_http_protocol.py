"""What a client may do with its connection: seen from sockets, on the server that every mode runs on."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from bot.http import protocol
from bot.http.asgi import Receive, Scope, Send, gather, respond
from bot.http.protocol import HEAD_MAX_BYTES
from bot.serve import Server

LARGE = b"x" * 4_000_000
ASK = b"GET / HTTP/1.1\r\nHost: bot\r\n\r\n"
SECONDS = 0.3


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the path, /large with much, a POST with its body."""
    if scope["method"] == "POST":
        await respond(send, 200, await gather(receive, 1_000_000))
    else:
        await respond(send, 200, LARGE if scope["path"] == "/large" else scope["path"])


class Running:
    """The server in a thread of its own."""

    def __init__(self) -> None:
        self.server = Server()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self.server.serve_on, args=([self._listener], application))
        self._thread.start()

    def connect(self, receive_buffer: int = 0) -> socket.socket:
        connection = socket.socket()
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(5)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def open(self) -> int:
        return len(self.server.server_state.connections)

    def is_well(self) -> bool:
        with self.connect() as connection:
            connection.sendall(ASK)
            return answer(connection).endswith(b"/")

    def stop(self) -> None:
        self.server.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", SECONDS)
    monkeypatch.setattr(protocol, "ANSWER_SECONDS", SECONDS)
    running = Running()
    yield running
    running.stop()


def answer(connection: socket.socket) -> bytes:
    """The first answer on a connection, head and body."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65_536)
    length = int(got.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(got.partition(b"\r\n\r\n")[2]) < length:
        got += connection.recv(65_536)
    return got


def is_ended(connection: socket.socket) -> bool:
    """Say whether the server ends a connection, within the five seconds that a test waits."""
    try:
        while connection.recv(65_536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def eventually(claim: object) -> bool:
    deadline = time.monotonic() + 5
    assert callable(claim)
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_a_client_that_waits_for_its_answers_keeps_its_connection(server: Running) -> None:
    with server.connect() as connection:
        for _ in range(3):
            connection.sendall(ASK)
            assert answer(connection).endswith(b"/")
            time.sleep(2 * SECONDS)
        connection.sendall(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        for piece in (b"1\r\na\r\n", b"1\r\nb\r\n", b"0\r\nX-Trailer: 1\r\n\r\n"):
            connection.sendall(piece)
        assert answer(connection).endswith(b"ab")
        connection.sendall(ASK)
        assert answer(connection).endswith(b"/")


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nX: "])
def test_a_head_that_is_late_ends_its_connection(server: Running, sent: bytes) -> None:
    with server.connect() as connection:
        connection.sendall(sent)
        assert is_ended(connection)


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        (b"GET / HTTP/1.1\r\nX: ", b"x"),
        (b"GET /", b"x"),
        (b"GET / HTTP/1.1\r\n", b"X: a\r\n"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ", b"x"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: a\r\n"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x"),
    ],
)
def test_what_is_no_body_and_has_no_end_is_cut(server: Running, head: bytes, rest: bytes) -> None:
    with server.connect() as connection:
        connection.sendall(head)
        sent, piece = 0, rest * (8192 // len(rest))
        with pytest.raises(ConnectionError):  # noqa: PT012 - which of the pieces meets the closed door is open
            while sent < 300 * HEAD_MAX_BYTES:
                connection.sendall(piece)
                sent += len(piece)
    assert server.is_well()


def test_of_requests_that_are_not_waited_for_one_is_answered(server: Running) -> None:
    with server.connect() as connection:
        connection.sendall(ASK * 10_000)
        got = b""
        try:
            while piece := connection.recv(65_536):
                got += piece
        except ConnectionError:
            pass
    assert got.count(b"HTTP/1.1") == 1
    assert eventually(lambda: server.open() == 0)


def test_a_client_that_does_not_take_its_answer_is_left(server: Running) -> None:
    with server.connect(receive_buffer=4096) as connection:
        connection.sendall(ASK.replace(b"/ ", b"/large "))
        assert eventually(lambda: server.open() == 1)
        assert eventually(lambda: server.open() == 0)


def test_a_client_that_closed_its_side_is_answered(server: Running) -> None:
    with server.connect() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab")
        connection.shutdown(socket.SHUT_WR)
        assert answer(connection).endswith(b"ab")
        assert is_ended(connection)


def test_idle_connections_give_way_to_new_ones(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (40, 40))
    idle = []
    for _ in range(24):
        idle.append(server.connect())
        idle[-1].sendall(ASK)
        answer(idle[-1])
    assert server.is_well()
    assert is_ended(idle[0])
    assert eventually(lambda: server.open() <= 20)
    idle[-1].sendall(ASK)
    assert answer(idle[-1]).endswith(b"/")
    for connection in idle:
        connection.close()


def test_nothing_that_a_client_leaves_open_holds_up_the_end(server: Running) -> None:
    stuck = server.connect(receive_buffer=4096)
    stuck.sendall(ASK.replace(b"/ ", b"/large "))
    idle = server.connect()
    idle.sendall(ASK)
    answer(idle)
    started = time.monotonic()
    server.stop()
    assert time.monotonic() - started < 5
    stuck.close()
    idle.close()
