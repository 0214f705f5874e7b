"""The local workspace in the place of Slack, when no token is set."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlsplit

from flask import Flask

from bot import workspace
from bot.settings import Settings
from bot.slack.curation import SAVE, SAVE_NAME
from bot.slack.manifest import LOOK_UP_NAME, scopes_in_use
from bot.slack.shortcut import CALLBACK
from bot.workspace.clock import MovableClock
from bot.workspace.workspace import Workspace
from handlers.registry import SLASH


def open_workspace(
    settings: Settings, origin: str, clock: MovableClock, pages: Flask, parts: ExitStack
) -> Workspace:
    """Build the workspace, put its pages among `pages`, and have `parts` close it."""
    local = workspace.build(
        origin=origin,
        commands=[
            {"command": command.name, "description": command.summary, "usage_hint": command.usage}
            for command in SLASH
        ],
        shortcuts=[
            {"callback_id": CALLBACK, "name": LOOK_UP_NAME},
            {"callback_id": SAVE, "name": SAVE_NAME},
        ],
        scopes=scopes_in_use(),
        clock=clock,
        folder=settings.data_dir,
    )
    parts.callback(local.close)
    for blueprint in local.blueprints:
        pages.register_blueprint(blueprint)
    return local


def once_it_listens(address: str, tick: Callable[[], None]) -> Callable[[], None]:
    """Return `tick`, but not before the local Slack, which is this very server, can be called."""
    at = urlsplit(address)
    heard = threading.Event()

    def later() -> None:
        if not heard.is_set():
            try:
                socket.create_connection((at.hostname or "", at.port or 80), timeout=1).close()
            except OSError:
                return
            heard.set()
        tick()

    return later
