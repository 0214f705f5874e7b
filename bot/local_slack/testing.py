"""The local Slack on a port of its own, for tests and for trying a bot against it."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import make_server

from bot.local_slack.api.server import Calls
from bot.local_slack.build import Workspace, build_workspace
from bot.local_slack.driver.driver import Driver
from bot.local_slack.driver.transport import HttpTransport, SocketTransport
from bot.local_slack.state.faults import Faults
from bot.local_slack.state.identity import DEFAULT_EVENTS, DEFAULT_SCOPES, Identity
from bot.local_slack.state.team import Clock, Team
from bot.local_slack.web.page import CommandHint, ShortcutHint

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class LocalSlackServer:
    """A context manager: the local Slack at 127.0.0.1 on a free port, with the bot mounted at /slack/ when attached."""

    def __init__(
        self,
        *,
        scopes: Iterable[str] = DEFAULT_SCOPES,
        events: Iterable[str] = DEFAULT_EVENTS,
        clock: Clock = time.time,
        commands: Sequence[CommandHint] = (),
        shortcuts: Sequence[ShortcutHint] = (),
        identity: Identity | None = None,
    ) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        self.workspace: Workspace = build_workspace(
            origin=f"http://127.0.0.1:{port}",
            scopes=scopes,
            events=events,
            clock=clock,
            commands=commands,
            shortcuts=shortcuts,
            keep_calls=True,
            identity=identity,
        )
        self._flask = Flask(__name__)
        for blueprint in self.workspace.blueprints:
            self._flask.register_blueprint(blueprint)
        self._bot: WSGIApplication | None = None
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        self._server = make_server("127.0.0.1", port, self._serve, threaded=True, fd=listening.fileno())
        self._listening = listening
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> LocalSlackServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.workspace.close()
        self._server.shutdown()
        self._server.server_close()
        self._listening.close()

    def attach(self, bot: WSGIApplication) -> None:
        """Serve this WSGI application for every path under /slack/, in threads of this server."""
        self._bot = bot

    def use_socket(self) -> None:
        """From now on the driver goes over Socket Mode; the bot must connect (see `wait_for_socket`)."""
        self.driver.transport = SocketTransport(self.workspace.socket_mode)

    def use_http(self, url: str = "") -> None:
        """From now on the driver posts signed requests, to the attached bot or to `url`."""
        me = self.workspace.identity
        self.driver.transport = HttpTransport(
            url or f"{self.origin}/slack/events", me.signing_secret, self.team.clock
        )

    def wait_for_socket(self, count: int = 1, timeout: float = 10.0) -> None:
        """Wait until the bot holds `count` sockets open."""
        self.workspace.socket_mode.wait_for(count, timeout)

    def _serve(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self._bot is not None and environ["PATH_INFO"].startswith("/slack/"):
            return self._bot(environ, start)
        return self._flask(environ, start)

    @property
    def origin(self) -> str:
        """Return where it answers, as "http://127.0.0.1:port"."""
        return self.workspace.origin

    @property
    def api_url(self) -> str:
        """Return the base_url of a WebClient."""
        return self.workspace.api_url

    @property
    def bot_token(self) -> str:
        """Return the bot's token, "xoxb-..."."""
        return self.workspace.identity.bot_token

    @property
    def app_token(self) -> str:
        """Return the token for Socket Mode, "xapp-..."."""
        return self.workspace.identity.app_token

    @property
    def signing_secret(self) -> str:
        """Return what requests to the bot are signed with."""
        return self.workspace.identity.signing_secret

    @property
    def team(self) -> Team:
        """Return the state: channels, people, messages."""
        return self.workspace.team

    @property
    def driver(self) -> Driver:
        """Return what plays the people."""
        return self.workspace.driver

    @property
    def faults(self) -> Faults:
        """Return what makes calls fail on demand."""
        return self.workspace.faults

    @property
    def calls(self) -> Calls:
        """Return what the bot called so far."""
        return self.workspace.slack.calls
