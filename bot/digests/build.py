"""Puts the parts of delivering together, and the ports that handlers change subscriptions through."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from os import getpid

from slack_sdk import WebClient

from bot.digests.delivery import Composer, Deliverer, boot_clock
from bot.digests.timing import Pace
from bot.digests.token_status import Standing
from bot.digests.verified_poster import Wire
from bot.digests.worker import Postman
from bot.slack.api.identity import WhoAmI
from bot.state.deliveries import StoredDeliveries
from bot.state.ledger import Ledger
from bot.state.store import Store
from bot.state.subscriptions import StoredSubscriptions
from bot.state.teams import StoredTeams


@dataclass(frozen=True, slots=True)
class Round:
    """The parts of delivering, ready to go rounds; nothing runs by itself."""

    postman: Postman
    standing: Standing
    teams: StoredTeams
    wire: Wire


def build(
    *,
    store: Store,
    client: WebClient,
    who: WhoAmI,
    compose: Composer,
    pace: Pace,
    grace: timedelta,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    monotonic: Callable[[], float] = time.monotonic,
    elapsed: Callable[[], float] = boot_clock,
    rest: Callable[[float], object] | None = None,
    first: Callable[[str], None] = lambda team: None,
) -> Round:
    """Return the parts over `store`. `client` must have no retry handlers: see `Wire`."""
    ledger = Ledger(store, f"{socket.gethostname()}:{getpid()}:{secrets.token_hex(3)}")
    subscriptions, teams = StoredSubscriptions(store), StoredTeams(store)
    wire = Wire(client, pace.back_off.total_seconds())
    standing = Standing(teams, who, client, grace, now, monotonic)
    deliverer = Deliverer(
        ledger=ledger, subscriptions=subscriptions, deliveries=StoredDeliveries(store), wire=wire,
        compose=compose, standing=standing, pace=pace, now=now, elapsed=elapsed,
    )  # fmt: skip
    postman = Postman(
        ledger=ledger, subscriptions=subscriptions, deliverer=deliverer, standing=standing, pace=pace,
        now=now, monotonic=monotonic, rest=rest,
        first=first,
    )  # fmt: skip
    return Round(postman, standing, teams, wire)
