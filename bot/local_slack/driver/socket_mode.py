"""Socket Mode: the WebSocket the bot links to, and the envelopes that travel over it."""

from __future__ import annotations

import json
import logging
import secrets
import socket
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.json import Json

LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Ack:
    """What came back for one envelope: `payload` is the answer, None for a bare ack."""

    done: threading.Event = field(default_factory=threading.Event)
    payload: Any = None


class SocketModeServer:
    """The WebSocket server of Socket Mode, and its open connections. Starts with the first ticket; close() ends it."""

    def __init__(self, app_id: str, host: str = "127.0.0.1") -> None:
        self._app_id = app_id
        self._host = host
        self._server: Server | None = None
        self._tickets: set[str] = set()
        self._open: list[ServerConnection] = []
        self._waiting: dict[str, Ack] = {}
        self._turn = 0
        self.changed = threading.Condition()

    def open_connection(self) -> str:
        """Return a WebSocket address that is good for one connection."""
        ticket = secrets.token_urlsafe(18)
        with self.changed:
            if self._server is None:
                self._server = self._start()
            self._tickets.add(ticket)
            port = self._server.socket.getsockname()[1]
        return f"ws://{self._host}:{port}/link?ticket={ticket}"

    def __len__(self) -> int:
        return len(self._open)

    def wait_for(self, count: int = 1, timeout: float = 10.0) -> None:
        """Wait until at least `count` connections are open, none at all where it is 0; TimeoutError else."""
        is_so = (lambda: len(self._open) >= count) if count else (lambda: not self._open)
        with self.changed:
            if not self.changed.wait_for(is_so, timeout):
                raise TimeoutError(f"{len(self._open)} of {count} sockets within {timeout} s")

    def send(self, envelope: Json, timeout: float = limits.ACK_SECONDS) -> Ack | None:
        """Send an envelope over any one connection and return its ack; None when none came in time.

        ConnectionError when no connection is open, or the one it took was closed. Sets envelope_id.
        """
        envelope = {**envelope, "envelope_id": str(uuid.uuid4())}
        with self.changed:
            if not self._open:
                raise ConnectionError("the app has no Socket Mode connection")
            self._turn += 1
            connection = self._open[self._turn % len(self._open)]
            ack = self._waiting[envelope["envelope_id"]] = Ack()
        try:
            connection.send(json.dumps(envelope, ensure_ascii=False))
            return ack if ack.done.wait(timeout) else None
        except ConnectionClosed:
            raise ConnectionError("the app's Socket Mode connection was closed") from None
        finally:
            with self.changed:
                self._waiting.pop(envelope["envelope_id"], None)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to come back, as Slack does now and then; it stays open until the bot closes it."""
        for connection in list(self._open):
            self._tell(connection, {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})

    def drop(self) -> None:
        """Cut every connection without a word."""
        with self.changed:
            cut, self._open[:] = list(self._open), []
            self.changed.notify_all()
        for connection in cut:
            # A shut socket ends the reading thread, which then cleans up.
            connection.socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the server and every connection; safe to call twice."""
        with self.changed:
            server, self._server = self._server, None
        if server is not None:
            server.shutdown()

    def _start(self) -> Server:
        server = serve(self._serve, self._host, 0, compression=None, close_timeout=1)
        threading.Thread(target=server.serve_forever, name="socket-mode", daemon=True).start()
        return server

    def _serve(self, connection: ServerConnection) -> None:
        ticket = parse_qs(urlsplit(connection.request.path if connection.request else "").query).get("ticket")
        with self.changed:
            good = bool(ticket) and (ticket or [""])[0] in self._tickets
            self._tickets.discard((ticket or [""])[0])
            full = len(self._open) >= limits.SOCKETS
        if not good or full:
            reason = "too_many_websockets" if good else "link_disabled"
            self._tell(connection, {"type": "disconnect", "reason": reason})
            return
        self._tell(connection, self._hello())
        with self.changed:
            self._open.append(connection)
            self.changed.notify_all()
        try:
            for frame in connection:
                self._receive(frame)
        except ConnectionClosed as closed:
            LOG.info("a socket ended: %s", type(closed).__name__)
        finally:
            with self.changed:
                if connection in self._open:
                    self._open.remove(connection)
                self.changed.notify_all()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open) + 1,
            "debug_info": {"host": "local", "build_number": 1, "approximate_connection_time": 18_060},
            "connection_info": {"app_id": self._app_id},
        }

    def _receive(self, frame: str | bytes) -> None:
        try:
            answer = json.loads(frame)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            LOG.warning("a socket sent something that is no JSON object")
            return
        with self.changed:
            ack = self._waiting.get(str(answer.get("envelope_id")))
        if ack is not None:
            ack.payload = answer.get("payload")
            ack.done.set()

    @staticmethod
    def _tell(connection: ServerConnection, message: Json) -> None:
        try:
            connection.send(json.dumps(message))
        except ConnectionClosed:
            LOG.info("a socket was gone before it was told %s", message["type"])
