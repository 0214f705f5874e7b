"""How what happens in the workspace reaches the bot: signed HTTP or Socket Mode. Nothing else differs."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from bot.local_slack.api.exchange_log import ExchangeLog
from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.json import Json
from bot.local_slack.driver.socket_mode import SocketModeServer
from bot.local_slack.state.delivery import Delivery, DeliveryKind, Retry

Headers = Mapping[str, str] | Sequence[tuple[str, str]]
FORM = "application/x-www-form-urlencoded"


class Transport(Protocol):
    """Carries one payload to the bot and waits for its answer; never raises for what the bot does."""

    def send(self, kind: DeliveryKind, payload: Json, retry: Retry | None = None) -> Delivery:
        """Return what came of it."""
        ...


class HttpTransport:
    """Signed requests to one URL, as Slack sends them; no redirects, 3 seconds."""

    def __init__(
        self,
        url: str,
        signing_secret: str,
        clock: Callable[[], float] = time.time,
        timeout: float = limits.ACK_SECONDS,
    ) -> None:
        self.url = url
        self.timeout = timeout
        self._secret = signing_secret
        self._clock = clock

    def send(self, kind: DeliveryKind, payload: Json, retry: Retry | None = None) -> Delivery:
        """Encode as Slack does for this kind, sign, post; return what came of it."""
        headers = {"Content-Type": "application/json" if kind == "events_api" else FORM}
        if kind == "events_api":
            body = json.dumps(payload, ensure_ascii=False).encode()
        elif kind == "slash_commands":
            body = urlencode(payload).encode()
        else:
            body = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode()
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        signed = {**headers, **self.signature(body)}
        return replace(self.post(body, signed), kind=kind, payload=payload, signed=signed)

    def signature(self, body: bytes, timestamp: str = "") -> dict[str, str]:
        """Return the two headers that prove a body is Slack's. https://docs.slack.dev/authentication/verifying-requests-from-slack"""
        stamp = timestamp or str(int(self._clock()))
        signed = b"v0:" + stamp.encode() + b":" + body
        digest = hmac.new(self._secret.encode(), signed, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    def post(self, body: bytes, headers: Headers) -> Delivery:
        """Post a body as it is, under these headers alone (and Host, Content-Length, User-Agent); return what came of it.

        Headers as pairs may repeat a name, for hostile tests.
        """
        at = urlsplit(self.url)
        started = time.monotonic()
        connection = http.client.HTTPConnection(
            at.hostname or "127.0.0.1", at.port or 80, timeout=self.timeout
        )
        try:
            connection.putrequest("POST", at.path or "/", skip_accept_encoding=True)
            connection.putheader("Content-Length", str(len(body)))
            connection.putheader("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
            for name, value in headers.items() if isinstance(headers, Mapping) else headers:
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            got = {name.lower(): value for name, value in response.getheaders()}
            took = time.monotonic() - started
            return Delivery("interactive", {}, response.status, _parsed(text, got), seconds=took, headers=got)
        except TimeoutError:
            return Delivery("interactive", {}, 0, error="http_timeout", seconds=time.monotonic() - started)
        except (OSError, http.client.HTTPException) as error:
            return Delivery("interactive", {}, 0, error=f"connection_failed: {error}")
        finally:
            connection.close()


class SocketTransport:
    """Envelopes over whichever Socket Mode connection the bot holds open."""

    def __init__(self, socket_mode: SocketModeServer, timeout: float = limits.ACK_SECONDS) -> None:
        self._socket_mode = socket_mode
        self.timeout = timeout

    def send(self, kind: DeliveryKind, payload: Json, retry: Retry | None = None) -> Delivery:
        """Wrap, send, wait for the ack; return what came of it."""
        envelope: Json = {"type": kind, "payload": payload, "accepts_response_payload": kind != "events_api"}
        if kind == "events_api":
            envelope |= {
                "retry_attempt": retry.attempt if retry else 0,
                "retry_reason": retry.reason if retry else "",
            }
        started = time.monotonic()
        try:
            ack = self._socket_mode.send(envelope, self.timeout)
        except ConnectionError as error:
            return Delivery(kind, payload, 0, error=f"connection_failed: {error}")
        took = time.monotonic() - started
        if ack is None:
            return Delivery(kind, payload, 0, error="timeout", seconds=took)
        return Delivery(kind, payload, 200, ack.payload if ack.payload is not None else "", seconds=took)


class RecordingTransport:
    """A transport that carries what another carries, and notes it in the log. The other may change at any time."""

    def __init__(self, transport: Callable[[], Transport], exchange_log: ExchangeLog) -> None:
        self._transport = transport
        self._exchange_log = exchange_log

    def send(self, kind: DeliveryKind, payload: Json, retry: Retry | None = None) -> Delivery:
        """Send, note, and return what came of it."""
        delivery = self._transport().send(kind, payload, retry)
        self._exchange_log.delivered(delivery)
        return delivery


def _parsed(text: str, headers: dict[str, str]) -> Any:
    if not headers.get("content-type", "").startswith("application/json"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
