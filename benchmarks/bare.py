"""The measure: a bare Bolt app that acks a fixed text, on the server the bot runs on."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult

from benchmarks.client import SECRET
from bot.serve import server_at


def application() -> Callable[..., Any]:
    """Return Bolt behind its own WSGI adapter: verification, routing, and `ack` of one text."""
    app = App(
        signing_secret=SECRET,
        process_before_response=True,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1"),
    )
    app.command(re.compile(".*"))(lambda ack: ack("Ningbo: a fixed text."))
    return SlackRequestHandler(app, path="/slack/events")


if __name__ == "__main__":
    port, threads = int(sys.argv[1]), int(sys.argv[2])
    server_at("127.0.0.1", port, threads).serve(target_loader=application, wrap_loader=False)
