"""A small Bolt app that sends and opens every element that is held, and says back what it was told."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient

from bot.local_slack import LocalSlackServer

CITIES = (
    "Hangzhou 杭州", "Ningbo 宁波", "Hefei 合肥", "Nanjing 南京", "Nantong 南通", "Wuxi 无锡", "Xuzhou 徐州",
    "Suzhou 苏州", "Wenzhou 温州", "Shaoxing 绍兴", "Jiaxing 嘉兴", "Huzhou 湖州",
)  # fmt: skip


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict[str, Any]:
    return {"text": plain(text), "value": text.split()[0].lower()}


def field(kind: str, label: str, **others: Any) -> dict[str, Any]:
    element = {"type": kind, "action_id": kind, **others}
    return {"type": "input", "block_id": kind, "optional": True, "label": plain(label), "element": element}


def rich(*runs: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(runs)}]}


def words(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


REMOVE = {"type": "button", "action_id": "remove", "text": plain("Remove"), "style": "danger"}
TABLE = {
    "type": "table",
    "column_settings": [{"align": "left", "is_wrapped": True}, {"align": "right"}, {"align": "right"}],
    "rows": [
        [{"type": "raw_text", "text": text} for text in ("Place 地点", "GDP, 100 million yuan", "Year")],
        [{"type": "raw_text", "text": text} for text in ("Hangzhou 杭州", "20,059", "2023")],
        [{"type": "raw_text", "text": text} for text in ("Hefei 合肥", "12,674", "2023")],
    ],
}
MESSAGE: list[dict[str, Any]] = [
    rich(words("Your digest", bold=True), words(" 每周一 in "), {"type": "channel", "channel_id": "C04DELTANEW"}),
    TABLE,
    {
        "type": "actions",
        "elements": [
            {"type": "static_select", "action_id": "static_select", "placeholder": plain("A city"), "options": [option(c) for c in CITIES]},
            {"type": "datepicker", "action_id": "datepicker", "placeholder": plain("A day")},
            REMOVE,
        ],
    },
]  # fmt: skip
FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Every input 输入"),
    "submit": plain("Send"),
    "blocks": [
        field("plain_text_input", "Name", placeholder=plain("A name"), max_length=40),
        field("static_select", "City", options=[option(c) for c in CITIES]),
        field("multi_static_select", "Cities", options=[option(c) for c in CITIES], max_selected_items=2),
        field("conversations_select", "Channel", filter={"include": ["public", "private"]}),
        field("checkboxes", "Days", options=[option("Monday"), option("Friday")]),
        field("radio_buttons", "Rhythm", options=[option("Weekly"), option("Monthly")]),
        field("datepicker", "From"),
        field("timepicker", "At"),
        {"type": "actions", "elements": [{"type": "button", "action_id": "deeper", "text": plain("More settings")}]},
    ],
}  # fmt: skip
SECOND = {
    "type": "modal",
    "callback_id": "second",
    "title": plain("More settings"),
    "submit": plain("Keep"),
    "blocks": [rich(words("Nothing yet")) | {"block_id": "said"}],
}
HOME = [
    {"type": "header", "text": plain("The app's Home")},
    {
        "type": "input",
        "dispatch_action": True,
        "label": plain("Ask"),
        "element": {"type": "plain_text_input", "action_id": "ask"},
    },
]


def build_app(client: WebClient, secret: str) -> App:
    """The app. It says back to the person what it was told."""
    app = App(client=client, signing_secret=secret, process_before_response=True)
    _open(app, client)
    _hear_presses(app, client)
    _take_forms(app, client)
    return app


def _open(app: App, client: WebClient) -> None:

    @app.command("/all")
    def everything(ack: Any) -> None:
        ack(response_type="in_channel", text="All of it", blocks=MESSAGE)

    @app.command("/form")
    def form(ack: Any, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    @app.event("app_home_opened")
    def home(event: dict[str, Any]) -> None:
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view={"type": "home", "blocks": HOME})

    @app.event("message")
    def heard() -> None:
        return


def _hear_presses(app: App, client: WebClient) -> None:
    @app.action("deeper")
    def deeper(ack: Any, body: dict[str, Any]) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=SECOND)
        ack()

    @app.action("ask")
    def ask(ack: Any, body: dict[str, Any]) -> None:
        ack()
        said = rich(words(f"Asked: {body['actions'][0]['value']}"))
        client.views_publish(user_id=body["user"]["id"], view={"type": "home", "blocks": [*HOME, said]})

    @app.action(re.compile(".*"))
    def pressed(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        action = body["actions"][0]
        chosen = action.get("selected_option") or {}
        said = chosen.get("value") or action.get("selected_date") or "pressed"
        if "response_url" in body:
            respond(text=f"{action['action_id']}: {said}", response_type="ephemeral", replace_original=False)


def _take_forms(app: App, client: WebClient) -> None:
    @app.view("form")
    def submitted(ack: Any, view: dict[str, Any], body: dict[str, Any]) -> None:
        values = {name: next(iter(held.values())) for name, held in view["state"]["values"].items()}
        if values["plain_text_input"]["value"] == "nobody":
            ack(response_action="errors", errors={"plain_text_input": "Give a real name"})
            return
        ack()
        told = {name: {k: v for k, v in held.items() if k != "type"} for name, held in values.items()}
        client.chat_postMessage(channel=body["user"]["id"], text=json.dumps(told, ensure_ascii=False))

    @app.view("second")
    def kept(ack: Any) -> None:
        said = {**SECOND, "blocks": [rich(words("Kept")) | {"block_id": "said"}]}
        ack(response_action="update", view=said)


def attach(slack: LocalSlackServer) -> None:
    """Serve the app at /slack/events of the local Slack's own server."""
    app = build_app(WebClient(token=slack.bot_token, base_url=slack.api_url), slack.signing_secret)
    web = Flask(__name__)
    handler = SlackRequestHandler(app)
    web.add_url_rule("/slack/events", "events", lambda: handler.handle(request), methods=["POST"])
    slack.attach(web)
