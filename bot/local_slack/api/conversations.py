"""conversations.*: opening, describing and reading conversations."""

from __future__ import annotations

from typing import Any

from bot.local_slack.api.chat import message_json
from bot.local_slack.api.method import Backstage, argument, flag, known_channel, page_of, require_scope
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.records import Channel, Message
from bot.local_slack.state.team import Team

SCOPE_PREFIX = {"public": "channels", "private": "groups", "im": "im"}


def open_im(stage: Backstage, args: Json) -> Json:
    """conversations.open with one person; group messages are not held."""
    users = str(argument(args, "users")).split(",")
    user = stage.team.users.get(users[0])
    if len(users) != 1 or user is None or user.is_bot:
        raise SlackError("user_not_found")
    channel = stage.team.im(user)
    return {"channel": {"id": channel.id, "is_im": True, "user": user.id}}


def channel_json(team: Team, channel: Channel) -> Json:
    """A conversation as conversations.info shows it to the bot."""
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


def info(stage: Backstage, args: Json) -> Json:
    """conversations.info."""
    channel = known_channel(stage.team, argument(args, "channel"))
    require_scope(stage.team, f"{SCOPE_PREFIX[channel.kind]}:read")
    shown = channel_json(stage.team, channel)
    if flag(args, "include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def history(stage: Backstage, args: Json) -> Json:
    """conversations.history: newest first, without replies and ephemeral messages."""
    channel = _readable(stage, args)
    posts = [m for m in _visible(stage, channel) if not m.thread_ts or m.broadcast]
    return _page(stage, args, list(reversed(_between(posts, args))))


def replies(stage: Backstage, args: Json) -> Json:
    """conversations.replies: the parent and its replies, oldest first."""
    channel = _readable(stage, args)
    given = stage.team.find(channel, str(argument(args, "ts")))
    if given is None or given.only_for:
        raise SlackError("thread_not_found")
    root = given.thread_ts or given.ts
    posts = [m for m in _visible(stage, channel) if root in (m.ts, m.thread_ts)]
    return _page(stage, args, _between(posts, args, keep=root))


def _readable(stage: Backstage, args: Json) -> Channel:
    channel = known_channel(stage.team, argument(args, "channel"))
    require_scope(stage.team, f"{SCOPE_PREFIX[channel.kind]}:history")
    if stage.team.identity.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _visible(stage: Backstage, channel: Channel) -> list[Message]:
    horizon = stage.team.clock() - stage.faults.visible_after
    return [m for m in stage.team.posts(channel) if m.at <= horizon or not stage.faults.visible_after]


def _between(posts: list[Message], args: Json, keep: str = "") -> list[Message]:
    oldest, latest = _seconds(args.get("oldest")), _seconds(args.get("latest"))
    inclusive = flag(args, "inclusive")

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


def _page(stage: Backstage, args: Json, posts: list[Message]) -> Json:
    shown, page = page_of(posts, args)
    messages = [message_json(stage.team, m) | _metadata(stage, args, m) for m in shown]
    return {"messages": messages, "has_more": bool(page["response_metadata"]["next_cursor"]), **page}


def _metadata(stage: Backstage, args: Json, message: Message) -> Json:
    # Without metadata.message:read Slack leaves the field out and says nothing.
    allowed = "metadata.message:read" in stage.team.identity.scopes
    if not (allowed and flag(args, "include_all_metadata") and message.metadata):
        return {}
    return {"metadata": message.metadata}
