"""What stands in front of Bolt over HTTP: only fresh, signed, readable and new requests of Slack's pass.

Order matters: nothing is read before its size is known to be fair, and nothing parsed before its
signature holds. Slack's rules: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import hmac
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from http import HTTPStatus

from bot.http.asgi import Head, is_fair_length
from bot.slack.receiving.dispatch import EMPTY_REPLY, JSON_TYPE, UNREADABLE, Payload, Reply, is_sound, parse
from bot.slack.receiving.signing import SigningWatch

# Slack's largest payload, a view, is 250 kB.
BODY_MAX_BYTES = 256 * 1024
# Slack's own limit for the age of a request, either way.
AGE_MAX_SECONDS = 300
# Twice the age limit: a timestamp may lie 300 s ahead and stay good for 600 s.
REPLAY_SECONDS = 600
# Some 250 bytes each, so 16 MB at most; when full, the oldest is forgotten first.
REPLAY_MAX = 65_536
# Two timestamp headers arrive joined by a comma, so they are no number either.
_IS_TIMESTAMP = re.compile(r"[0-9]{1,12}").fullmatch
_IS_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}").fullmatch
_TIMESTAMP, SIGNATURE_HEADER = "x-slack-request-timestamp", "x-slack-signature"

_TOO_LARGE = Reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is over 256 KB.")
_UNSIGNED = Reply(HTTPStatus.UNAUTHORIZED, "The signature or timestamp is missing, wrong or too old.")
_NOT_POST = Reply(HTTPStatus.METHOD_NOT_ALLOWED, "Slack sends POST.", headers=(("Allow", "POST"),))


class SeenSignatures:
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


class RequestVerifier:
    """Admits a request of Slack's as its payload, or says what to reply instead: first of its headers, then of
    its body.

    `secret` is the signing secret; `app_id`, when given, the only app that may be named. `now` gives Unix
    seconds; `watch` is told what is refused for its signature or time. Which workspace a request comes from is not judged here.
    """

    def __init__(
        self,
        secret: str,
        app_id: str | None = None,
        now: Callable[[], float] = time.time,
        watch: SigningWatch | None = None,
    ) -> None:
        self._keyed = hmac.new(secret.encode(), digestmod="sha256")
        self._app_id = app_id
        self._now = now
        self._signatures = SeenSignatures()
        self._watch = watch or SigningWatch()

    def refusal(self, head: Head) -> Reply | None:
        """Return the reply to a request whose body need not be read; None where it must be."""
        if head.method != "POST":
            return _NOT_POST
        if not is_fair_length(head.headers.get("content-length"), BODY_MAX_BYTES):
            return _TOO_LARGE
        timestamp = head.headers.get(_TIMESTAMP, "")
        if not (_IS_TIMESTAMP(timestamp) and _IS_SIGNATURE(head.headers.get(SIGNATURE_HEADER, ""))):
            return _UNSIGNED
        if abs(self._now() - int(timestamp)) > AGE_MAX_SECONDS:
            self._watch.stale()
            return _UNSIGNED
        return None

    def verify(self, head: Head, body: bytes) -> Payload | Reply:
        """Return the payload to dispatch, or the reply that ends the matter; `refusal` has let `head` pass.

        Never raises on bad input.
        """
        signature = head.headers[SIGNATURE_HEADER]
        if not self._is_signed(head.headers[_TIMESTAMP], signature, body):
            self._watch.refused()
            return _UNSIGNED
        self._watch.accepted()
        payload = parse(body, _content_type(head))
        if payload is None or not self._is_ours(payload) or not is_sound(payload):
            return UNREADABLE
        return _handshake(payload) or self._once(payload, signature)

    def _once(self, payload: Payload, signature: str) -> Payload | Reply:
        # A retry of Slack's own has a new timestamp, so only a copied request is stopped here; one that changes
        # something also after a restart and in another process, where it does (`SlackContext.claim`).
        return payload if self._signatures.is_new(signature, self._now()) else EMPTY_REPLY

    def _is_signed(self, timestamp: str, signature: str, body: bytes) -> bool:
        base = b"v0:" + timestamp.encode() + b":" + body
        mac = self._keyed.copy()
        mac.update(base)
        return hmac.compare_digest(f"v0={mac.hexdigest()}", signature)

    def _is_ours(self, payload: Payload) -> bool:
        return self._app_id is None or payload.get("api_app_id", self._app_id) == self._app_id


def _content_type(head: Head) -> str:
    return head.headers.get("content-type", "").partition(";")[0].strip().lower()


def _handshake(payload: Payload) -> Reply | None:
    if payload.get("ssl_check") == "1":
        return EMPTY_REPLY
    if payload.get("type") == "url_verification":
        return Reply(HTTPStatus.OK, json.dumps({"challenge": str(payload.get("challenge", ""))}), JSON_TYPE)
    return None
