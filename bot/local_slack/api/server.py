"""The local Slack Web API: /api/<method> and /response/<id> as a Flask blueprint."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request

from bot.local_slack.api.answering import Answering, arguments, as_json, token_of
from bot.local_slack.api.exchange_log import ExchangeLog
from bot.local_slack.api.files import awaits_upload, receive_upload
from bot.local_slack.api.method import ApiContext, Method, require_scope
from bot.local_slack.api.response_urls import as_response, put_response
from bot.local_slack.api.table import METHODS
from bot.local_slack.api.tokens import Tokens, TokensOfIdentity
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.triggers import ResponseUrls

RESPONSE_URL = "response_url"
UPLOAD = "upload"


class LocalSlack:
    """Answers the Web API over an ApiContext, with the faults that were asked for, and keeps a record.

    `tokens` says who may call, `methods` what there is to call.
    """

    def __init__(
        self,
        context: ApiContext,
        urls: ResponseUrls,
        exchange_log: ExchangeLog,
        keep_calls: bool = True,
        tokens: Tokens | None = None,
        methods: Mapping[str, Method] = METHODS,
    ) -> None:
        self.context = context
        self.urls = urls
        self._tokens = tokens or TokensOfIdentity()
        self._methods = methods
        self._answering = Answering(context.faults, context.team.clock, exchange_log, keep_calls)
        self.calls = self._answering.calls

    def blueprint(self) -> Blueprint:
        """Return the routes /api/<method>, /response/<id> and /upload/<ticket>."""
        routes = Blueprint("local_slack", __name__)
        routes.add_url_rule("/api/<method>", "api", self.serve_api, methods=["GET", "POST"])
        routes.add_url_rule("/response/<url_id>", "response", self.serve_response, methods=["POST"])
        routes.add_url_rule("/upload/<ticket>", "upload", self.serve_upload, methods=["POST"])
        return routes

    def awaits(self, ticket: str) -> bool:
        """Say whether an upload URL is of this workspace."""
        return awaits_upload(self.context.team, ticket)

    def serve_upload(self, ticket: str) -> Response:
        """Return the answer to the request in hand, which posts a file."""
        fault = self._answering.begin(UPLOAD)
        if fault is not None and not fault.accepted:
            return self._answering.fail(fault, UPLOAD, {})
        content = request.get_data()
        if not receive_upload(self.context.team, ticket, content):
            return Response("no such upload", 404)
        if fault is not None:
            return self._answering.fail(fault, UPLOAD, {})
        self._answering.note(UPLOAD, {"length": len(content)}, 200, None)
        return Response(f"OK - {len(content)}")

    def serve_api(self, method: str) -> Response:
        """Return the answer to the request in hand, which calls a method."""
        args = arguments(request)
        scopes = {"X-OAuth-Scopes": ",".join(sorted(self.context.team.identity.scopes))}
        return self._answering.answer(method, args, lambda: self._call(method, args), scopes)

    def _call(self, method: str, args: Json) -> Json:
        entry = self._methods.get(method)
        if entry is None:
            raise SlackError("unknown_method", req_method=method)
        self._authorise(entry, args)
        return entry.handle(self.context, args)

    def _authorise(self, entry: Method, args: Json) -> None:
        token = token_of(request, args)
        if entry.token == "none":
            return
        if not token:
            raise SlackError("not_authed")
        refusal = self._tokens.refusal(self.context.team, token, entry.token)
        if refusal:
            raise SlackError(refusal)
        if entry.token == "bot":
            for scope in entry.scopes:
                require_scope(self.context.team, scope)

    def serve_response(self, url_id: str) -> Response:
        """Return the answer to the request in hand, which answers an interaction."""
        fault = self._answering.begin(RESPONSE_URL)
        payload = as_response(request.get_data())
        if fault is not None and not fault.accepted:
            return self._answering.fail(fault, RESPONSE_URL, payload)
        status, answer = self._respond(url_id, payload)
        if fault is not None:
            return self._answering.fail(fault, RESPONSE_URL, payload)
        self._answering.note(RESPONSE_URL, payload, status, answer)
        return Response("ok", mimetype="text/html") if status == 200 else as_json(answer, status)

    def _respond(self, url_id: str, payload: Json) -> tuple[int, Json]:
        try:
            put_response(self.context.team, self.urls.use(url_id), payload)
        except SlackError as error:
            status = 404 if error.code in {"expired_url", "used_url", "message_not_found"} else 400
            return status, {"ok": False, "error": error.code, **error.extra}
        return 200, {"ok": True}
