"""Puts the parts of delivering together, and the ports that handlers change subscriptions through."""

from __future__ import annotations

import math
import secrets
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from os import getpid

from slack_sdk import WebClient

from bot.digests.delivery import Composer, Deliverer
from bot.digests.round_watch import RoundWatch
from bot.digests.timing import DeliveryTiming
from bot.digests.token_status import TokenStatus
from bot.digests.verified_poster import VerifiedPoster
from bot.digests.worker import ROUND_SECONDS, DeliveryWorker
from bot.slack.api.identity import BotIdentityProvider
from bot.state.database.clock import boot_clock
from bot.state.database.places import Places
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.ledger import Ledger
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from bot.state.teams import StoredTeams


@dataclass(frozen=True, slots=True)
class Round:
    """The parts of delivering, ready to go rounds; nothing runs by itself."""

    worker: DeliveryWorker
    token_status: TokenStatus
    teams: StoredTeams
    poster: VerifiedPoster
    watch: RoundWatch


@dataclass(frozen=True, slots=True)
class Posting:
    """What the workspaces share in delivering: threads, how many of them work at a time, and whether anything goes through."""

    pool: ThreadPoolExecutor
    places: Places
    watch: RoundWatch


@dataclass(frozen=True, slots=True)
class OfMany:
    """What is another's of one workspace among many: what ends its work (see `TokenStatus`), and what it shares."""

    end: Callable[[str], bool]
    posting: Posting


def build(
    *,
    store: Store,
    client: WebClient,
    identity: BotIdentityProvider,
    compose: Composer,
    timing: DeliveryTiming,
    grace: timedelta,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    monotonic: Callable[[], float] = time.monotonic,
    elapsed: Callable[[], float] = boot_clock,
    rest: Callable[[float], object] | None = None,
    first: Callable[[str], None] = lambda team: None,
    of_many: OfMany | None = None,
    ended: Callable[[str], None] = lambda end: None,
) -> Round:
    """Return the parts over `store`. `client` must have no retry handlers: see `VerifiedPoster`."""
    ledger = Ledger(store, f"{socket.gethostname()}:{getpid()}:{secrets.token_hex(3)}", ended)
    subscriptions, teams = StoredSubscriptions(store), StoredTeams(store)
    poster = VerifiedPoster(client, timing.back_off.total_seconds())
    end = of_many.end if of_many else None
    # One workspace alone has as many at work as it has threads.
    places = of_many.posting.places if of_many else Places(timing.workers + 1)
    token_status = TokenStatus(teams, identity, client, grace, now, monotonic, end)
    deliverer = Deliverer(
        ledger=ledger, subscriptions=subscriptions, deliveries=StoredDeliveries(store), poster=poster,
        compose=compose, token_status=token_status, timing=timing, places=places, now=now, elapsed=elapsed,
    )  # fmt: skip
    watch = of_many.posting.watch if of_many else RoundWatch()
    worker = DeliveryWorker(
        ledger=ledger, subscriptions=subscriptions, deliverer=deliverer, token_status=token_status, timing=timing,
        places=places, now=now, monotonic=monotonic, rest=rest,
        first=first, watch=watch, pool=of_many.posting.pool if of_many else None, longest=ROUND_SECONDS if of_many else math.inf,
    )  # fmt: skip
    return Round(worker, token_status, teams, poster, watch)
