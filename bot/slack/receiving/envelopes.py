"""What comes over a socket: each envelope goes through the same dispatch as HTTP, and gets an ack whatever happens.

Bolt's handler acknowledges only what ended in 200, and everything else shows as an error to the person.
Reference: docs.slack.dev/apis/events-api/using-socket-mode#acknowledge.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App

from bot.meter import Meter
from bot.slack.receiving.dispatch import JSON_TYPE, Reply, dispatch, event_of, kind_of

_log = logging.getLogger(__name__)

Envelope = dict[str, Any]
Send = Callable[[Envelope], bool]


class Envelopes:
    """Answers envelopes in `concurrency` threads, until `close`; `acknowledged` is told the id of each event that was,
    `meter` of every envelope.
    """

    def __init__(self, app: App, concurrency: int, acknowledged: Callable[[str], None], meter: Meter) -> None:
        self._app = app
        self._acknowledged = acknowledged
        self._meter = meter
        self._threads = ThreadPoolExecutor(concurrency, thread_name_prefix="yrd-envelope")
        self._busy = 0
        self._stopping = False
        self._changed = threading.Condition()

    def take(self, envelope: Envelope, send: Send) -> None:
        """Have one answered with `send`; while stopping, leave it to Slack to send it elsewhere or again."""
        with self._changed:
            if self._stopping:
                return
            self._busy += 1
            self._threads.submit(self._handle, envelope, send, time.monotonic())

    def close(self, timeout: float) -> None:
        """Take nothing new and wait up to `timeout` seconds for what is in hand."""
        with self._changed:
            self._stopping = True
            self._changed.wait_for(lambda: self._busy == 0, timeout)
        self._threads.shutdown(wait=False)

    def _handle(self, envelope: Envelope, send: Send, began: float) -> None:
        try:
            answer = self._answer(envelope, began)
            if answer is not None and send(answer) and (event_id := event_of(_payload(envelope))):
                self._acknowledged(event_id)
        except Exception as error:  # noqa: BLE001 - the boundary of one envelope; Slack sends events again
            _log.error("an envelope was not acknowledged", extra={"error": type(error).__name__})
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _answer(self, envelope: Envelope, began: float) -> Envelope | None:
        payload = _payload(envelope)
        reply = dispatch(self._app, payload, _retry_headers(envelope))
        self._meter.request(kind_of(payload), reply.status, time.monotonic() - began)
        if reply.status != 200 and payload.get("type") == "event_callback":
            # Without an ack Slack sends the event again.
            return None
        ack: Envelope = {"envelope_id": envelope["envelope_id"]}
        body = _body(reply) if envelope.get("accepts_response_payload") else None
        return ack if body is None else {**ack, "payload": body}


def _payload(envelope: Envelope) -> dict[str, Any]:
    found = envelope.get("payload")
    return found if isinstance(found, dict) else {}


def _body(reply: Reply) -> dict[str, object] | None:
    if not reply.body or reply.status != 200:
        return None
    if reply.content_type.startswith(JSON_TYPE):
        body = json.loads(reply.body)
        return body if isinstance(body, dict) else None
    return {"text": reply.body}


def _retry_headers(envelope: Envelope) -> dict[str, str]:
    named = {"x-slack-retry-num": "retry_attempt", "x-slack-retry-reason": "retry_reason"}
    return {header: str(envelope[name]) for header, name in named.items() if envelope.get(name)}
