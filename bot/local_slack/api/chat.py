"""chat.*: posting, changing and linking messages."""

from __future__ import annotations

from typing import Any

from bot.local_slack.api.method import ApiContext, boolean_argument, known_channel, required_argument
from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.blocks import check_message_blocks, file_id_of
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.blockkit.problems import NOT_SENT
from bot.local_slack.state.records import Channel, File, Message
from bot.local_slack.state.team import Team


def message_json(team: Team, message: Message) -> Json:
    """Return a message as the Web API and interaction payloads show it."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    if home := team.home_of(message.user):
        shown["team"] = home
    if message.by_bot:
        shown |= {"bot_id": team.identity.bot_id, "app_id": team.identity.app_id}
    if message.client_msg_id:
        shown["client_msg_id"] = message.client_msg_id
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.files:
        shown["files"] = [file_json(team.files[file]) for file in message.files if file in team.files]
    if message.edited_ts:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.thread_ts:
        shown |= {"thread_ts": message.thread_ts, "parent_user_id": _author(team, message)}
    elif replies := team.replies(message.channel, message.ts):
        shown |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
            "latest_reply": replies[-1].ts,
        }
    return shown


def file_json(file: File) -> Json:
    """Return a file as messages show it to the bot."""
    return {"id": file.id, "name": file.name, "title": file.title, "alt_txt": file.alt, "size": file.length}


def _author(team: Team, reply: Message) -> str:
    parent = team.find(reply.channel, reply.thread_ts)
    return parent.user if parent else ""


def check_content(team: Team, args: Json, text_limit: int = limits.POST_TEXT) -> tuple[str, list[Json]]:
    """Return the text and blocks of a message that Slack would take; no_text, msg_too_long, invalid_blocks else."""
    text, blocks = args.get("text") or "", args.get("blocks") or []
    if args.get("markdown_text") is not None:
        problem = f"[ERROR] unsupported argument: markdown_text ({NOT_SENT})"
        raise SlackError("invalid_arguments", response_metadata={"messages": [problem]})
    if not isinstance(text, str):
        raise SlackError("invalid_arguments")
    if not blocks and not text.strip():
        raise SlackError("no_text")
    # Slack cuts here; a bot that relies on the cut loses citations, so this one refuses.
    if len(text) > text_limit:
        raise SlackError("msg_too_long")
    if blocks:
        check_message_blocks(blocks)
        refuse_missing_pictures(team, blocks, "invalid_blocks")
    return text, blocks


def refuse_missing_pictures(team: Team, blocks: list[Json], code: str) -> None:
    """Raise `code` where a block shows a file that is not there, or whose bytes have not come.

    https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
    """
    for shown in filter(None, map(file_id_of, blocks)):
        file = team.files.get(shown)
        if file is None or not file.content:
            raise SlackError(code, response_metadata={"messages": [f"[ERROR] invalid slack file {shown}"]})


def post_message(context: ApiContext, args: Json) -> Json:
    """Return the answer of chat.postMessage; a user id opens the direct message with that person."""
    team = context.team
    channel = place_of(team, required_argument(args, "channel"))
    refuse_unless_postable(team, channel)
    text, blocks = check_content(team, args)
    message = team.post(
        channel,
        team.identity.bot_user,
        text,
        blocks=blocks,
        thread_ts=thread_root(team, channel, args.get("thread_ts")),
        metadata=_metadata(args.get("metadata")),
        broadcast=boolean_argument(args, "reply_broadcast"),
    )
    return {"channel": channel.id, "ts": message.ts, "message": message_json(team, message)}


def place_of(team: Team, target: Any) -> Channel:
    """Return a conversation by its id, or the direct message with the person whose id is given."""
    user = team.users.get(str(target))
    if user is not None and not user.is_bot:
        return team.im(user)
    return known_channel(team, target)


def refuse_unless_postable(team: Team, channel: Channel) -> None:
    """Raise is_archived or not_in_channel where the bot may not post."""
    if channel.is_archived:
        raise SlackError("is_archived")
    inside = team.identity.bot_user in channel.members
    if not inside and not (channel.kind == "public" and "chat:write.public" in team.identity.scopes):
        raise SlackError("not_in_channel")


def thread_root(team: Team, channel: Channel, thread_ts: Any) -> str:
    """Return the ts of the thread a reply goes to: a reply's ts stands for its thread; thread_not_found else."""
    if not thread_ts:
        return ""
    parent = team.find(channel, str(thread_ts))
    if parent is None or parent.only_for:
        raise SlackError("thread_not_found")
    return parent.thread_ts or parent.ts


def _metadata(value: Any) -> Json | None:
    if value is None:
        return None
    good = isinstance(value, dict) and isinstance(value.get("event_payload"), dict)
    if not good or not isinstance(value.get("event_type"), str) or not value["event_type"]:
        raise SlackError("invalid_metadata_format")
    return {"event_type": value["event_type"], "event_payload": value["event_payload"]}


def post_ephemeral(context: ApiContext, args: Json) -> Json:
    """Return the answer of chat.postEphemeral: to one person who is in the channel."""
    team = context.team
    channel = known_channel(team, required_argument(args, "channel"))
    user = team.users.get(str(required_argument(args, "user")))
    if channel.is_archived:
        raise SlackError("is_archived")
    if team.identity.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    if user is None or user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = check_content(team, args)
    message = team.post(
        channel,
        team.identity.bot_user,
        text,
        blocks=blocks,
        only_for=user.id,
        thread_ts=thread_root(team, channel, args.get("thread_ts")),
    )
    return {"message_ts": message.ts}


def update(context: ApiContext, args: Json) -> Json:
    """Return the answer of chat.update: the bot's own messages; ephemeral ones cannot be changed this way."""
    team = context.team
    channel = known_channel(team, required_argument(args, "channel"))
    message = team.find(channel, str(required_argument(args, "ts")))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    if message.user != team.identity.bot_user:
        raise SlackError("cant_update_message")
    text, blocks = check_content(team, args, limits.UPDATE_TEXT)
    team.edit(message, text, blocks, _metadata(args.get("metadata")))
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message_json(team, message),
    }


def delete(context: ApiContext, args: Json) -> Json:
    """Return the answer of chat.delete: the bot's own messages."""
    channel = known_channel(context.team, required_argument(args, "channel"))
    message = context.team.find(channel, str(required_argument(args, "ts")))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    if message.user != context.team.identity.bot_user:
        raise SlackError("cant_delete_message")
    context.team.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(context: ApiContext, args: Json) -> Json:
    """Return the answer of chat.getPermalink."""
    team = context.team
    channel = known_channel(team, required_argument(args, "channel"))
    message = team.find(channel, str(required_argument(args, "message_ts")))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    link = (
        f"https://{team.identity.team_domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    )
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}
