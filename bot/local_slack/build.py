"""Puts the local workspace together."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint

from bot.local_slack.api.exchange_log import ExchangeLog
from bot.local_slack.api.method import ApiContext, Method
from bot.local_slack.api.server import LocalSlack
from bot.local_slack.api.table import METHODS
from bot.local_slack.api.tokens import Tokens
from bot.local_slack.driver.driver import Driver
from bot.local_slack.driver.socket_mode import SocketModeServer
from bot.local_slack.driver.transport import HttpTransport, SocketTransport
from bot.local_slack.state.clock import MovableClock
from bot.local_slack.state.faults import Faults
from bot.local_slack.state.identity import DEFAULT_EVENTS, DEFAULT_SCOPES, Identity, new_identity
from bot.local_slack.state.persistence import STATE_FILE, Persistence
from bot.local_slack.state.seed import populate
from bot.local_slack.state.team import Clock, Team
from bot.local_slack.state.triggers import ResponseUrls, Triggers
from bot.local_slack.web.control import Control
from bot.local_slack.web.page import CommandHint, Page, ShortcutHint
from bot.local_slack.web.tour import Tour


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that is ready to serve. `origin` is "http://host:port" of the server that has its blueprints."""

    origin: str
    team: Team
    faults: Faults
    socket_mode: SocketModeServer
    slack: LocalSlack
    driver: Driver
    page: Page
    exchange_log: ExchangeLog
    tour: Tour
    control: Control
    blueprints: tuple[Blueprint, ...]
    persistence: Persistence | None = None

    @property
    def identity(self) -> Identity:
        """Return who the bot is there now."""
        return self.team.identity

    @property
    def api_url(self) -> str:
        """Return what SLACK_API_URL must be for a bot in this workspace."""
        return f"{self.origin}/api/"

    def close(self) -> None:
        """End the tour, the page's work in hand and the sockets, and keep what there is. Does not stop the server."""
        self.tour.stop_all()
        self.page.close()
        self.faults.release()
        self.socket_mode.close()
        self.control.close()
        if self.persistence is not None:
            self.persistence.close()


def build_workspace(
    *,
    origin: str,
    commands: Sequence[CommandHint] = (),
    shortcuts: Sequence[ShortcutHint] = (),
    scopes: Iterable[str] = DEFAULT_SCOPES,
    events: Iterable[str] = DEFAULT_EVENTS,
    identity: Identity | None = None,
    events_path: str = "/slack/events",
    over_socket: bool = False,
    clock: Clock = time.time,
    keep_calls: bool = False,
    folder: Path | None = None,
    guided: bool = False,
    bot_origin: str = "",
    tokens: Tokens | None = None,
    methods: Mapping[str, Method] = METHODS,
) -> Workspace:
    """Return a workspace with its seed in it, whose people reach the bot at `origin` + `events_path`, or over its sockets.

    `commands` are what the page's composer completes; `shortcuts` what its message menu shows; `events` what the
    bot is subscribed to. `keep_calls` records
    every call of the bot, for tests. Where it is `guided`, the first visit of a browser begins with the tour. With a `folder` (YRD_DATA_DIR) the workspace is kept there between runs, and
    `yrd workspace` can drive it. `clock` may be a MovableClock; requests are signed by the time it goes by before it
    is put forward. The socket server starts with the first apps.connections.open. A bot that is not at `origin` is at
    `bot_origin`. `tokens` are those that open the workspace (the identity's where it is None), `methods` what may be called.
    """
    me = identity or new_identity(scopes)
    movable = clock if isinstance(clock, MovableClock) else MovableClock(clock)
    team = populate(Team(me, movable))
    persistence = _kept(team, folder, movable)
    faults, triggers, exchange_log = Faults(), Triggers(movable), ExchangeLog(movable)
    socket_mode, urls = SocketModeServer(me.app_id), ResponseUrls(movable, f"{origin}/response/")
    context = ApiContext(team, triggers, faults, socket_mode.open_connection, origin)
    slack = LocalSlack(context, urls, exchange_log, keep_calls, tokens, methods)
    # The bot's verifier goes by the machine's clock: a request signed next week is a forgery.
    over_http = HttpTransport((bot_origin or origin) + events_path, me.signing_secret, movable.base)
    transport = SocketTransport(socket_mode) if over_socket else over_http
    driver = Driver(team, triggers, urls, transport, exchange_log, events)
    tour = Tour(team, driver, guided=guided)
    page = Page(team, driver, tour, commands, shortcuts, exchange_log)
    control = Control(team, movable, faults, tour)
    if folder is not None:
        control.announce(folder, origin)
    blueprints = (page.blueprint(), slack.blueprint(), control.blueprint())
    return Workspace(
        origin, team, faults, socket_mode, slack, driver, page, exchange_log, tour, control, blueprints, persistence
    )  # fmt: skip


def _kept(team: Team, folder: Path | None, clock: MovableClock) -> Persistence | None:
    """Have the workspace kept in that folder, as it was left there; None for no folder."""
    if folder is None:
        return None
    persistence = Persistence(team, folder / STATE_FILE, clock)
    persistence.start()
    return persistence
