"""What one person sees of the workspace, as the page's JSON."""

from __future__ import annotations

from bot.local_slack.blockkit.blocks import file_id_of
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.records import Channel, File, Message, User, View
from bot.local_slack.state.team import Team
from bot.local_slack.web.pictures import hotspots, is_png

MESSAGES_PER_CHANNEL = 300


def visible_to(team: Team, user: User, since: int = 0, fresh: bool = False) -> Json:
    """Return what changed for a person after version `since` (0 = everything), without what others alone see.

    `fresh` is for a page that was loaded anew: what was for one person's eyes is gone then, as in Slack.
    """
    with team.lock:
        seen: Json = {"version": team.version, "epoch": team.epoch}
        if since >= team.version:
            return seen
        channels = [c for c in team.channels.values() if _in_sight(c, user)]
        modal, home = team.modal_of(user), team.homes.get(user.id)
        return seen | {
            "me": user.id,
            "team": team.identity.team_name,
            "bot": team.identity.bot_user,
            "users": {
                u.id: {
                    "name": u.real_name,
                    "handle": u.name,
                    "bot": u.is_bot,
                    "tz": u.tz,
                    "locale": u.locale,
                }
                for u in team.users.values()
            },
            "channels": [_channel(team, c) for c in channels],
            "messages": [m for c in channels for m in _messages(team, c, user, since, fresh)],
            "modal": _modal(team, modal),
            "home": _view(team, home),
            "ahead": round(getattr(team.clock, "ahead", 0.0)),
        }


def _in_sight(channel: Channel, user: User) -> bool:
    return user.id in channel.members and not channel.is_archived


def _channel(team: Team, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": team.identity.bot_name if channel.im_with else channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "has_bot": team.identity.bot_user in channel.members,
    }


def _messages(team: Team, channel: Channel, user: User, since: int, fresh: bool) -> list[Json]:
    eyes = ("",) if fresh else ("", user.id)
    held = [m for m in team.messages[channel.id] if m.only_for in eyes]
    return [
        _message(team, m)
        for m in held[-MESSAGES_PER_CHANNEL:]
        if m.version > since and (since or not m.deleted)
    ]


def _message(team: Team, message: Message) -> Json:
    shown: Json = {"channel": message.channel, "ts": message.ts, "version": message.version}
    if message.deleted:
        return shown | {"deleted": True}
    return shown | {
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "ephemeral": bool(message.only_for),
        "bot": message.by_bot,
        "slack": message.from_slack,
        "edited": bool(message.edited_ts),
        "broadcast": message.broadcast,
        "files": [_file(team.files[file]) for file in message.files if file in team.files],
        "pictures": _pictures(team, message.blocks),
    }


def _pictures(team: Team, blocks: list[Json]) -> Json:
    """The files that image blocks show, by id."""
    shown = filter(None, map(file_id_of, blocks))
    return {file: _file(team.files[file]) for file in shown if file in team.files}


def _file(file: File) -> Json:
    """A file as the page shows it; `parts` is where a picture tells of its hotspots."""
    url = f"/workspace/file/{file.id}"
    parts = f"{url}/parts" if hotspots(file.content) else None
    return {"title": file.title, "alt": file.alt, "url": url, "image": is_png(file.content), "parts": parts}


def _modal(team: Team, view: View | None) -> Json | None:
    shown = _view(team, view)
    if view is not None and shown is not None:
        shown["under"] = len([v for v in team.modals.values() if v.user == view.user and v.is_open]) - 1
    return shown


def _view(team: Team, view: View | None) -> Json | None:
    if view is None:
        return None
    return {
        "id": view.id,
        "hash": view.hash,
        "version": view.version,
        "errors": view.errors,
        "pictures": _pictures(team, view.body["blocks"]),
        **view.body,
    }
