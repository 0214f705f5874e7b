"""The one table of Web API methods: those the bot calls or may call to undo them. Every other is an unknown_method."""

from __future__ import annotations

from bot.local_slack.api import chat, conversations, files, views
from bot.local_slack.api import users as people
from bot.local_slack.api.method import ApiContext, Method
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json


def _connections_open(context: ApiContext, args: Json) -> Json:
    return {"url": context.open_connection()}


def api_test(args: Json) -> Json:
    """Return the answer of api.test, which says back what it is told; raises the error it is asked for."""
    if args.get("error"):
        raise SlackError(str(args["error"]), args=args)
    return {"args": args}


def _api_test(context: ApiContext, args: Json) -> Json:
    return api_test(args)


# Tiers and scopes: https://docs.slack.dev/reference/methods/<name>. Methods without a scope here check it by the
# kind of conversation they are called for.
METHODS: dict[str, Method] = {
    "api.test": Method(_api_test, tier=4, token="none"),
    "auth.test": Method(people.auth_test, tier=0),
    "apps.connections.open": Method(_connections_open, tier=3, scopes=("connections:write",), token="app"),
    "bots.info": Method(people.bot_info, tier=3, scopes=("users:read",)),
    "chat.delete": Method(chat.delete, tier=3, scopes=("chat:write",)),
    "chat.getPermalink": Method(chat.permalink, tier=0),
    "chat.postEphemeral": Method(chat.post_ephemeral, tier=4, scopes=("chat:write",)),
    "chat.postMessage": Method(chat.post_message, tier=0, scopes=("chat:write",)),
    "chat.update": Method(chat.update, tier=3, scopes=("chat:write",)),
    "conversations.history": Method(conversations.history, tier=3),
    "conversations.info": Method(conversations.info, tier=3),
    "conversations.open": Method(conversations.open_im, tier=3, scopes=("im:write",)),
    "conversations.replies": Method(conversations.replies, tier=3),
    "files.completeUploadExternal": Method(files.complete_upload, tier=4, scopes=("files:write",)),
    "files.getUploadURLExternal": Method(files.upload_url, tier=4, scopes=("files:write",)),
    "users.info": Method(people.user_info, tier=4, scopes=("users:read",)),
    "users.list": Method(people.user_list, tier=2, scopes=("users:read",)),
    "views.open": Method(views.open_view, tier=4),
    "views.publish": Method(views.publish_view, tier=4),
    "views.push": Method(views.push_view, tier=4),
    "views.update": Method(views.update_view, tier=4),
}
