"""What Slack saw: every payload sent to the bot and every call it made, with the answers. The newest alone."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from bot.local_slack.api.limit_usage import LimitUsage, usage_of_acknowledgement, usage_of_call
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.delivery import Delivery

MOST_EXCHANGES: Final = 200
# Tokens are worth nothing outside this process, but people take pictures of what they see.
HIDDEN: Final = frozenset(
    {"token", "bot_token", "app_token", "access_token", "refresh_token", "client_secret"}
)
Direction = Literal["to the bot", "to Slack"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `status` is 0 when nothing came back; `seconds` is how long that took."""

    number: int
    at: float
    way: Direction
    name: str
    headers: dict[str, str]
    payload: Json
    status: int
    answer: Any
    seconds: float
    usage: LimitUsage | None

    def shown(self) -> Json:
        """Return the exchange as the page's drawer gets it."""
        usage = None
        if self.usage is not None:
            usage = {"limit": self.usage.limit, "used": self.usage.used, "most": self.usage.most}
        return {
            "number": self.number,
            "at": self.at,
            "way": self.way,
            "name": self.name,
            "headers": self.headers,
            "payload": self.payload,
            "status": self.status,
            "answer": self.answer,
            "ms": round(self.seconds * 1000, 1),
            "usage": usage,
        }


class ExchangeLog:
    """Remembers the last KEPT exchanges; for many threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: deque[Exchange] = deque(maxlen=MOST_EXCHANGES)
        self._count = 0
        self._calls: dict[str, deque[float]] = {}

    def delivered(self, delivery: Delivery) -> None:
        """Note a payload that the bot was sent, and its answer."""
        usage = usage_of_acknowledgement(delivery.seconds, delivery.reply)
        answer = delivery.error if delivery.status == 0 else delivery.reply
        self._add(
            "to the bot", name_of(delivery), dict(delivery.signed), delivery.payload, delivery.status, answer,
            delivery.seconds, usage,
        )  # fmt: skip

    def called(self, method: str, payload: Json, status: int, answer: Any, seconds: float) -> None:
        """Note a call that the bot made."""
        now = self._clock()
        with self._lock:
            calls = self._calls.setdefault(method, deque(maxlen=200))
            calls.append(now)
            recent = sum(1 for at in calls if now - at < 60)
        usage = usage_of_call(method, payload, recent)
        self._add("to Slack", method, {}, payload, status, answer, seconds, usage)

    def after(self, number: int) -> list[Exchange]:
        """Return what came after the exchange with that number, oldest first."""
        with self._lock:
            return [exchange for exchange in self._kept if exchange.number > number]

    def _add(
        self, way: Direction, name: str, headers: dict[str, str], payload: Json, status: int, answer: Any,
        seconds: float, usage: LimitUsage | None,
    ) -> None:  # fmt: skip
        with self._lock:
            self._count += 1
            self._kept.append(
                Exchange(
                    self._count,
                    self._clock(),
                    way,
                    name,
                    headers,
                    _without_tokens(payload),
                    status,
                    _without_tokens(answer),
                    seconds,
                    usage,
                )
            )


def name_of(delivery: Delivery) -> str:
    """Return what a delivery is, in Slack's words: "/yrd-city", "app_mention", "block_actions"."""
    payload = delivery.payload
    if delivery.kind == "slash_commands":
        return str(payload.get("command", "command"))
    if delivery.kind == "events_api":
        event = payload.get("event") or {}
        return " · ".join(str(event[key]) for key in ("type", "subtype") if event.get(key)) or "event"
    return str(payload.get("type", "interaction"))


def _without_tokens(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: "…" if key in HIDDEN else _without_tokens(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_tokens(inner) for inner in value]
    return value
