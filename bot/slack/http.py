"""The address Slack sends everything to: POST /slack/events, as WSGI in front of the pages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from slack_bolt import App

from bot.slack.guard import Environ, Guard
from bot.slack.intake import Reply, dispatch

PATH = "/slack/events"

StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]

_log = logging.getLogger(__name__)


class SlackEndpoint:
    """A WSGI application: PATH goes through the guard to Bolt, everything else to `rest`.

    It stands in front of Flask, not in it, because it is on the path of every command.
    """

    def __init__(self, guard: Guard, app: App, rest: Wsgi) -> None:
        self._guard = guard
        self._app = app
        self._rest = rest

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return self._rest(environ, start_response)
        return _send(self._answer(environ), start_response)

    def _answer(self, environ: Environ) -> Reply:
        admitted = self._guard.admit(environ)
        if isinstance(admitted, Reply):
            if admitted.status >= HTTPStatus.BAD_REQUEST:
                _log.info("request refused", extra={"status": int(admitted.status)})
            return admitted
        return dispatch(self._app, admitted, _retry_headers(environ))


def _retry_headers(environ: Environ) -> dict[str, str]:
    # The only headers that Slack's Events API adds and a listener reads.
    names = {
        "x-slack-retry-num": "HTTP_X_SLACK_RETRY_NUM",
        "x-slack-retry-reason": "HTTP_X_SLACK_RETRY_REASON",
    }
    return {name: environ[key] for name, key in names.items() if key in environ}


def _send(reply: Reply, start_response: StartResponse) -> Iterable[bytes]:
    body = reply.body.encode("utf-8", "replace")
    status = HTTPStatus(reply.status)
    headers = [
        ("Content-Type", reply.content_type),
        ("Content-Length", str(len(body))),
        *reply.headers,
    ]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
