"""files.*: uploading in Slack's three steps: ask for a URL, post the bytes to it, share what was posted."""

from __future__ import annotations

import json
import secrets
from typing import Any

from bot.local_slack.api.chat import place_of, refuse_unless_postable, thread_root
from bot.local_slack.api.method import ApiContext, required_argument
from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.records import File
from bot.local_slack.state.team import Team, new_id


def upload_url(context: ApiContext, args: Json) -> Json:
    """Return the answer of files.getUploadURLExternal."""
    name, length = str(required_argument(args, "filename")), str(required_argument(args, "length"))
    alt = str(args.get("alt_txt") or "")
    if not (length.isascii() and length.isdecimal()) or int(length) == 0:
        raise SlackError("invalid_arguments")
    if int(length) > limits.FILE_BYTES:
        raise SlackError("file_upload_size_restricted")
    if len(alt) > limits.FILE_ALT:
        raise SlackError("alt_txt_too_large")
    file = File(new_id("F"), name, alt, int(length), secrets.token_hex(16))
    context.team.files[file.id] = file
    return {"upload_url": f"{context.origin}/upload/{file.ticket}", "file_id": file.id}


def receive_upload(team: Team, ticket: str, content: bytes) -> bool:
    """Keep what was posted to an upload URL; return False where there is no such URL or the length is another."""
    file = _ticketed(team, ticket)
    if file is None or len(content) != file.length:
        return False
    file.content = content
    return True


def awaits_upload(team: Team, ticket: str) -> bool:
    """Say whether the team gave that upload URL away."""
    return _ticketed(team, ticket) is not None


def _ticketed(team: Team, ticket: str) -> File | None:
    return next((file for file in list(team.files.values()) if file.ticket == ticket), None)


def complete_upload(context: ApiContext, args: Json) -> Json:
    """Return the answer of files.completeUploadExternal: the files are shared in one conversation, or stay private."""
    team = context.team
    files = [_named(team, item) for item in _items(required_argument(args, "files"))]
    if args.get("channel_id"):
        channel = place_of(team, args["channel_id"])
        refuse_unless_postable(team, channel)
        comment = str(args.get("initial_comment") or "")
        if len(comment) > limits.POST_TEXT:
            raise SlackError("msg_too_long")
        team.post(
            channel,
            team.identity.bot_user,
            comment,
            files=[file.id for file in files],
            thread_ts=thread_root(team, channel, args.get("thread_ts")),
        )
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def _items(value: Any) -> list[Json]:
    try:
        items = json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise SlackError("invalid_arguments") from error
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise SlackError("invalid_arguments")
    return items


def _named(team: Team, item: Json) -> File:
    file = team.files.get(str(item.get("id")))
    if file is None or not file.content:
        raise SlackError("file_not_found")
    file.title = str(item.get("title") or file.name)
    return file
