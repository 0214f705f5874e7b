"""`yrd run`: one process serves every mode, from the first connection to the last answer after SIGTERM."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final

import uvicorn

from bot.http_protocol import BoundedProtocol
from bot.settings import ConfigurationError, Mode, Settings

if TYPE_CHECKING:
    from bot.asgi import Application

STOPPED, FAILED, WRONG = 0, 1, 2

# Longer than a call to Slack may take with its retries; what is not finished then is left.
STOP_SECONDS: Final = 45
# Answers on their way are let arrive, and a body that is being gathered comes to its own end before.
ANSWERS_SECONDS: Final = 15
# Whoever connects through a proxy keeps connections about a minute.
KEEP_ALIVE_SECONDS: Final = 75


def run(settings: Settings, page: str = "") -> int:
    """Serve until SIGTERM or SIGINT and return the exit status: 0 stopped, 1 failed, 2 wrong settings.

    `page` is what the address to open ends in. Work in hand is finished before it returns. What goes wrong is one
    sentence on standard error.
    """
    from bot import wiring
    from bot.state.store import StateError

    try:
        mode = settings.mode()
        # Bound before anything is built: a port in use is told at once, and nobody else takes it meanwhile.
        listener = bound(settings)
        running = wiring.build(settings)
    except ConfigurationError as error:
        return _failed(error, WRONG)
    except (wiring.BadBaseError, StateError) as error:
        return _failed(error, FAILED)
    said = _announcement(mode, wiring.origin(settings), page)
    server_of(running.application, lambda: print(said, flush=True)).run([listener])
    running.close()
    return STOPPED


def _failed(error: Exception, status: int) -> int:
    print(error, file=sys.stderr, flush=True)
    return status


def _announcement(mode: Mode, address: str, page: str) -> str:
    said: dict[Mode, str] = {
        "workspace": f"YRD Desk is ready: open {address}/{page} in a browser. Set Slack's tokens to run it in Slack.",
        "http": f"YRD Desk is ready for Slack at {address}/slack/events.",
        "socket": f"YRD Desk is ready over Socket Mode. Its health is at {address}/readyz.",
    }
    return said[mode]


class Server(uvicorn.Server):
    """uvicorn's server, which calls `ready` once it listens, and outlives the signal that stops it.

    Its caller still has work to finish then; uvicorn itself would raise the signal again. What is not finished
    STOP_SECONDS after the signal is left.
    """

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take signals from now on until the process ends."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)
        yield

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
        self._ready()


def server_of(application: Application, ready: Callable[[], None] = lambda: None) -> Server:
    """Return the server that every mode runs on; it listens once it is run."""
    config = uvicorn.Config(
        application,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        # Logging is set up already.
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=ANSWERS_SECONDS,
    )
    return Server(config, ready)


def bound(settings: Settings) -> socket.socket:
    """Return a socket bound to the address of the settings; ConfigurationError when it cannot be had."""
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET, socket.SOCK_STREAM)
    # Ports of connections that have just ended are free to listen on, and a port in use is still refused.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen()
    except (OSError, UnicodeError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else "no such host"
        raise ConfigurationError(
            f"{settings.host}:{settings.port} cannot be listened on ({reason}): stop what uses it, or set"
            " YRD_PORT to another port."
        ) from None
    return listener
