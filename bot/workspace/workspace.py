"""Puts the local workspace together."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint

from bot.workspace.couriers import Courier, HttpCourier, SocketCourier
from bot.workspace.driver import Driver
from bot.workspace.faults import Faults
from bot.workspace.identity import DEFAULT_SCOPES, Identity, new_identity
from bot.workspace.links import Links
from bot.workspace.local_slack import LocalSlack
from bot.workspace.method import Backstage
from bot.workspace.page import CommandHint, Page, ShortcutHint
from bot.workspace.seed import furnish
from bot.workspace.team import Clock, Team
from bot.workspace.tickets import ResponseUrls, Triggers


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that is ready to serve. `origin` is "http://host:port" of the server that has its blueprints."""

    origin: str
    identity: Identity
    team: Team
    faults: Faults
    links: Links
    slack: LocalSlack
    driver: Driver
    page: Page
    blueprints: tuple[Blueprint, ...]

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL must be for a bot in this workspace."""
        return f"{self.origin}/api/"

    def close(self) -> None:
        """End the page's work in hand and the sockets. Does not stop the server."""
        self.page.close()
        self.faults.release()
        self.links.close()


def build(
    *,
    origin: str,
    commands: Sequence[CommandHint] = (),
    shortcuts: Sequence[ShortcutHint] = (),
    scopes: Iterable[str] = DEFAULT_SCOPES,
    identity: Identity | None = None,
    events_path: str = "/slack/events",
    over_socket: bool = False,
    clock: Clock = time.time,
    keep_calls: bool = False,
) -> Workspace:
    """A furnished workspace whose people reach the bot at `origin` + `events_path`, or over its sockets.

    `commands` are what the page's composer completes; `shortcuts` what its message menu shows. `keep_calls` records
    every call of the bot, for tests. Opens nothing: the socket server starts with the first apps.connections.open.
    """
    me = identity or new_identity(scopes)
    team = furnish(Team(me, clock))
    faults, triggers, links = Faults(), Triggers(clock), Links(me.app_id)
    urls = ResponseUrls(clock, f"{origin}/response/")
    slack = LocalSlack(Backstage(team, triggers, faults, links.open_ticket, origin), urls, keep_calls)
    courier: Courier = SocketCourier(links)
    if not over_socket:
        courier = HttpCourier(origin + events_path, me.signing_secret, clock)
    driver = Driver(team, triggers, urls, courier)
    page = Page(team, driver, commands, shortcuts)
    blueprints = (page.blueprint(), slack.blueprint())
    return Workspace(origin, me, team, faults, links, slack, driver, page, blueprints)
