"""Commands of many workspaces to many bots at a steady rate, from a process of its own."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection as Pipe

from benchmarks.client import _Connection, signed
from benchmarks.texts import Question


class Commands:
    """Asks bots in turn for teams in turn, `rate` commands a second, and keeps the milliseconds that each took.

    One that is late does not hold up those after it by more than it takes: each bot has a connection of its own.
    """

    def __init__(
        self, ports: Sequence[int], teams: Sequence[str], asked: Sequence[Question], rate: float
    ) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        given = (theirs, list(ports), list(teams), list(asked), rate)
        self._process = context.Process(target=_ask, args=given, daemon=True)

    def __enter__(self) -> Commands:
        self._process.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()

    def taken(self) -> list[float]:
        """Return the times since the last call."""
        self._pipe.send("times")
        times: list[float] = self._pipe.recv()
        return times


def _ask(pipe: Pipe, ports: list[int], teams: list[str], asked: list[Question], rate: float) -> None:
    connections = {port: _Connection(port) for port in ports}
    times: list[float] = []
    number, due = 0, time.monotonic()
    while True:
        command, text = asked[number % len(asked)]
        port = ports[number % len(ports)]
        request = signed(command, text, teams[number % len(teams)], number)
        began = time.perf_counter()
        connections[port] = _answered(connections[port], port, request)
        times.append(1000 * (time.perf_counter() - began))
        number += 1
        due = max(due + 1 / rate, time.monotonic() - 1)
        if pipe.poll(max(0.0, due - time.monotonic())):
            pipe.recv()
            pipe.send(times)
            times = []


def _answered(connection: _Connection, port: int, request: bytes) -> _Connection:
    """Send a request and wait for its answer; return the connection, a new one where the bot had closed the old."""
    try:
        connection.send(request)
        answer = _whole(connection)
    except OSError:
        connection = _Connection(port)
        connection.send(request)
        answer = _whole(connection)
    if not answer.startswith(b"HTTP/1.1 200") or b'"blocks"' not in answer:
        raise ValueError(f"a command was not answered: {answer[:300]!r}")
    return connection


def _whole(connection: _Connection) -> bytes:
    while (answer := connection.receive()) is None:
        pass
    return answer
