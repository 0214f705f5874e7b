"""How digests get their parts: for one workspace or many, for the bot that runs and for one round by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

from bot import local_workspace
from bot.digests import build as digesting
from bot.digests.schedule import WakeUp
from bot.digests.team import TeamComposer
from bot.digests.timing import DeliveryTiming
from bot.slack.api.identity import BotIdentityProvider
from bot.state.database.clock import boot_clock
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.wiring.core import Core


def digest_round(
    core: Core, token: str, identity: BotIdentityProvider, of_many: digesting.OfMany | None = None
) -> digesting.Round:
    """Return what delivers the digests that are due in the workspace of `token`."""
    # Without retries: a second try by the client itself would post twice.
    client = core.client(token)
    clock, first_seen = core.clock, core.first_seen
    return digesting.build(
        store=core.store,
        client=client,
        identity=identity,
        compose=TeamComposer(core.team_bases, first_seen, StoredSubscriptions(core.store)),
        timing=timing(core),
        grace=timedelta(days=core.settings.purge_days),
        first=lambda team: first_seen.note(team, core.fact_keys, clock.now()),
        now=clock.now,
        # Both go along when the local workspace is put forward, so that waiting is over then too.
        monotonic=lambda: time.monotonic() + clock.ahead,
        elapsed=lambda: boot_clock() + clock.ahead,
        of_many=of_many,
        ended=core.meter.digest,
    )


def timing(core: Core) -> DeliveryTiming:
    """Return how long things may take in delivering."""
    return DeliveryTiming(window=timedelta(hours=core.settings.catch_up_hours))


def wake_up(core: Core, tick: Callable[[], None], stop: Callable[[], None], parts: ExitStack) -> None:
    """Have digests delivered when they are due, by `tick`, until `stop`."""
    if core.local is not None:
        core.local.control.on_forward = tick
        tick = local_workspace.once_it_listens(core.local.origin, tick)
    rounds = WakeUp(tick)
    # In this order at the end: no new messages, then no new rounds.
    parts.callback(rounds.close)
    parts.callback(stop)
    rounds.start()
