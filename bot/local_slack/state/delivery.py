"""What was sent to the bot, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.records import Message

DeliveryKind = Literal["slash_commands", "events_api", "interactive"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing sent to the bot and what it answered.

    `status` is the HTTP status; 0 when nothing came back in time. Over the socket an ack counts as 200. `reply` is
    the body as JSON where it is JSON, else text; `error` says why there is none. `message` is the person's message
    that was sent, or the bot's that the answer left in the workspace. `signed` are the headers that went with it.
    """

    kind: DeliveryKind
    payload: Json
    status: int
    reply: Any = None
    error: str = ""
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    message: Message | None = None
    also: tuple[Delivery, ...] = ()

    @property
    def ok(self) -> bool:
        """Return whether the bot acknowledged it in time."""
        return 200 <= self.status < 300

    def with_message(self, message: Message | None) -> Delivery:
        """Return the same with the message it is about."""
        return replace(self, message=message)

    def about(self, message: Message) -> MessageDelivery:
        """Return the same as what became of a message that is there."""
        values = {kept.name: getattr(self, kept.name) for kept in fields(self)}
        return MessageDelivery(**(values | {"message": message}))


@dataclass(frozen=True, slots=True)
class MessageDelivery(Delivery):
    """What became of a message: `message` is never None."""

    message: Message = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Retry:
    """That this is not the first attempt: 1 to 3, and why the one before failed, in Slack's words."""

    attempt: int
    reason: str = "http_timeout"
