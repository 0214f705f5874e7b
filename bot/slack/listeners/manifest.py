"""The Slack app manifest, made from the registered commands, with a reason for every scope and event.

Reference: docs.slack.dev/reference/app-manifest. Slack takes it as JSON. A new ability that fits the six
commands changes nothing here, so nobody has to reinstall the app for it.
"""

from __future__ import annotations

from typing import Any, Final

from bot.slack.curation.command import SAVE_CALLBACK, SAVE_NAME
from bot.slack.listeners.shortcut import LOOK_UP_CALLBACK
from bot.slack.receiving.http import EVENTS_PATH, REDIRECT_PATH
from handlers.lookups.welcome import FIRST_QUESTIONS
from handlers.registry import SLASH
from handlers.say import say

# Slack's limits: docs.slack.dev/reference/app-manifest and slackapi/node-slack-sdk request/manifest.ts.
COMMAND_MAX: Final = 32
DESCRIPTION_MAX: Final = 2000
USAGE_HINT_MAX: Final = 1000
APP_DESCRIPTION_MAX: Final = 140
AGENT_DESCRIPTION_MAX: Final = 300
PROMPTS_MAX: Final = 4

LOOK_UP_NAME: Final = say("Look up in YRD Desk")
PLACEHOLDER_URL: Final = "https://your-host.example"

SCOPES: Final[dict[str, str]] = {
    "app_mentions:read": "to hear questions that mention the bot in a channel",
    "channels:history": "to see whether a digest is in a channel before posting it again after a failure",
    "chat:write": "to answer mentions and direct messages, and to share an answer where the bot is a member",
    "commands": "to offer the slash commands and the message shortcut",
    "files:write": "to upload maps as pictures",
    "groups:history": "the same in private channels that the bot was invited to",
    "im:history": "to hear questions in direct messages to the bot, and to see whether a first look at them is to be greeted",
    "im:write": "to send a map to whoever asked for one where Slack shows none in the answer, and to see whether the owner of a digest was told of a failure before telling again",
    "metadata.message:read": "to know its own digests by the slot they name; without it none would be recognised",
    "users:read": "to see who belongs to the workspace and who only shares a channel with it, to offer a person's own time zone, to let the workspace's admins change digests and appoint curators, and to name who approved a fact",
}
"""Every scope the bot asks for, and why."""

AGENT_SCOPES: Final[dict[str, str]] = {
    "assistant:write": "asked for by Slack of every app that shows the agent view (only with `--agent`)",
}

EVENTS: Final[dict[str, str]] = {
    "app_home_opened": "to show the Home tab, and to greet whoever opens the bot's messages for the first time",
    "app_mention": "to answer when mentioned, in the thread",
    "app_uninstalled": "to stop work for a workspace that removed the app",
    "message.im": "to answer direct messages",
    "tokens_revoked": "to stop work when the token is taken back",
}
"""Every event the bot subscribes to, and why."""

THREAD_EVENTS: Final[dict[str, str]] = {
    "message.channels": "to take replies in threads without a mention where a channel has it so; Slack then sends every message of the public channels the bot is in (only with `--threads`)",
    "message.groups": "the same in private channels: every message of those the bot is in (only with `--threads`)",
}
"""Events that only some want: what is not asked of the bot comes with them, is not answered, and is not kept."""

_NAME: Final = say("YRD Desk")
_DESCRIPTION: Final = say(
    "Answers questions on the Yangtze River Delta from a curated fact base, each with its source"
)


def scopes_in_use(agent: bool = False) -> tuple[str, ...]:
    """Return the bot token's scopes, sorted: what the manifest asks for, and no more."""
    return tuple(sorted({**SCOPES, **(AGENT_SCOPES if agent else {})}))


def manifest(
    agent: bool = False,
    socket: bool = True,
    url: str = PLACEHOLDER_URL,
    *,
    threads: bool = False,
    many: bool = False,
) -> dict[str, Any]:
    """Return the manifest, ready for JSON. Over HTTP (`socket` False), Slack sends everything to `url` + PATH.

    With `many` workspaces, and whole organisations, install the app themselves, over HTTP, and their tokens are renewed.

    With `agent` the app shows Slack's agent view, which shuts out guests and cannot be taken back. With `threads` Slack
    sends every message of the channels that the bot is in, so that threads can be followed without a mention.
    """
    socket = socket and not many
    back = {"redirect_urls": [url.rstrip("/") + REDIRECT_PATH]} if many else {}
    events = sorted({**EVENTS, **(THREAD_EVENTS if threads else {})})
    request_url = {} if socket else {"request_url": url.rstrip("/") + EVENTS_PATH}
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": _NAME,
            "description": _DESCRIPTION,
            "background_color": "#1f4e5f",
        },
        "features": _features(agent, {} if socket else {"url": url.rstrip("/") + EVENTS_PATH}),
        "oauth_config": {**back, "scopes": {"bot": list(scopes_in_use(agent))}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": events},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": many,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": many,
        },
    }


def _features(agent: bool, url: dict[str, str]) -> dict[str, Any]:
    features: dict[str, Any] = {
        "bot_user": {"display_name": "yrd-desk", "always_online": True},
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "slash_commands": [
            {
                "command": command.name,
                "description": command.summary,
                "usage_hint": command.usage,
                # Turns @person and #channel into ids, so that names of people never reach the bot.
                "should_escape": True,
                **url,
            }
            for command in SLASH
        ],
        "shortcuts": [
            {
                "name": LOOK_UP_NAME,
                "type": "message",
                "callback_id": LOOK_UP_CALLBACK,
                "description": say("Find the places, pairings and mechanisms that a message names"),
            },
            {
                "name": SAVE_NAME,
                "type": "message",
                "callback_id": SAVE_CALLBACK,
                "description": say("Propose a fact from a message; a curator reviews it"),
            },
        ],
    }
    if agent:
        features["agent_view"] = {"agent_description": _DESCRIPTION, "suggested_prompts": _prompts()}
    return features


def _prompts() -> list[dict[str, str]]:
    """The questions of the greeting, as far as Slack takes them: docs.slack.dev/reference/app-manifest"""
    return [{"title": one.label, "message": one.text} for one in FIRST_QUESTIONS[:PROMPTS_MAX]]


def scopes_table() -> str:
    """Return scopes and events with their reasons as Markdown for the README."""
    rows = ["| Scope | Why |", "|---|---|"]
    rows += [f"| `{scope}` | {why} |" for scope, why in {**SCOPES, **AGENT_SCOPES}.items()]
    rows += ["", "| Event | Why |", "|---|---|"]
    rows += [f"| `{event}` | {why} |" for event, why in {**EVENTS, **THREAD_EVENTS}.items()]
    return "\n".join(rows)
