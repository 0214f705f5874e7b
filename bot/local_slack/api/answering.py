"""What every answer of the local Slack has: the faults that were asked for, and a record of what was said."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Callable, Mapping
from typing import Any

from flask import Request, Response, g, request

from bot.local_slack.api import strangers
from bot.local_slack.api.calls import Call, Calls
from bot.local_slack.api.exchange_log import ExchangeLog
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.faults import STRANGERS, Fault, Faults
from bot.local_slack.state.team import Clock

LOG = logging.getLogger(__name__)
OBJECTS = frozenset({"blocks", "view", "metadata", "attachments"})


class Answering:
    """Answers calls unless a fault is due, and keeps a record: the last ones in the log, and with `keep_calls` all."""

    def __init__(self, faults: Faults, clock: Clock, exchange_log: ExchangeLog, keep_calls: bool) -> None:
        self.calls = Calls()
        self._faults = faults
        self._clock = clock
        self._exchange_log = exchange_log
        self._keep = keep_calls

    def begin(self, method: str) -> Fault | None:
        """Return the fault that is due for the call that came in just now, None where it may go well."""
        g.started = time.monotonic()
        return self._faults.take(method)

    def answer(
        self, method: str, args: Json, handle: Callable[[], Json], headers: Mapping[str, str] | None = None
    ) -> Response:
        """Return what a call of the Web API gets: what `handle` says or is refused with, under `headers`, or a fault."""
        fault = self.begin(method) or self._faults.too_soon(method, self._clock())
        if fault is not None and not fault.accepted:
            return self.fail(fault, method, args)
        answer = said_by(handle)
        if fault is not None:
            return self.fail(fault, method, args)
        self.note(method, args, 200, answer)
        response = as_json(answer)
        response.headers.update(headers or {})
        return response

    def fail(self, fault: Fault, method: str, args: Json) -> Response:
        """Return what a call gets that fails so, and note it."""
        if fault.kind == "error":
            answer = {"ok": False, "error": fault.code}
            self.note(method, args, 200, answer)
            return as_json(answer)
        if fault.kind == "rate_limit":
            answer = {"ok": False, "error": "ratelimited"}
            self.note(method, args, 429, answer)
            response = as_json(answer, 429)
            response.headers["Retry-After"] = str(int(fault.seconds))
            return response
        if fault.kind in STRANGERS:
            self.note(method, args, 200, None)
            return strangers.answer(fault, self._faults.released)
        self.note(method, args, 0, None)
        if fault.kind == "time_out":
            self._faults.released.wait(fault.seconds)
            return Response("", 504)
        if fault.kind == "drop":
            _hang_up(request)
            return Response("", 502)
        return Response("<html>Server Error</html>", fault.status, mimetype="text/html")

    def note(self, method: str, args: Json, status: int, answer: Json | None) -> None:
        """Keep what was asked and answered; None for no proper answer."""
        self._exchange_log.called(method, args, status, answer, time.monotonic() - _started())
        if self._keep:
            self.calls.add(Call(method, args, status, answer, time.monotonic()))


def said_by(handle: Callable[[], Json]) -> Json:
    """Return what a method says with ok: true, or why it refuses with ok: false."""
    try:
        return {"ok": True, **handle()}
    except SlackError as error:
        return {"ok": False, "error": error.code, **error.extra}


def _started() -> float:
    return float(g.started)


def arguments(asked: Request) -> Json:
    """Return the arguments from JSON, form or query; JSON texts of objects in a form are read."""
    body: Any = asked.get_json(silent=True) if asked.is_json else None
    args: Json = {**asked.args.to_dict(), **(body if isinstance(body, dict) else asked.form.to_dict())}
    for name in OBJECTS & args.keys():
        if isinstance(args[name], str):
            try:
                args[name] = json.loads(args[name])
            except ValueError:
                LOG.info("argument %s is no JSON", name)
    return args


def token_of(asked: Request, args: Json) -> str:
    """Return the token of a call, "" for none, and take it out of the arguments."""
    given = str(args.pop("token", ""))
    header = asked.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() if header else given


def as_json(answer: Json, status: int = 200) -> Response:
    """Return an answer as Slack sends it."""
    return Response(json.dumps(answer, ensure_ascii=False), status, mimetype="application/json")


def _hang_up(asked: Request) -> None:
    """Cut the connection under Werkzeug's server; other servers do not give the socket away and send 502."""
    connection = asked.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)
