"""What stands in front of Bolt over HTTP: only fresh, signed, readable and new requests of Slack's pass.

Order matters: nothing is read before its size is known to be fair, and nothing parsed before its
signature holds. Slack's rules: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import hmac
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from bot.slack.intake import EMPTY, JSON, UNREADABLE, Payload, Reply, is_sound, parse

# Slack's largest payload, a view, is 250 kB.
BODY_MAX_BYTES = 256 * 1024
# Slack's own limit for the age of a request, either way.
AGE_MAX_SECONDS = 300
# Twice the age limit: a timestamp may lie 300 s ahead and stay good for 600 s.
REPLAY_SECONDS = 600
# Some 250 bytes each, so 16 MB at most; when full, the oldest is forgotten first.
REPLAY_MAX = 65_536
SIGNATURE_LENGTH = len("v0=") + 64

Environ = dict[str, Any]

_TOO_LARGE = Reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is over 256 KB.")
_UNSIGNED = Reply(HTTPStatus.UNAUTHORIZED, "The signature or timestamp is missing, wrong or too old.")
_NOT_POST = Reply(HTTPStatus.METHOD_NOT_ALLOWED, "Slack sends POST.", headers=(("Allow", "POST"),))


class Signatures:
    """The signatures of the last ten minutes, in memory and bounded; safe for many threads."""

    def __init__(self, maximum: int = REPLAY_MAX) -> None:
        self._maximum = maximum
        self._seen: set[str] = set()
        # In order of arrival. Not a dict: to find the oldest of one, Python walks over all that were deleted.
        self._arrived: deque[tuple[float, str]] = deque()
        self._lock = threading.Lock()

    def is_new(self, signature: str, now: float) -> bool:
        """Say whether `signature` was not seen in the last REPLAY_SECONDS, and remember it."""
        with self._lock:
            self._forget(now)
            if signature in self._seen:
                return False
            self._seen.add(signature)
            self._arrived.append((now, signature))
            return True

    def __len__(self) -> int:
        return len(self._seen)

    def _forget(self, now: float) -> None:
        arrived = self._arrived
        while arrived and (arrived[0][0] <= now - REPLAY_SECONDS or len(arrived) >= self._maximum):
            self._seen.discard(arrived.popleft()[1])


class Guard:
    """Admits a WSGI request of Slack's as its payload, or says what to reply instead.

    `secret` is the signing secret; `app_id`, when given, the only app that may be named. `now` gives Unix
    seconds. Which workspace a request comes from is not judged here.
    """

    def __init__(self, secret: str, app_id: str | None = None, now: Callable[[], float] = time.time) -> None:
        self._secret = secret.encode()
        self._app_id = app_id
        self._now = now
        self._signatures = Signatures()

    def admit(self, environ: Environ) -> Payload | Reply:
        """Return the payload to dispatch, or the reply that ends the matter. Never raises on bad input."""
        if environ.get("REQUEST_METHOD") != "POST":
            return _NOT_POST
        if not _is_fair_length(environ.get("CONTENT_LENGTH")):
            return _TOO_LARGE
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not self._is_fresh(timestamp) or not _is_signature(signature):
            return _UNSIGNED
        # One byte more than allowed shows a body that came without its length.
        body = environ["wsgi.input"].read(BODY_MAX_BYTES + 1)
        if len(body) > BODY_MAX_BYTES:
            return _TOO_LARGE
        if not self._is_signed(timestamp, signature, body):
            return _UNSIGNED
        payload = parse(body, _content_type(environ))
        if payload is None or not self._is_ours(payload) or not is_sound(payload):
            return UNREADABLE
        return _handshake(payload) or self._once(payload, signature)

    def _once(self, payload: Payload, signature: str) -> Payload | Reply:
        # A retry of Slack's own has a new timestamp, so only a copied request is stopped here.
        return payload if self._signatures.is_new(signature, self._now()) else EMPTY

    def _is_fresh(self, timestamp: str) -> bool:
        # Two timestamp headers arrive joined by a comma, so they are no number either.
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            return False
        return abs(self._now() - int(timestamp)) <= AGE_MAX_SECONDS

    def _is_signed(self, timestamp: str, signature: str, body: bytes) -> bool:
        base = b"v0:" + timestamp.encode() + b":" + body
        expected = "v0=" + hmac.digest(self._secret, base, "sha256").hex()
        return hmac.compare_digest(expected, signature)

    def _is_ours(self, payload: Payload) -> bool:
        return self._app_id is None or payload.get("api_app_id", self._app_id) == self._app_id


def _is_fair_length(length: str | None) -> bool:
    if not length:
        return True
    return length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= BODY_MAX_BYTES


def _is_signature(signature: str) -> bool:
    return signature.isascii() and len(signature) == SIGNATURE_LENGTH


def _content_type(environ: Environ) -> str:
    # granian passes it as an HTTP_ header too, but WSGI promises only this name.
    value: str = environ.get("CONTENT_TYPE") or environ.get("HTTP_CONTENT_TYPE") or ""
    return value.partition(";")[0].strip().lower()


def _handshake(payload: Payload) -> Reply | None:
    if payload.get("ssl_check") == "1":
        return EMPTY
    if payload.get("type") == "url_verification":
        return Reply(HTTPStatus.OK, json.dumps({"challenge": str(payload.get("challenge", ""))}), JSON)
    return None
