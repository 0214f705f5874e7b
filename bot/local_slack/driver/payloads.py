"""The payloads Slack sends: commands, events, interactions. Shapes only; nothing is sent or changed here."""

from __future__ import annotations

import time
from typing import Any

from bot.local_slack.api.chat import message_json
from bot.local_slack.api.views import view_json
from bot.local_slack.blockkit.blocks import STATEFUL
from bot.local_slack.blockkit.ids import interactive_elements
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.records import Channel, Message, User, View
from bot.local_slack.state.team import Team, new_id

CHANNEL_NAMES = {"im": "directmessage", "private": "privategroup"}
CHANNEL_TYPES = {"im": "im", "private": "group", "public": "channel"}


def _channel_name(channel: Channel) -> str:
    return CHANNEL_NAMES.get(channel.kind, channel.name)


def _interaction(team: Team, kind: str, user: User) -> Json:
    me = team.identity
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team.home_of(user)},
        "api_app_id": me.app_id,
        "token": me.verification_token,
        "team": None if me.is_enterprise_install else {"id": me.team_id, "domain": me.team_domain},
        "enterprise": {"id": me.enterprise_id, "name": me.team_name} if me.enterprise_id else None,
        "is_enterprise_install": me.is_enterprise_install,
    }


def slash_command(
    team: Team, user: User, channel: Channel, name: str, text: str, response_url: str, trigger_id: str
) -> Json:
    """Return a slash command. `text` is already as Slack escapes it."""
    me = team.identity
    return {
        "token": me.verification_token,
        "team_id": me.team_id,
        "team_domain": me.team_domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": me.app_id,
        "is_enterprise_install": str(me.is_enterprise_install).lower(),
        "response_url": response_url,
        "trigger_id": trigger_id,
        **({"enterprise_id": me.enterprise_id} if me.enterprise_id else {}),
    }


def event_callback(team: Team, body: Json) -> Json:
    """Return the envelope of an event, with a new event_id."""
    me = team.identity
    return {
        "token": me.verification_token,
        "team_id": me.team_id,
        "context_team_id": me.team_id,
        "context_enterprise_id": me.enterprise_id or None,
        "api_app_id": me.app_id,
        "event": body,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(team.clock()),
        "authorizations": [
            {
                "enterprise_id": me.enterprise_id or None,
                "team_id": None if me.is_enterprise_install else me.team_id,
                "user_id": me.bot_user,
                "is_bot": True,
                "is_enterprise_install": me.is_enterprise_install,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{new_id('E')}",
    }


def message_event(team: Team, message: Message, kind: str) -> Json:
    """Return the inner event of a message: `kind` is "message" or "app_mention"."""
    body = message_json(team, message)
    body |= {"type": kind, "channel": message.channel, "event_ts": message.ts}
    if kind == "message":
        body["channel_type"] = CHANNEL_TYPES[team.channel(message.channel).kind]
    return body


def block_action(
    team: Team, user: User, message: Message, action: Json, response_url: str, trigger_id: str
) -> Json:
    """Return a press on an element of a message. Ephemeral messages are not sent along, as in Slack."""
    channel = team.channel(message.channel)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _interaction(team, "block_actions", user) | {
        "container": container,
        "trigger_id": trigger_id,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [action],
    }
    if not message.only_for:
        payload["message"] = message_json(team, message)
    return payload


def view_action(team: Team, user: User, view: View, action: Json, trigger_id: str, values: Json) -> Json:
    """Return a press on an element of a modal or a Home tab."""
    shown = view_json(team, view) | {"state": {"values": values}}
    return _interaction(team, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger_id,
        "view": shown,
        "actions": [action],
    }


def message_changed(team: Team, message: Message, before: Message) -> Json:
    """Return the inner event of a message that a person changed."""
    body = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": message.channel}
    body |= {"message": message_json(team, message), "previous_message": message_json(team, before)}
    kind = CHANNEL_TYPES[team.channel(message.channel).kind]
    return body | {"channel_type": kind, "ts": message.edited_ts, "event_ts": message.edited_ts}


def message_deleted(team: Team, message: Message, at: str) -> Json:
    """Return the inner event of a message that a person took away."""
    body = {"type": "message", "subtype": "message_deleted", "hidden": True, "channel": message.channel}
    body |= {"deleted_ts": message.ts, "previous_message": message_json(team, message)}
    return body | {
        "channel_type": CHANNEL_TYPES[team.channel(message.channel).kind],
        "ts": at,
        "event_ts": at,
    }


def view_submission(team: Team, user: User, view: View, trigger_id: str, values: Json) -> Json:
    """Return what a modal's submit button sends."""
    shown = view_json(team, view) | {"state": {"values": values}}
    return _interaction(team, "view_submission", user) | {
        "trigger_id": trigger_id,
        "view": shown,
        "response_urls": [],
    }


def view_closed(team: Team, user: User, view: View) -> Json:
    """Return the closing of a modal that asked to be told."""
    return _interaction(team, "view_closed", user) | {"view": view_json(team, view), "is_cleared": False}


def message_action(
    team: Team, user: User, message: Message, callback_id: str, response_url: str, trigger_id: str
) -> Json:
    """Return what a message shortcut sends."""
    channel = team.channel(message.channel)
    return _interaction(team, "message_action", user) | {
        "callback_id": callback_id,
        "action_ts": f"{time.time():.6f}",
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message": message_json(team, message),
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def action_of(block: Json, element: Json, at: str, chosen: Any = None) -> Json:
    """Return the action of a press: `chosen` is an option's value, or a typed value."""
    action: Json = {
        "type": element["type"],
        "action_id": element.get("action_id"),
        "block_id": block.get("block_id"),
        "action_ts": at,
    }
    for field in ("text", "value", "style", "url"):
        if element["type"] == "button" and field in element:
            action[field] = element[field]
    if element["type"] == "feedback_buttons":
        # `chosen` is which of the two: docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element
        button = element[f"{chosen}_button"]
        return action | {"text": button["text"], "value": button["value"]}
    if chosen is not None:
        action |= input_state(element, chosen)
    return action


MANY = frozenset({"checkboxes", "multi_static_select", "multi_users_select"})
CHOSEN = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "conversations_select": "selected_conversation",
}


def input_state(element: Json, chosen: Any) -> Json:
    """Return what an input holds, as view.state and actions write it. `chosen` is a value or a list of values."""
    kind = element["type"]
    if kind == "multi_users_select":
        return {"selected_users": list(chosen or ())}
    if kind in {"checkboxes", "multi_static_select"}:
        values = chosen if isinstance(chosen, list) else [chosen] if chosen else []
        found = [_option(element, value) for value in values]
        return {"selected_options": [option for option in found if option is not None]}
    if kind in {"static_select", "radio_buttons"}:
        return {"selected_option": _option(element, chosen)}
    return {CHOSEN.get(kind, "value"): chosen}


def _option(element: Json, chosen: Any) -> Json | None:
    options = [*(element.get("options") or [])]
    for group in element.get("option_groups") or []:
        options += group["options"]
    return next((option for option in options if option["value"] == chosen), None)


def state_values(blocks: list[Json], typed: Json) -> Json:
    """Return view.state.values from what was typed, by action_id; what was left alone holds its initial value or null."""
    values: Json = {}
    for block, element in interactive_elements(blocks):
        if block.get("type") != "input" and element["type"] not in STATEFUL:
            continue
        chosen = typed.get(element["action_id"], _initial(element))
        state = {"type": element["type"], **input_state(element, chosen)}
        values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def _initial(element: Json) -> Any:
    if "initial_option" in element:
        return element["initial_option"]["value"]
    if "initial_options" in element:
        return [option["value"] for option in element["initial_options"]]
    for name, value in element.items():
        if name.startswith("initial_"):
            return value
    return [] if element["type"] in MANY else None
