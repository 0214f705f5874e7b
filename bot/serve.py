"""`yrd run`: one process serves every mode, from the first connection to the last answer after SIGTERM."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import FrameType
from typing import Final

import uvicorn

from bot import logs
from bot.http.asgi import Application, Receive, Scope, Send
from bot.http.protocol import BoundedProtocol
from bot.listening import bound, origin
from bot.settings import ConfigurationError, Mode, Settings

STOPPED, FAILED, WRONG = 0, 1, 2

# What is not finished then is left: a mention without its answer stays recorded as such, and a digest whose post is in
# hand is looked for by the next start. Docker waits ten seconds before it kills.
STOP_SECONDS: Final = 8
# Answers on their way are let arrive; Slack waits three seconds for one.
ANSWERS_SECONDS: Final = 3
# Whoever connects through a proxy keeps connections about a minute.
KEEP_ALIVE_SECONDS: Final = 75


def run(settings: Settings, page: str = "") -> int:
    """Serve until SIGTERM or SIGINT and return the exit status: 0 stopped, 1 failed, 2 wrong settings.

    `page` is what the address to open ends in. Work in hand is finished before it returns. What goes wrong is one
    sentence on standard error.
    """
    from bot.fact_base import BadBaseError
    from bot.state.errors import StateError
    from bot.wiring.build import build

    logs.take_the_rest()
    server = Server()
    # What is built works by itself, so it is ended in order even when the signal comes before it serves.
    server.take_signals()
    try:
        mode = settings.mode()
        # Bound before anything is built: a port in use is told at once, and nobody else takes it meanwhile.
        listeners = bound(settings)
        running = build(settings)
    except ConfigurationError as error:
        return _failed(error, WRONG)
    except (BadBaseError, StateError) as error:
        return _failed(error, FAILED)
    said = _announcement(mode, origin(settings), page, settings.public_url)
    try:
        server.serve_on(listeners, running.application, ready=lambda: print(said, flush=True))
    finally:
        running.close()
    return STOPPED


def _failed(error: Exception, status: int) -> int:
    print(error, file=sys.stderr, flush=True)
    return status


def _announcement(mode: Mode, address: str, page: str, public: str | None) -> str:
    said: dict[Mode, str] = {
        "workspace": f"YRD Desk is ready: open {address}/{page} in a browser. Set Slack's tokens to run it in Slack.",
        "oauth": f"YRD Desk is ready on {address} for every workspace that installs it at {public or address}/slack/install.",
        "http": f"YRD Desk is ready for Slack at {address}/slack/events.",
        "socket": f"YRD Desk is ready over Socket Mode. Its health is at {address}/readyz.",
    }
    return said[mode]


class Server(uvicorn.Server):
    """uvicorn's server, as every mode runs on it: its caller has work to finish when a signal has stopped it, while
    uvicorn would raise the signal again.
    """

    def __init__(self) -> None:
        super().__init__(
            uvicorn.Config(
                _nothing,
                http=BoundedProtocol,
                ws="none",
                lifespan="off",
                # Logging is set up already. What strangers send is no warning.
                log_config=None,
                log_level="error",
                access_log=False,
                server_header=False,
                # Nothing here asks for whom a proxy stands.
                proxy_headers=False,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=ANSWERS_SECONDS,
            )
        )
        self._ready: Callable[[], None] = lambda: None

    def take_signals(self) -> None:
        """Stop at SIGTERM and SIGINT from now on, before or after serving; what is not finished STOP_SECONDS later
        is left.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)

    def serve_on(
        self,
        listeners: list[socket.socket],
        application: Application,
        ready: Callable[[], None] = lambda: None,
    ) -> None:
        """Serve `application` until a signal; `ready` is called once it is served."""
        self.config.app = application
        self._ready = ready
        self.run(listeners)

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """Return a context that leaves signals as they are: `take_signals` is for longer than uvicorn serves."""
        return nullcontext()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop in order, and in any case before STOP_SECONDS are over."""
        if not self.should_exit:
            give_up = threading.Timer(STOP_SECONDS, os._exit, (STOPPED,))
            give_up.daemon = True
            give_up.start()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand where `serve_on` puts the application."""
