"""The local workspace in the place of Slack, when no token is set."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final, cast
from urllib.parse import urlsplit

from a2wsgi import WSGIMiddleware
from flask import Flask

from bot import local_slack
from bot.http.asgi import Application, WholeBodies
from bot.local_slack.build import Workspace
from bot.local_slack.state.clock import MovableClock
from bot.settings import ConfigurationError, Settings
from bot.slack.curation.command import SAVE_CALLBACK, SAVE_NAME
from bot.slack.listeners.manifest import EVENTS, LOOK_UP_NAME, THREAD_EVENTS, scopes_in_use
from bot.slack.listeners.shortcut import LOOK_UP_CALLBACK
from handlers.registry import SLASH

# Every call of the bot to the local Slack is answered here, and the page asks more often than people do.
THREADS: Final = 16
# A picture that the bot uploads is the largest thing that a page or the local Slack takes.
BODY_MAX_BYTES: Final = 16 * 1024 * 1024


def open_workspace(settings: Settings, origin: str, clock: MovableClock, parts: ExitStack) -> Workspace:
    """Return the workspace, built and to be closed by `parts`; ConfigurationError where its folder is not writable."""
    try:
        local = local_slack.build_workspace(
            origin=origin,
            commands=[
                {"command": command.name, "description": command.summary, "usage_hint": command.usage}
                for command in SLASH
            ],
            shortcuts=[
                {"callback_id": LOOK_UP_CALLBACK, "name": LOOK_UP_NAME},
                {"callback_id": SAVE_CALLBACK, "name": SAVE_NAME},
            ],
            scopes=scopes_in_use(),
            # All there are, so that a channel can be tried with replies that mention nobody.
            events=(*EVENTS, *THREAD_EVENTS),
            clock=clock,
            folder=settings.data_dir,
            guided=True,
        )
    except OSError as error:
        raise ConfigurationError(
            f"The local workspace cannot be kept in {settings.data_dir} ({error.strerror or error}): make the folder"
            " writable for me, or set YRD_DATA_DIR to another."
        ) from None
    parts.callback(local.close)
    return local


def pages(local: Workspace, parts: ExitStack) -> Application:
    """Return the page and the local Slack as one ASGI application; `parts` end its threads."""
    flask = Flask(__name__)
    for blueprint in local.blueprints:
        flask.register_blueprint(blueprint)
    # a2wsgi writes the types of WSGI and ASGI out, and more narrowly than Flask does.
    in_threads = WSGIMiddleware(cast("Any", flask), workers=THREADS)
    parts.callback(in_threads.executor.shutdown)
    return WholeBodies(cast("Application", in_threads), BODY_MAX_BYTES)


def once_it_listens(address: str, tick: Callable[[], None]) -> Callable[[], None]:
    """Return `tick`, but not before the local Slack, which is this very server, can be called."""
    heard = threading.Event()

    def later() -> None:
        if not heard.is_set():
            if not listens(address):
                return
            heard.set()
        tick()

    return later


def listens(address: str) -> bool:
    """Say whether somebody takes connections at `address`."""
    at = urlsplit(address)
    try:
        socket.create_connection((at.hostname or "", at.port or 80), timeout=1).close()
    except OSError:
        return False
    return True
