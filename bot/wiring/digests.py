"""How digests get their parts: for the bot that runs, and for one round by hand."""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import timedelta

from bot import local_workspace
from bot.digests import build as digesting
from bot.digests.delivery import boot_clock
from bot.digests.schedule import WakeUp
from bot.digests.team import TeamComposer
from bot.digests.timing import DeliveryTiming
from bot.settings import Settings
from bot.slack.api import web
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.wiring.core import Core, open_core
from handlers.digests import selection


def digest_round(core: Core) -> digesting.Round:
    """Return what delivers the digests that are due."""
    # Without retries: a second try by the client itself would post twice.
    client = web.client(core.slack.bot_token, core.slack.api_url)
    clock, first_seen = core.clock, core.first_seen
    keys = [selection.fact_key(fact) for fact in core.base.facts]
    return digesting.build(
        store=core.store,
        client=client,
        identity=core.identity,
        compose=TeamComposer(core.team_bases, first_seen, StoredSubscriptions(core.store)),
        timing=DeliveryTiming(window=timedelta(hours=core.settings.catch_up_hours)),
        grace=timedelta(days=core.settings.purge_days),
        first=lambda team: first_seen.note(team, keys, clock.now()),
        now=clock.now,
        # Both go along when the local workspace is put forward, so that waiting is over then too.
        monotonic=lambda: time.monotonic() + clock.ahead,
        elapsed=lambda: boot_clock() + clock.ahead,
    )


def go_round(settings: Settings) -> bool:
    """Deliver the digests that are due now, and settle what can be; say whether Slack let the bot work.

    ConfigurationError, StateError or BadBaseError when a part cannot be built. Needs the token of a Slack.
    """
    with ExitStack() as parts:
        core = open_core(settings, parts)
        digests = digest_round(core)
        core.identity.confirm()
        digests.worker.tick()
        digests.worker.stop()
        return digests.token_status.me() is not None


def wake_up(core: Core, digests: digesting.Round, parts: ExitStack) -> None:
    """Have digests delivered when they are due."""
    tick = digests.worker.tick
    if core.local is not None:
        core.local.control.on_forward = tick
        tick = local_workspace.once_it_listens(core.local.origin, tick)
    rounds = WakeUp(tick)
    # In this order at the end: no new messages, then no new rounds.
    parts.callback(rounds.close)
    parts.callback(digests.worker.stop)
    rounds.start()
