"""Answers with status 200 that are not Slack's: what a proxy, a captive portal or a broken line sends."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from flask import Response

from bot.local_slack.state.faults import Fault

LOGIN_PAGE: Final = (
    "<!doctype html><title>Guest network</title><h1>Please sign in to the guest network</h1>"
    '<form method="post"><input name="user"><input name="password" type="password"></form>'
)
# The first half of an answer of Slack's, whose message would be the one posted.
CUT: Final = '{"ok":true,"channel":"C04GENERAL1","ts":"1795000000.000100","message":{"text":"Halfw'
# Seconds from one byte to the next, far below what any client waits for one.
_PAUSE: Final = 0.05


def answer(fault: Fault, released: threading.Event) -> Response:
    """Return what `fault` sends in place of Slack's answer."""
    return _ANSWERS[fault.kind](fault, released)


def _cut(fault: Fault, released: threading.Event) -> Response:
    return Response(CUT, mimetype="application/json")


def _empty(fault: Fault, released: threading.Event) -> Response:
    return Response("", mimetype="application/json")


def _login_page(fault: Fault, released: threading.Event) -> Response:
    return Response(LOGIN_PAGE, mimetype="text/html")


def _other_json(fault: Fault, released: threading.Event) -> Response:
    return Response(json.dumps({"ok": "yes", "page": "guest network"}), mimetype="application/json")


def _trickle(fault: Fault, released: threading.Event) -> Response:
    def bytes_of_nothing() -> Iterator[bytes]:
        ends = time.monotonic() + fault.seconds
        while time.monotonic() < ends and not released.wait(_PAUSE):
            yield b" "

    return Response(bytes_of_nothing(), mimetype="application/json")


_ANSWERS: Final[Mapping[str, Callable[[Fault, threading.Event], Response]]] = {
    "cut": _cut,
    "empty": _empty,
    "login_page": _login_page,
    "other_json": _other_json,
    "trickle": _trickle,
}
