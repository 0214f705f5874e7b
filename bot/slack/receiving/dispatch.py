"""From a verified payload to Bolt and back, alike over HTTP and Socket Mode; no exception leaves here.

Bolt 1.30 raises out of dispatch on payloads that are no object, on `actions: []` and on fields of an odd
type, and reads a form whose text holds the word "payload" as empty. So payloads are parsed and looked at
here, and handed over as objects. Nothing here verifies who sent them: `verification` and Slack's socket do.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest

FORM_TYPE = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json"

# A form of Slack has some 15 fields; a body of 256 KB could hold 100,000.
FIELDS_MAX = 200

# What Slack sends as an object or not at all, and Bolt takes for one without asking.
OBJECTS = (
    "event", "view", "message", "previous_message", "item", "container", "assistant_thread", "function_data"
)  # fmt: skip

_log = logging.getLogger(__name__)

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to Slack: an HTTP status, a body and its content type."""

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


EMPTY_REPLY = Reply(HTTPStatus.OK)
UNREADABLE = Reply(HTTPStatus.BAD_REQUEST, "This is not a request of Slack's.")


def parse(body: bytes, content_type: str) -> Payload | None:
    """Return the payload in `body`, or None when it is no object of Slack's; never raises."""
    try:
        text = body.decode("utf-8")
        if content_type == JSON_TYPE:
            return _object(text)
        if content_type == FORM_TYPE:
            form = _form(text)
            return _object(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        # ValueError covers bad UTF-8, bad JSON, too many fields and digits; RecursionError deep nesting.
        return None
    return None


def _form(text: str) -> dict[str, str]:
    """Return the last value of each name; ValueError where there are more than FIELDS_MAX."""
    fields = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_MAX)
    return {name: value for name, value in fields if name}


def _object(text: str) -> Payload | None:
    value = json.loads(text)
    return value if isinstance(value, dict) else None


def is_sound(payload: Payload) -> bool:
    """Say whether the parts that routing relies on are of the type Slack gives them."""
    if payload.get("type") == "event_callback" and not isinstance(payload.get("event"), dict):
        return False
    if not all(isinstance(payload[name], dict | None) for name in OBJECTS if name in payload):
        return False
    actions = payload.get("actions", [])
    return isinstance(actions, list) and all(isinstance(action, dict) for action in actions)


def dispatch(app: App, payload: Payload, headers: Mapping[str, str | Sequence[str]]) -> Reply:
    """Return what `app` answers to a verified `payload`; what goes wrong becomes a sentence with an id and a log line."""
    if not is_sound(payload):
        return UNREADABLE
    if payload.get("actions") == []:
        return EMPTY_REPLY
    try:
        request = _request(payload, headers)
        if request is None:
            return _ephemeral("I could not read that request.")
        response = app.dispatch(request)
    except Exception:  # noqa: BLE001 - the boundary: the user gets a sentence and an id, the log the trace
        return _apology(payload)
    if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # Bolt's own error handler has logged the trace just before.
        return _apology(payload)
    content_type = response.headers.get("content-type", [Reply(0).content_type])[0]
    others = tuple((k, v) for k, values in response.headers.items() if k != "content-type" for v in values)
    return Reply(response.status, response.body or "", content_type, others)


def event_of(payload: Payload) -> str:
    """Return the id of the event in `payload`, "" where it brings none."""
    event_id = payload.get("event_id")
    return event_id if payload.get("type") == "event_callback" and isinstance(event_id, str) else ""


def _request(payload: Payload, headers: Mapping[str, str | Sequence[str]]) -> BoltRequest | None:
    """Return Bolt's request, or None when ids are no strings.

    The mode is "socket_mode" for both ways in: it makes Bolt take the payload as parsed here, and leaves
    the signature to the verifier that has just verified it over the raw bytes.
    """
    try:
        request = BoltRequest(body=payload, headers=dict(headers), mode="socket_mode")
    except (AttributeError, TypeError, KeyError, IndexError):
        # Bolt looks into team, user, channel, authorizations and others without asking what they are.
        return None
    ids = (request.context.team_id, request.context.user_id, request.context.channel_id)
    return request if all(value is None or isinstance(value, str) for value in ids) else None


def _apology(payload: Payload) -> Reply:
    reference = secrets.token_hex(4)
    _log.error(
        "request failed",
        exc_info=sys.exc_info()[0] is not None,
        extra={"reference": reference, "kind": _kind(payload)},
    )
    if payload.get("type") == "event_callback":
        # Slack sends the event again: nobody waits for the text of this reply.
        return Reply(HTTPStatus.INTERNAL_SERVER_ERROR, reference)
    text = f"Something went wrong on my side, and it is logged as {reference}. Please try again."
    return _ephemeral(text)


def _ephemeral(text: str) -> Reply:
    return Reply(HTTPStatus.OK, json.dumps({"response_type": "ephemeral", "text": text}), JSON_TYPE)


# What Slack calls what it sends: docs.slack.dev/interactivity/handling-user-interaction.
_KINDS: Final = frozenset(
    {
        "block_actions", "block_suggestion", "event_callback", "message_action", "shortcut", "url_verification",
        "view_closed", "view_submission",
    }
)  # fmt: skip


def kind_of(payload: Payload) -> str:
    """Return what Slack calls a payload, "command" for a slash command; "other" for what Slack has no name for."""
    kind = payload.get("type")
    if isinstance(kind, str) and kind in _KINDS:
        return kind
    return "command" if "command" in payload else "other"


def _kind(payload: Payload) -> str:
    return str(payload.get("type") or payload.get("command") or "unknown")[:40]
