"""A tiny Bolt app that uses every kind of payload: what the local workspace is tried with."""

from __future__ import annotations

from threading import Thread
from typing import Any

from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.local_slack import LocalSlackServer

SHARE = {
    "type": "actions",
    "elements": [
        {
            "type": "button",
            "action_id": "share",
            "text": {"type": "plain_text", "text": "Share"},
            "value": "v1",
            "style": "primary",
        }
    ],
}
MODAL = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Look up"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "name"},
        }
    ],
}


def build_app(client: WebClient, signing_secret: str) -> App:
    """The app; its answers repeat what it was told."""
    app = App(client=client, signing_secret=signing_secret, process_before_response=True)
    _answer_words(app)
    _answer_presses(app)
    return app


def _answer_words(app: App) -> None:
    @app.command("/echo")
    def echo(ack: Any, command: dict[str, Any]) -> None:
        text = command["text"] or "nothing"
        said = {"type": "context", "elements": [{"type": "mrkdwn", "text": f"You said *{text}*"}]}
        ack(text=f"You said {text}", blocks=[said, SHARE], response_type="ephemeral")

    @app.command("/shout")
    def shout(ack: Any, command: dict[str, Any]) -> None:
        ack(text=command["text"].upper(), response_type="in_channel")

    @app.event("app_mention")
    def mention(event: dict[str, Any], client: WebClient) -> None:
        thread = event.get("thread_ts") or event["ts"]
        client.chat_postMessage(channel=event["channel"], text=f"Heard: {event['text']}", thread_ts=thread)

    @app.event("message")
    def message(event: dict[str, Any], client: WebClient) -> None:
        if event.get("channel_type") == "im":
            client.chat_postMessage(channel=event["channel"], text=f"Privately: {event['text']}")

    @app.event("tokens_revoked")
    def revoked() -> None:
        return

    @app.event("app_uninstalled")
    def uninstalled() -> None:
        return


def _answer_presses(app: App) -> None:
    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient) -> None:
        header = {"type": "header", "text": {"type": "plain_text", "text": "Welcome home"}}
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [header, SHARE]})

    @app.action("share")
    def share(ack: Any, respond: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        if "response_url" in body:
            respond(text=f"Shared by <@{body['user']['id']}>", response_type="in_channel")
            return
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.shortcut("look_up")
    def look_up(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("form")
    def form(ack: Any, view: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        name = view["state"]["values"]["name"]["name"]["value"]
        if name == "nobody":
            ack(response_action="errors", errors={"name": "Give a real name"})
            return
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text=f"Looked up {name}")


def attach_over_http(slack: LocalSlackServer) -> App:
    """Serve the app at /slack/events of the local Slack's own server."""
    app = build_app(WebClient(token=slack.bot_token, base_url=slack.api_url), slack.signing_secret)
    web = Flask(__name__)
    handler = SlackRequestHandler(app)
    web.add_url_rule("/slack/events", "events", lambda: handler.handle(request), methods=["POST"])
    slack.attach(web)
    return app


def connect_over_socket(slack: LocalSlackServer) -> SocketModeHandler:
    """Link the app by Socket Mode; the driver goes that way from then on."""
    app = build_app(WebClient(token=slack.bot_token, base_url=slack.api_url), slack.signing_secret)
    handler = SocketModeHandler(app, slack.app_token)
    handler.connect()
    slack.use_socket()
    slack.wait_for_socket()
    return handler


def hang_up(slack: LocalSlackServer, handler: SocketModeHandler) -> None:
    """End a link. Cutting it from Slack's side first spares the client's 3 seconds of waiting for a frame."""
    handler.client.auto_reconnect_enabled = False
    slack.workspace.socket_mode.drop()
    closing = Thread(target=handler.close)
    closing.start()
    while closing.is_alive():
        # A session that begins just then forgets that it is to end (slack_sdk: `SocketModeClient._run_current_session`).
        handler.client.current_session_state.terminated = True
        closing.join(0.1)
