"""conversations.*: opening, describing and reading conversations."""

from __future__ import annotations

from typing import Any

from bot.local_slack.api.chat import message_json
from bot.local_slack.api.method import (
    ApiContext,
    boolean_argument,
    known_channel,
    page_of,
    require_scope,
    required_argument,
)
from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.faults import READING_PAGE
from bot.local_slack.state.records import Channel, Message
from bot.local_slack.state.team import Team

SCOPE_PREFIX = {"public": "channels", "private": "groups", "im": "im"}


def open_im(context: ApiContext, args: Json) -> Json:
    """Return the answer of conversations.open with one person; group messages are not held."""
    users = str(required_argument(args, "users")).split(",")
    user = context.team.users.get(users[0])
    if len(users) != 1 or user is None or user.is_bot:
        raise SlackError("user_not_found")
    channel = context.team.im(user)
    return {"channel": {"id": channel.id, "is_im": True, "user": user.id}}


def channel_json(team: Team, channel: Channel) -> Json:
    """Return a conversation as conversations.info shows it to the bot."""
    shown: Json = {
        "id": channel.id,
        "is_im": channel.kind == "im",
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "is_archived": channel.is_archived,
        "context_team_id": team.identity.team_id,
    }
    if channel.kind == "im":
        return shown | {"user": channel.im_with}
    return shown | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_member": team.identity.bot_user in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
    }


def info(context: ApiContext, args: Json) -> Json:
    """Return the answer of conversations.info."""
    channel = known_channel(context.team, required_argument(args, "channel"))
    require_scope(context.team, f"{SCOPE_PREFIX[channel.kind]}:read")
    shown = channel_json(context.team, channel)
    if boolean_argument(args, "include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def history(context: ApiContext, args: Json) -> Json:
    """Return the answer of conversations.history: newest first, without replies and ephemeral messages."""
    channel = _readable(context, args)
    posts = [m for m in _visible(context, channel) if not m.thread_ts or m.broadcast]
    return _page(context, args, list(reversed(_between(posts, args))))


def replies(context: ApiContext, args: Json) -> Json:
    """Return the answer of conversations.replies: the parent and its replies, oldest first."""
    channel = _readable(context, args)
    given = context.team.find(channel, str(required_argument(args, "ts")))
    if given is None or given.only_for:
        raise SlackError("thread_not_found")
    root = given.thread_ts or given.ts
    posts = [m for m in _visible(context, channel) if root in (m.ts, m.thread_ts)]
    return _page(context, args, _between(posts, args, keep=root))


def _readable(context: ApiContext, args: Json) -> Channel:
    channel = known_channel(context.team, required_argument(args, "channel"))
    require_scope(context.team, f"{SCOPE_PREFIX[channel.kind]}:history")
    if context.team.identity.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _visible(context: ApiContext, channel: Channel) -> list[Message]:
    horizon = context.team.clock() - context.faults.visible_after
    return [m for m in context.team.posts(channel) if m.at <= horizon or not context.faults.visible_after]


def _between(posts: list[Message], args: Json, keep: str = "") -> list[Message]:
    oldest, latest = _seconds(args.get("oldest")), _seconds(args.get("latest"))
    inclusive = boolean_argument(args, "inclusive")

    def inside(ts: str) -> bool:
        at = _seconds(ts) or 0.0
        if oldest is not None and not (at > oldest or (inclusive and at == oldest)):
            return False
        return latest is None or at < latest or (inclusive and at == latest)

    return [m for m in posts if m.ts == keep or inside(m.ts)]


def _seconds(value: Any) -> float | None:
    if value in (None, "", "0", 0):
        return None
    try:
        return float(value)
    except ValueError as error:
        raise SlackError("invalid_ts_oldest") from error


def _page(context: ApiContext, args: Json, posts: list[Message]) -> Json:
    shown, page = page_of(posts, args, READING_PAGE if context.faults.few_readings else limits.PAGE)
    messages = [message_json(context.team, m) | _metadata(context, args, m) for m in shown]
    return {"messages": messages, "has_more": bool(page["response_metadata"]["next_cursor"]), **page}


def _metadata(context: ApiContext, args: Json, message: Message) -> Json:
    # Without metadata.message:read Slack leaves the field out and says nothing.
    allowed = "metadata.message:read" in context.team.identity.scopes
    if not (allowed and boolean_argument(args, "include_all_metadata") and message.metadata):
        return {}
    return {"metadata": message.metadata}
