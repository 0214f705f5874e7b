"""Something at an address that is not Slack: a program that a test writes speaks to whoever connects."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from types import TracebackType

Speaks = Callable[[socket.socket, threading.Event], None]


class Peer:
    """Listens on a free port and lets `speak` have each connection, until the test is over."""

    def __init__(self, speak: Speaks) -> None:
        self._speak = speak
        self._over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/api/"
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Peer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._meet, args=(connection,), daemon=True).start()

    def _meet(self, connection: socket.socket) -> None:
        with connection:
            try:
                self._speak(connection, self._over)
            except OSError:
                # The bot hung up, which is what most of these tests are about.
                return


def hear_out(connection: socket.socket) -> bytes:
    """Return a request, whole: who hangs up on half a request resets the connection."""
    heard = b""
    while (length := _length(heard)) is None or len(heard.partition(b"\r\n\r\n")[2]) < length:
        piece = connection.recv(65536)
        if not piece:
            break
        heard += piece
    return heard


def _length(heard: bytes) -> int | None:
    head, end, _ = heard.partition(b"\r\n\r\n")
    found = re.search(rb"(?im)^content-length: (\d+)", head)
    return (int(found[1]) if found else 0) if end else None


def says(*pieces: bytes, pause: float = 0.05) -> Speaks:
    """Hear a request out and send `pieces`, the last of them again and again, a `pause` apart."""

    def speak(connection: socket.socket, over: threading.Event) -> None:
        hear_out(connection)
        for piece in pieces:
            connection.sendall(piece)
        while not over.wait(pause):
            connection.sendall(pieces[-1])

    return speak


def answers(status: int, body: bytes, *headers: str, says_so: str = "X") -> Speaks:
    """Answer every request so, and hang up; `says_so` is the reason beside the status."""
    head = "\r\n".join((f"HTTP/1.1 {status} {says_so}", *headers, f"Content-Length: {len(body)}", "", ""))

    def speak(connection: socket.socket, over: threading.Event) -> None:
        hear_out(connection)
        connection.sendall(head.encode() + body)

    return speak


def deaf(connection: socket.socket, over: threading.Event) -> None:
    """Neither hear nor say anything until the test is over."""
    over.wait()


def one_after_the_other(*speaks: Speaks) -> Speaks:
    """Let each of `speaks` have one connection, in turn."""
    turns = iter(speaks)
    return lambda connection, over: next(turns)(connection, over)
