"""What a Web API method is, and what every handler may ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.faults import Faults
from bot.local_slack.state.records import Channel
from bot.local_slack.state.team import Team
from bot.local_slack.state.triggers import Triggers

T = TypeVar("T")
TokenKind = Literal["bot", "app", "none"]


@dataclass(frozen=True, slots=True)
class ApiContext:
    """What a method of the Web API works on."""

    team: Team
    triggers: Triggers
    faults: Faults
    open_connection: Callable[[], str]
    origin: str = ""


Handler = Callable[[ApiContext, Json], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its handler, the scopes its token must hold, its rate-limit tier (0 = special), which token it takes."""

    handle: Handler
    tier: int
    scopes: tuple[str, ...] = ()
    token: TokenKind = "bot"


def require_scope(team: Team, scope: str) -> None:
    """Raise missing_scope, with what is needed and what there is."""
    if scope not in team.identity.scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(team.identity.scopes)))


def required_argument(args: Json, name: str) -> Any:
    """Return a required argument; invalid_arguments when it is missing."""
    value = args.get(name)
    if value in (None, ""):
        message = f"[ERROR] missing required field: {name}"
        raise SlackError("invalid_arguments", response_metadata={"messages": [message]})
    return value


def boolean_argument(args: Json, name: str) -> bool:
    """Return a yes-or-no argument as forms and JSON write it."""
    return str(args.get(name, "")).lower() in {"1", "true"}


def page_of(items: Sequence[T], args: Json, most: int = limits.PAGE) -> tuple[Sequence[T], Json]:
    """Return one page of a list by `limit`, or `most` of it, and `cursor`, and the response_metadata that leads to
    the next.
    """
    size = _whole(args.get("limit"), 100, "invalid_limit")
    if not 1 <= size <= limits.PAGE:
        raise SlackError("invalid_limit")
    size = min(size, most)
    start = _whole(args.get("cursor"), 0, "invalid_cursor")
    more = str(start + size) if start + size < len(items) else ""
    return items[start : start + size], {"response_metadata": {"next_cursor": more}}


def _whole(value: Any, default: int, error: str) -> int:
    if value in (None, ""):
        return default
    if not (str(value).isascii() and str(value).isdecimal()):
        raise SlackError(error)
    return int(value)


def known_channel(team: Team, channel_id: Any) -> Channel:
    """Return a conversation by id that the bot may know of; channel_not_found else. Names do not count."""
    channel = team.channels.get(str(channel_id))
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.kind != "public" and team.identity.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    return channel
