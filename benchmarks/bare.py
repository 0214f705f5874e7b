"""The measure: a bare Bolt app that acks a fixed text, on the server the bot runs on."""

from __future__ import annotations

import re
import socket
import sys
from typing import cast

from slack_bolt import App
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult

from benchmarks.client import SECRET
from bot.http.asgi import Application
from bot.serve import Server


def application() -> Application:
    """Return Bolt behind its own ASGI adapter: verification, routing, and `ack` of one text."""
    app = App(
        signing_secret=SECRET,
        process_before_response=True,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1"),
    )
    app.command(re.compile(".*"))(lambda ack: ack("Ningbo: a fixed text."))
    return cast("Application", SlackRequestHandler(app, path="/slack/events"))


if __name__ == "__main__":
    Server().serve_on([socket.create_server(("127.0.0.1", int(sys.argv[1])))], application())
