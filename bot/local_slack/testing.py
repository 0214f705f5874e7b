"""The local Slack on a port of its own, for tests and for trying a bot against it."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from flask import Blueprint, Flask
from werkzeug.serving import make_server

from bot.local_slack.api.calls import Calls
from bot.local_slack.build import Workspace, build_workspace
from bot.local_slack.driver.driver import Driver
from bot.local_slack.driver.transport import HttpTransport, SocketTransport
from bot.local_slack.many import browser
from bot.local_slack.many.app import OAuthApp, new_oauth_app
from bot.local_slack.many.workspaces import ManyWorkspaces, build_many
from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.faults import Faults
from bot.local_slack.state.identity import DEFAULT_EVENTS, DEFAULT_SCOPES, Identity
from bot.local_slack.state.team import Clock, Team
from bot.local_slack.web.page import CommandHint, ShortcutHint

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class _OwnPort:
    """A context manager: blueprints at 127.0.0.1 on a free port, with the bot mounted at /slack/ when attached."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        self._origin = f"http://127.0.0.1:{port}"
        self._flask = Flask(__name__)
        self._bot: WSGIApplication | None = None
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        self._server = make_server("127.0.0.1", port, self._serve, threaded=True, fd=self._listening.fileno())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        self._server.shutdown()
        self._server.server_close()
        self._listening.close()

    def attach(self, bot: WSGIApplication) -> None:
        """Serve this WSGI application for every path under /slack/, in threads of this server."""
        self._bot = bot

    @property
    def origin(self) -> str:
        """Return where it answers, as "http://127.0.0.1:port"."""
        return self._origin

    def _use(self, blueprints: Iterable[Blueprint]) -> None:
        for blueprint in blueprints:
            self._flask.register_blueprint(blueprint)

    def _close(self) -> None:
        raise NotImplementedError

    def _serve(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self._bot is not None and environ["PATH_INFO"].startswith("/slack/"):
            return self._bot(environ, start)
        return self._flask(environ, start)


class LocalSlackServer(_OwnPort):
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
        super().__init__()
        self.workspace: Workspace = build_workspace(
            origin=self.origin,
            scopes=scopes,
            events=events,
            clock=clock,
            commands=commands,
            shortcuts=shortcuts,
            keep_calls=True,
            identity=identity,
        )
        self._use(self.workspace.blueprints)

    def _close(self) -> None:
        self.workspace.close()

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


class ManyLocalSlack(_OwnPort):
    """A context manager: workspaces that one app is installed in by OAuth, at 127.0.0.1 on a free port.

    The bot is asked for at the same port until `bot_origin` says where it is. An `app` that is not given is made, with
    `redirect_uris`, or with Bolt's one at that port.
    """

    def __init__(
        self,
        *,
        app: OAuthApp | None = None,
        redirect_uris: Sequence[str] = (),
        rotates_tokens: bool = False,
        events: Iterable[str] = DEFAULT_EVENTS,
        events_path: str = "/slack/events",
        clock: Clock = time.time,
        commands: Sequence[CommandHint] = (),
        bot_origin: str | None = None,
    ) -> None:
        super().__init__()
        back_to = redirect_uris or (f"{self.origin}/slack/oauth_redirect",)
        self.app = app or new_oauth_app(back_to, rotates_tokens=rotates_tokens)
        self.many: ManyWorkspaces = build_many(
            origin=self.origin,
            app=self.app,
            clock=clock,
            events=events,
            events_path=events_path,
            bot_origin=bot_origin,
            commands=commands,
            keep_calls=True,
        )
        self._use(self.many.blueprints)

    def _close(self) -> None:
        self.many.close()

    def add(
        self, team_id: str, name: str, domain: str, *, enterprise_id: str = "", is_organisation: bool = False
    ) -> Workspace:
        """Return a new workspace in which the app is not installed."""
        return self.many.add(
            team_id, name, domain, enterprise_id=enterprise_id, is_organisation=is_organisation
        )

    def of(self, team_id: str) -> Workspace:
        """Return a workspace by its id; KeyError when there is none."""
        return self.many.of(team_id)

    def allow(self, url: str, team_id: str, user: str = "") -> str:
        """Do on the authorize page at `url` what a browser does when a person lets the app in; return where it is sent.

        `user` is an id; without one it is the workspace's first admin. LookupError where the page offers no such thing.
        """
        return browser.allow(url, team_id, user)

    def deny(self, url: str) -> str:
        """Do what a browser does when a person cancels; return where it is sent."""
        return browser.deny(url)

    def uninstall(self, team_id: str) -> tuple[Delivery, Delivery]:
        """Remove the app as an admin does; return the deliveries of tokens_revoked and app_uninstalled."""
        return self.many.uninstall(team_id)

    def revoke(self, team_id: str) -> Delivery:
        """Revoke the tokens of a workspace and leave the app there; return the delivery of tokens_revoked."""
        return self.many.revoke(team_id)

    @property
    def api_url(self) -> str:
        """Return the base_url of a WebClient, of every workspace."""
        return self.many.api_url

    @property
    def authorize_url(self) -> str:
        """Return where the bot sends people that want to install it, without a query."""
        return self.many.authorize_url

    @property
    def bot_origin(self) -> str:
        """Return where the bot is asked for."""
        return self.many.bot_origin

    @bot_origin.setter
    def bot_origin(self, origin: str) -> None:
        self.many.bot_origin = origin

    @property
    def faults(self) -> Faults:
        """Return what makes the calls for no workspace fail on demand, as oauth.v2.access."""
        return self.many.faults

    @property
    def calls(self) -> Calls:
        """Return what was called for no workspace so far."""
        return self.many.calls
