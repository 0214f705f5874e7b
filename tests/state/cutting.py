"""A wire to a PostgreSQL that can be cut, at a commit before or after it arrives, or for as long as a test wants."""

from __future__ import annotations

import socket
import threading
from typing import Final, Literal
from urllib.parse import urlsplit

COMMIT: Final = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""A simple query, as psycopg ends a transaction: www.postgresql.org/docs/current/protocol-message-formats.html."""
Cut = Literal["", "before", "after", "held"]


def between(url: str) -> tuple[tuple[str, int], socket.socket, str]:
    """Return where a server is, what listens in its place, and the URL that leads there."""
    server = (urlsplit(url).hostname or "", urlsplit(url).port or 0)
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    return server, listener, url.replace(f":{server[1]}/", f":{listener.getsockname()[1]}/")


class Wire:
    """Stands between a store and its server: `url` leads through it."""

    def __init__(self, url: str) -> None:
        self._server, self._listener, self.url = between(url)
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._next: Cut = ""
        self._is_down = False
        self._flows = threading.Event()
        self._flows.set()
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_next_commit(self, how: Cut) -> None:
        """Have the next commit never arrive, or its confirmation never come back; or have nothing come through from it on."""
        self._next = how

    def down(self) -> None:
        """Cut every connection, and let nobody in."""
        self._is_down = True
        for pair in list(self._pairs):
            _end(*pair)

    def up(self) -> None:
        self._is_down = False

    def hold(self) -> None:
        """Have nothing come through, while every connection stands and new ones are taken: as a machine that stands still."""
        self._flows.clear()

    def flow(self) -> None:
        self._flows.set()

    def passed(self, data: bytes, *, is_asking: bool) -> bytes:
        """Return what goes on of what one end said."""
        return data

    def close(self) -> None:
        self.flow()
        self.down()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._is_down:
                client.close()
                continue
            server = socket.create_connection(self._server)
            self._pairs.append((client, server))
            threading.Thread(target=self._carry, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(server, client, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_asking: bool) -> None:
        try:
            while data := source.recv(65536):
                how = self._next if is_asking and COMMIT in data else ""
                if how == "held":
                    self._next = ""
                    self.hold()
                elif how:
                    self._next = ""
                    self.cuts += 1
                    # The client's end goes first: what comes back finds nobody.
                    source.shutdown(socket.SHUT_RDWR)
                if how == "before":
                    break
                self._flows.wait()
                target.sendall(self.passed(data, is_asking=is_asking))
                if how == "after":
                    break
        except OSError:
            pass  # The other end was cut.
        finally:
            _end(source, target)


def _end(*sockets: socket.socket) -> None:
    for one in sockets:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue  # It is gone already.
