"""The local Slack Web API: /api/<method> and /response/<id> as a Flask blueprint."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Request, Response, g, request

from bot.local_slack.api import strangers
from bot.local_slack.api.exchange_log import ExchangeLog
from bot.local_slack.api.files import receive_upload
from bot.local_slack.api.method import ApiContext, Method, require_scope
from bot.local_slack.api.response_urls import as_response, put_response
from bot.local_slack.api.table import METHODS
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.faults import STRANGERS, Fault
from bot.local_slack.state.triggers import ResponseUrls

LOG = logging.getLogger(__name__)
OBJECTS = frozenset({"blocks", "view", "metadata", "attachments"})
RESPONSE_URL = "response_url"
UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Call:
    """One call the bot made. `response` is None when it got no proper answer."""

    method: str
    payload: Json
    status: int
    response: Json | None
    at: float


@dataclass
class Calls:
    """Every call the bot made, in order. Slack's own view: payloads as parsed, without tokens."""

    made: list[Call] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, call: Call) -> None:
        """Note a call and wake who waits."""
        with self.changed:
            self.made.append(call)
            self.changed.notify_all()

    def of_method(self, method: str) -> list[Call]:
        """Return the calls of one method, oldest first."""
        with self.changed:
            return [call for call in self.made if call.method == method]

    def wait_for(self, method: str, count: int = 1, timeout: float = 5.0) -> list[Call]:
        """Return the calls of a method once it was called `count` times; TimeoutError else."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.of_method(method)) >= count, timeout):
                raise TimeoutError(
                    f"{len(self.of_method(method))} of {count} calls of {method} within {timeout} s"
                )
            return self.of_method(method)

    def clear(self) -> None:
        """Forget all calls."""
        with self.changed:
            self.made.clear()

    def __len__(self) -> int:
        return len(self.made)


class LocalSlack:
    """Answers the Web API over an ApiContext, with the faults that were asked for, and keeps a record."""

    def __init__(
        self, context: ApiContext, urls: ResponseUrls, exchange_log: ExchangeLog, keep_calls: bool = True
    ) -> None:
        self.context = context
        self._exchange_log = exchange_log
        self.urls = urls
        self.calls = Calls()
        self._keep = keep_calls

    def blueprint(self) -> Blueprint:
        """Return the routes /api/<method>, /response/<id> and /upload/<ticket>."""
        routes = Blueprint("local_slack", __name__)
        routes.add_url_rule("/api/<method>", "api", self._serve_api, methods=["GET", "POST"])
        routes.add_url_rule("/response/<url_id>", "response", self._serve_response, methods=["POST"])
        routes.add_url_rule("/upload/<ticket>", "upload", self._serve_upload, methods=["POST"])
        return routes

    def _serve_upload(self, ticket: str) -> Response:
        g.started = time.monotonic()
        fault = self.context.faults.take(UPLOAD)
        if fault is not None and not fault.accepted:
            return self._fail(fault, UPLOAD, {})
        content = request.get_data()
        if not receive_upload(self.context.team, ticket, content):
            return Response("no such upload", 404)
        if fault is not None:
            return self._fail(fault, UPLOAD, {})
        self._note(UPLOAD, {"length": len(content)}, 200, None)
        return Response(f"OK - {len(content)}")

    def _serve_api(self, method: str) -> Response:
        g.started = time.monotonic()
        args = _arguments(request)
        faults = self.context.faults
        fault = faults.take(method) or faults.too_soon(method, self.context.team.clock())
        if fault is not None and not fault.accepted:
            return self._fail(fault, method, args)
        answer = self._answer(method, args)
        if fault is not None:
            return self._fail(fault, method, args)
        self._note(method, args, 200, answer)
        response = _json(answer)
        response.headers["X-OAuth-Scopes"] = ",".join(sorted(self.context.team.identity.scopes))
        return response

    def _answer(self, method: str, args: Json) -> Json:
        try:
            entry = METHODS.get(method)
            if entry is None:
                raise SlackError("unknown_method", req_method=method)
            self._authorise(entry, args)
            return {"ok": True, **entry.handle(self.context, args)}
        except SlackError as error:
            return {"ok": False, "error": error.code, **error.extra}

    def _authorise(self, entry: Method, args: Json) -> None:
        me = self.context.team.identity
        header = request.headers.get("Authorization", "")
        token = header.removeprefix("Bearer ").strip() if header else str(args.pop("token", ""))
        args.pop("token", None)
        if not token:
            raise SlackError("not_authed")
        wanted = me.app_token if entry.token == "app" else me.bot_token
        if token != wanted:
            other = token in (me.app_token, me.bot_token)
            raise SlackError("not_allowed_token_type" if other else "invalid_auth")
        if self.context.team.uninstalled:
            raise SlackError("account_inactive")
        if entry.token == "bot":
            for scope in entry.scopes:
                require_scope(self.context.team, scope)

    def _serve_response(self, url_id: str) -> Response:
        g.started = time.monotonic()
        payload = as_response(request.get_data())
        fault = self.context.faults.take(RESPONSE_URL)
        if fault is not None and not fault.accepted:
            return self._fail(fault, RESPONSE_URL, payload)
        status, answer = self._respond(url_id, payload)
        if fault is not None:
            return self._fail(fault, RESPONSE_URL, payload)
        self._note(RESPONSE_URL, payload, status, answer)
        return Response("ok", mimetype="text/html") if status == 200 else _json(answer, status)

    def _respond(self, url_id: str, payload: Json) -> tuple[int, Json]:
        try:
            put_response(self.context.team, self.urls.use(url_id), payload)
        except SlackError as error:
            status = 404 if error.code in {"expired_url", "used_url", "message_not_found"} else 400
            return status, {"ok": False, "error": error.code, **error.extra}
        return 200, {"ok": True}

    def _fail(self, fault: Fault, method: str, args: Json) -> Response:
        if fault.kind == "error":
            answer = {"ok": False, "error": fault.code}
            self._note(method, args, 200, answer)
            return _json(answer)
        if fault.kind == "rate_limit":
            answer = {"ok": False, "error": "ratelimited"}
            self._note(method, args, 429, answer)
            response = _json(answer, 429)
            response.headers["Retry-After"] = str(int(fault.seconds))
            return response
        if fault.kind in STRANGERS:
            self._note(method, args, 200, None)
            return strangers.answer(fault, self.context.faults.released)
        self._note(method, args, 0, None)
        if fault.kind == "time_out":
            self.context.faults.released.wait(fault.seconds)
            return Response("", 504)
        if fault.kind == "drop":
            _hang_up(request)
            return Response("", 502)
        return Response("<html>Server Error</html>", fault.status, mimetype="text/html")

    def _note(self, method: str, args: Json, status: int, answer: Json | None) -> None:
        self._exchange_log.called(method, args, status, answer, time.monotonic() - _started())
        if self._keep:
            self.calls.add(Call(method, args, status, answer, time.monotonic()))


def _started() -> float:
    return float(g.started)


def _arguments(asked: Request) -> Json:
    """Arguments from JSON, form or query; JSON texts of objects in a form are read."""
    body: Any = asked.get_json(silent=True) if asked.is_json else None
    args: Json = {**asked.args.to_dict(), **(body if isinstance(body, dict) else asked.form.to_dict())}
    for name in OBJECTS & args.keys():
        if isinstance(args[name], str):
            try:
                args[name] = json.loads(args[name])
            except ValueError:
                LOG.info("argument %s is no JSON", name)
    return args


def _json(answer: Json, status: int = 200) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False), status, mimetype="application/json")


def _hang_up(asked: Request) -> None:
    """Cut the connection under Werkzeug's server; other servers do not give the socket away and send 502."""
    connection = asked.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)
