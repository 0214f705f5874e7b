"""Answers to an interaction: what a slash command's ack or a response_url puts into the workspace."""

from __future__ import annotations

import json
from typing import Any

from bot.local_slack.api.chat import check_content, thread_root
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.records import Message
from bot.local_slack.state.team import Team
from bot.local_slack.state.triggers import ResponseUrl


def as_response(body: Any) -> Json:
    """Return the body of an answer as an object: plain text is a message text, nothing is {}."""
    if isinstance(body, dict):
        return body
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body or "")
    try:
        parsed = json.loads(text)
    except ValueError:
        parsed = None
    if isinstance(parsed, dict):
        return parsed
    return {"text": text} if text.strip() else {}


def put_response(team: Team, url: ResponseUrl, response: Json) -> Message | None:
    """Do what an answer asks: post, replace or delete; return the message it leaves, None when there is none.

    Ephemeral unless response_type is in_channel. Raises SlackError with Slack's code when Slack would refuse.
    """
    origin = team.find(url.channel, url.origin) if url.origin else None
    if response.get("delete_original"):
        if origin is None:
            raise SlackError("message_not_found")
        team.delete(origin)
        return None
    text, blocks = check_content(team, response)
    if response.get("replace_original") and origin is not None:
        return team.edit(origin, text, blocks)
    if response.get("replace_original") and url.origin:
        raise SlackError("message_not_found")
    channel = team.channel(url.channel)
    in_channel = response.get("response_type") == "in_channel"
    message = team.post(
        channel,
        team.identity.bot_user,
        text,
        blocks=blocks,
        only_for="" if in_channel else url.user,
        thread_ts=thread_root(team, channel, response.get("thread_ts")),
    )
    # A slash command has no message of its own: its first answer is what "original" means from then on.
    url.origin = url.origin or message.ts
    return message
