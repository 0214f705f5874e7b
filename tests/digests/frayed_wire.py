"""A wire to a PostgreSQL that breaks now and then just as something is committed: before that arrives, or before it is confirmed."""

from __future__ import annotations

import random
import selectors
import socket
import threading
from collections import Counter
from typing import Final, Literal

from tests.state.cutting import COMMIT, between

# What each transaction that writes leaves behind: bot/state/database/postgresql.py.
_WRITES: Final = b"INSERT INTO outcomes"
_SHARE: Final = 0.05
Cut = Literal["", "before it arrived", "before it was confirmed"]


class FrayedWire:
    """Stands between bots and their server, which may come and go; `url` leads through it. Of commits that change something
    every twentieth is cut.
    """

    def __init__(self, url: str, seed: int) -> None:
        self._server, self._listener, self.url = between(url)
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._is_well = False
        self.cuts: Counter[str] = Counter()
        threading.Thread(target=self._accept, daemon=True).start()

    def mend(self) -> None:
        """Break no more."""
        self._is_well = True

    def close(self) -> None:
        """Let nobody in any more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self._server)
            except OSError:
                # The server is away.
                client.close()
                continue
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._carry, args=(client, server), daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        """Carry what is said both ways until one end is gone, or the wire breaks."""
        writes = False
        with client, server, selectors.DefaultSelector() as ready:
            for source, target in ((client, server), (server, client)):
                ready.register(source, selectors.EVENT_READ, (source, target))
            try:
                while True:
                    for key, _ in ready.select():
                        source, target = key.data
                        data = source.recv(65536)
                        if not data:
                            return
                        if source is client:
                            writes = writes or _WRITES in data
                            if COMMIT in data:
                                if cut := self._cut(writes):
                                    _break(cut, data, client, server)
                                    return
                                writes = False
                        target.sendall(data)
            except OSError:
                return

    def _cut(self, writes: bool) -> Cut:
        with self._lock:
            if not writes or self._is_well or self._chance.random() >= _SHARE:
                return ""
            cut: Cut = self._chance.choice(("before it arrived", "before it was confirmed"))
            self.cuts[cut] += 1
            return cut


def _break(cut: Cut, data: bytes, client: socket.socket, server: socket.socket) -> None:
    client.close()
    if cut == "before it was confirmed":
        server.sendall(data)
        # Who hangs up on an answer may take back what was sent.
        server.recv(65536)
