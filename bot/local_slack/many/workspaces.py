"""Puts many workspaces together behind one server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, request

from bot.local_slack.api.answering import Answering, arguments, token_of
from bot.local_slack.api.calls import Calls
from bot.local_slack.api.exchange_log import ExchangeLog
from bot.local_slack.api.table import METHODS, api_test
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.build import Workspace, build_workspace
from bot.local_slack.driver.transport import HttpTransport
from bot.local_slack.many.app import OAuthApp
from bot.local_slack.many.authorize import PATH, Authorizing
from bot.local_slack.many.credentials import Credentials
from bot.local_slack.many.grants import Grants
from bot.local_slack.many.oauth import OAuth, removing
from bot.local_slack.state.clock import MovableClock
from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.faults import Faults
from bot.local_slack.state.identity import DEFAULT_EVENTS, Identity
from bot.local_slack.state.team import Clock, new_id
from bot.local_slack.web.page import CommandHint

SECRETS: Final = frozenset({"client_secret", "code", "refresh_token"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What every workspace is built with."""

    origin: str
    clock: MovableClock
    events: tuple[str, ...]
    events_path: str
    commands: tuple[CommandHint, ...]
    keep_calls: bool


class ManyWorkspaces:
    """Workspaces that one app is or may be installed in; each is a Workspace with a driver, faults and calls of its own.

    `faults` and `calls` are of the methods that are called for no workspace: oauth.v2.access and api.test, and whatever
    comes with a token that is nobody's.
    """

    def __init__(self, app: OAuthApp, told: _Told, bot_origin: str) -> None:
        self.app = app
        self.clock = told.clock
        self.faults = Faults()
        self._told = told
        self._bot_origin = bot_origin
        self._by_id: dict[str, Workspace] = {}
        self._credentials = Credentials(told.clock, app.rotates_tokens)
        grants = Grants(told.clock)
        self._oauth = OAuth(app, grants, self._credentials, self.of)
        removed = removing(self._oauth, self._revoke_soon, self._uninstall_soon)
        self._methods = METHODS | removed
        self._answering = Answering(self.faults, told.clock, ExchangeLog(told.clock), told.keep_calls)
        # The bot that removes itself is told of it while it waits for the answer, or after.
        self._work = ThreadPoolExecutor(4, thread_name_prefix="removals")
        self.blueprints: tuple[Blueprint, ...] = (
            self._routes(),
            Authorizing(app, grants, lambda: self).blueprint(),
        )

    # -- the workspaces -----------------------------------------------------------------------------------
    def add(
        self, team_id: str, name: str, domain: str, *, enterprise_id: str = "", is_organisation: bool = False
    ) -> Workspace:
        """Return a new workspace in which the app is not installed; ValueError for an id that is taken.

        `is_organisation` says that the app is installed there for the whole Enterprise Grid organisation.
        """
        if team_id in self._by_id:
            raise ValueError(f"there is a workspace {team_id} already")
        if is_organisation and not enterprise_id:
            raise ValueError("an organisation has an enterprise_id")
        told = self._told
        workspace = build_workspace(
            origin=told.origin,
            identity=self._identity(team_id, name, domain, enterprise_id, is_organisation),
            commands=told.commands,
            events=told.events,
            events_path=told.events_path,
            clock=told.clock,
            keep_calls=told.keep_calls,
            bot_origin=self._bot_origin,
            tokens=self._credentials,
            methods=self._methods,
        )
        self._by_id[team_id] = workspace
        return workspace

    def _identity(
        self, team_id: str, name: str, domain: str, enterprise_id: str, is_organisation: bool
    ) -> Identity:
        return Identity(
            bot_token="",
            app_token="",
            signing_secret=self.app.signing_secret,
            verification_token=self.app.verification_token,
            scopes=frozenset(),
            bot_name=self.app.name,
            team_id=team_id,
            team_name=name,
            team_domain=domain,
            app_id=self.app.app_id,
            bot_id=new_id("B"),
            bot_user=new_id("U"),
            enterprise_id=enterprise_id,
            is_enterprise_install=is_organisation,
        )

    def of(self, team_id: str) -> Workspace:
        """Return a workspace by its id; KeyError when there is none."""
        return self._by_id[team_id]

    def __iter__(self) -> Iterator[Workspace]:
        return iter(tuple(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def is_installed(self, team_id: str) -> bool:
        """Say whether the app is installed in a workspace."""
        return self._credentials.is_installed(team_id) and not self.of(team_id).team.uninstalled

    # -- where things are ---------------------------------------------------------------------------------
    @property
    def origin(self) -> str:
        """Return where it answers."""
        return self._told.origin

    @property
    def api_url(self) -> str:
        """Return the base_url of a WebClient, of every workspace."""
        return f"{self.origin}/api/"

    @property
    def authorize_url(self) -> str:
        """Return where the bot sends people that want to install it, without a query."""
        return self.origin + PATH

    @property
    def calls(self) -> Calls:
        """Return what was called for no workspace."""
        return self._answering.calls

    @property
    def bot_origin(self) -> str:
        """Return where the bot listens, as "http://host:port"."""
        return self._bot_origin

    @bot_origin.setter
    def bot_origin(self, origin: str) -> None:
        self._bot_origin = origin
        for workspace in self:
            if isinstance(workspace.driver.transport, HttpTransport):
                workspace.driver.transport.url = origin + self._told.events_path

    # -- being removed ------------------------------------------------------------------------------------
    def uninstall(self, team_id: str) -> tuple[Delivery, Delivery]:
        """Remove the app as an admin does; return the deliveries of tokens_revoked and app_uninstalled."""
        self._credentials.end(team_id, "account_inactive")
        return self.of(team_id).driver.uninstall()

    def revoke(self, team_id: str) -> Delivery:
        """Revoke the tokens of a workspace and leave the app there; return the delivery of tokens_revoked."""
        self._credentials.end(team_id, "token_revoked")
        return self.of(team_id).driver.revoke()

    def _uninstall_soon(self, team_id: str) -> None:
        self._credentials.end(team_id, "account_inactive")
        self.of(team_id).team.uninstalled = True
        self._work.submit(self.of(team_id).driver.tell_of_removal)

    def _revoke_soon(self, team_id: str) -> None:
        self._credentials.end(team_id, "token_revoked")
        self._work.submit(self.of(team_id).driver.revoke)

    def close(self) -> None:
        """End what is in hand in every workspace. Does not stop the server."""
        self.faults.release()
        self._work.shutdown()
        for workspace in self:
            workspace.close()

    # -- serving ------------------------------------------------------------------------------------------
    def _routes(self) -> Blueprint:
        routes = Blueprint("many_local_slack", __name__)
        routes.add_url_rule("/api/<method>", "api", self._serve_api, methods=["GET", "POST"])
        routes.add_url_rule("/response/<url_id>", "response", self._serve_response, methods=["POST"])
        routes.add_url_rule("/upload/<ticket>", "upload", self._serve_upload, methods=["POST"])
        return routes

    def _serve_api(self, method: str) -> Response:
        args = arguments(request)
        token = token_of(request, args)
        for_no_workspace: dict[str, Callable[[Json], Json]] = {
            "api.test": api_test,
            "oauth.v2.access": self._oauth.access,
        }
        shown = {name: value for name, value in args.items() if name not in SECRETS}
        if method in for_no_workspace:
            return self._answering.answer(method, shown, lambda: for_no_workspace[method](args))
        owner = self._credentials.owner(token)
        if owner:
            return self.of(owner).slack.serve_api(method)
        return self._answering.answer(method, shown, lambda: self._turn_away(method, token))

    def _turn_away(self, method: str, token: str) -> Json:
        if method not in self._methods:
            raise SlackError("unknown_method", req_method=method)
        raise SlackError("invalid_auth" if token else "not_authed")

    def _serve_response(self, url_id: str) -> Response:
        for workspace in self:
            if workspace.slack.urls.issued(url_id):
                return workspace.slack.serve_response(url_id)
        return Response('{"ok": false, "error": "expired_url"}', 404, mimetype="application/json")

    def _serve_upload(self, ticket: str) -> Response:
        for workspace in self:
            if workspace.slack.awaits(ticket):
                return workspace.slack.serve_upload(ticket)
        return Response("no such upload", 404)


def build_many(
    *,
    origin: str,
    app: OAuthApp,
    clock: Clock = time.time,
    events: Iterable[str] = DEFAULT_EVENTS,
    events_path: str = "/slack/events",
    bot_origin: str | None = None,
    commands: Sequence[CommandHint] = (),
    keep_calls: bool = False,
) -> ManyWorkspaces:
    """Return room for workspaces that reach the bot at `bot_origin` (`origin` where it is None) + `events_path`.

    They share the clock, which may be a MovableClock. `events` is what the app is subscribed to; `keep_calls` records every
    call of the bot, for tests.
    """
    movable = clock if isinstance(clock, MovableClock) else MovableClock(clock)
    told = _Told(origin, movable, tuple(events), events_path, tuple(commands), keep_calls)
    return ManyWorkspaces(app, told, origin if bot_origin is None else bot_origin)
