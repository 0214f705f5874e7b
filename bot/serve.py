"""`yrd run`: one granian worker serves every mode; this process only watches it."""

from __future__ import annotations

import http.client
import multiprocessing
import multiprocessing.util
import signal
import socket
import sys
import threading
import time
from functools import partial
from http import HTTPStatus
from multiprocessing.sharedctypes import Synchronized
from typing import TYPE_CHECKING, Any, Final

from granian import Granian
from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.http import HTTP1Settings
from granian.server.common import AbstractServer

from bot.settings import ConfigurationError, Mode, Settings

if TYPE_CHECKING:
    from bot.slack.http import Wsgi

STOPPED, FAILED, WRONG = 0, 1, 2

# The page and its bot call each other on one server: too few threads would wait for one another.
WORKSPACE_THREADS: Final = 16
# Longer than a call to Slack may take with its retries; then the worker is killed.
STOP_SECONDS: Final = 45
# Seconds in which the headers of a request must arrive.
HEADERS_MILLISECONDS: Final = 10_000
READY_SECONDS: Final = 60.0


def run(settings: Settings, page: str = "") -> int:
    """Serve until SIGTERM or SIGINT and return the exit status: 0 stopped, 1 failed, 2 wrong settings.

    `page` is what the address to open ends in. Work in hand is finished before it returns. What goes wrong is one sentence on standard error.
    """
    try:
        mode = settings.mode()
        check_port_is_free(settings)
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return WRONG
    outcome: Synchronized[int] = multiprocessing.Value("i", FAILED)
    server = Granian(
        "bot.wiring:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=max(settings.threads, WORKSPACE_THREADS)
        if mode == "workspace"
        else settings.threads,
        runtime_mode=RuntimeModes.st,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MILLISECONDS),
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=STOP_SECONDS,
        factory=True,
    )
    try:
        server.serve(target_loader=partial(_load, settings, mode, outcome, page), wrap_loader=False)
    except SystemExit:
        # The worker ended by itself; it has said why.
        return outcome.value
    return STOPPED


def server_at(host: str, port: int, threads: int) -> AbstractServer[Any]:
    """Return the server that every mode runs on; it listens once it serves."""
    return Granian(
        "bot.wiring:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        # One worker: the bot's own threads, socket and local workspace live in it.
        workers=1,
        blocking_threads=threads,
        runtime_mode=RuntimeModes.st,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MILLISECONDS),
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=STOP_SECONDS,
        factory=True,
    )


def check_port_is_free(settings: Settings) -> None:
    """Raise ConfigurationError when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Ports of connections that have just ended are free to listen on, and a port in use is still refused.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except (OSError, UnicodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "no such host"
            raise ConfigurationError(
                f"{settings.host}:{settings.port} cannot be listened on ({reason}): stop what uses it, or set"
                " YRD_PORT to another port."
            ) from None


def _load(settings: Settings, mode: Mode, outcome: Synchronized[int], page: str) -> Wsgi:
    """Build the bot in the worker. What cannot be built is said in a sentence, and ends the worker."""
    # Until granian sets its own: the parent's handlers, inherited by the fork, would swallow a SIGTERM.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from bot import wiring
    from bot.state.store import StateError

    try:
        running = wiring.build(settings)
    except ConfigurationError as error:
        outcome.value = WRONG
        raise SystemExit(_say(error)) from None
    except (wiring.BadBaseError, StateError) as error:
        raise SystemExit(_say(error)) from None
    # granian's worker ends as a process of multiprocessing does: its finalizers run, atexit does not.
    multiprocessing.util.Finalize(None, running.close, exitpriority=100)
    threading.Thread(target=_announce, args=(settings, mode, page), name="yrd-announce", daemon=True).start()
    return running.application


def _say(error: Exception) -> int:
    print(error, file=sys.stderr, flush=True)
    return FAILED


def _announce(settings: Settings, mode: Mode, page: str) -> None:
    """Print where the bot is, once it answers."""
    from bot.wiring import origin

    address = origin(settings)
    if not _answers(address):
        return
    said = {
        "workspace": f"YRD Desk is ready: open {address}/{page} in a browser. Set Slack's tokens to run it in Slack.",
        "http": f"YRD Desk is ready for Slack at {address}/slack/events.",
        "socket": f"YRD Desk is ready over Socket Mode. Its health is at {address}/readyz.",
    }
    print(said[mode], flush=True)


def _answers(address: str) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        connection: Any = http.client.HTTPConnection(address.removeprefix("http://"), timeout=2)
        try:
            connection.request("GET", "/healthz")
            return bool(connection.getresponse().status == HTTPStatus.OK)
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
        finally:
            connection.close()
    return False
