"""The whole bot: its services, how requests come in, its health, and what it does by itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot import local_workspace, logs
from bot.heartbeat import Heartbeat
from bot.http import health
from bot.http.asgi import Application
from bot.http.health_watch import HealthWatch
from bot.jobs import Periodic, clean, remind, renew_cards
from bot.settings import Settings
from bot.site import Site
from bot.slack.listeners.app import DeskApp, build_app
from bot.slack.receiving.http import SlackEndpoint
from bot.slack.receiving.signing import SigningWatch, fingerprint
from bot.slack.receiving.socket import SocketLink, Watchdog
from bot.slack.receiving.verification import RequestVerifier
from bot.state.kept import tables
from bot.state.notices import StoredNotices
from bot.state.teams import StoredTeams
from bot.wiring.chosen import served
from bot.wiring.core import Core, open_core
from bot.wiring.metering import metrics_of
from bot.wiring.serving import Serving

# slack_sdk's own default; over the socket they also wait for acknowledgements to be sent.
SOCKET_THREADS: Final = 10


@dataclass(frozen=True)
class Running:
    """The bot, ready to serve: an ASGI application, and how to end its work."""

    application: Application
    close: Callable[[], None]


def build(settings: Settings) -> Running:
    """Build every part, start those that work by themselves, and return the whole.

    ConfigurationError, StateError or BadBaseError, with nothing left open, when a part cannot be built.
    """
    # Wrong settings are told before anything is opened.
    settings.mode()
    logs.set_up(settings.log_level, settings.secrets())
    with ExitStack() as parts:
        metrics = metrics_of(parts)
        core = open_core(settings, parts, metrics.meter)
        serving = served(core, parts)
        app = build_app(
            serving.workspaces,
            api_url=core.slack.api_url,
            signing_secret=core.slack.signing_secret,
            promptly=core.store.promptly,
        )
        endpoint, receiving = _receiving(core, app, parts)
        checks = (*_checks(core, parts), *serving.checks, *receiving)
        probes = health.Health(checks)
        parts.callback(probes.close)
        pages = local_workspace.pages(core.local, parts) if core.local is not None else None
        watch = _watch_health(checks, serving, parts)
        core.keeper.start()
        _by_the_hour(core, serving, parts)
        serving.begin(parts)
        site = Site(probes, endpoint, pages, serving.installing, metrics.page(core, lambda: watch.found))
        return Running(site, parts.pop_all().close)


def _receiving(
    core: Core, app: DeskApp, parts: ExitStack
) -> tuple[SlackEndpoint | None, tuple[health.Check, ...]]:
    """Return where requests come in over HTTP, or open the socket and return how to tell whether it is open."""
    settings, slack = core.settings, core.slack
    if settings.mode() != "socket":
        threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="yrd-answer")
        parts.callback(threads.shutdown)
        watch = _signing_watch(core)
        verifier = RequestVerifier(slack.signing_secret, slack.app_id, watch=watch)
        signatures = health.Check("signatures", watch.problem, watch.note, watch.note)
        return SlackEndpoint(
            verifier, app, threads, acknowledged=core.keeper.acknowledged, meter=core.meter
        ), (signatures,)
    link = SocketLink(
        app,
        slack.app_token,
        core.client(slack.app_token),
        concurrency=max(settings.threads, SOCKET_THREADS),
        acknowledged=core.keeper.acknowledged,
        meter=core.meter,
    )
    parts.callback(link.close)
    _watch(link, parts)
    link.start()
    is_open = health.Check("socket", lambda: "" if link.is_connected() else "no socket to Slack is open")
    return None, (is_open,)


def _checks(core: Core, parts: ExitStack) -> tuple[health.Check, ...]:
    return (
        _base_check(core, parts),
        health.Check("state", core.store.problem),
    )


def _base_check(core: Core, parts: ExitStack) -> health.Check:
    """Return whether there are facts; where others work on the same state, with who answers from other ones."""

    def problem() -> str:
        return "" if core.base.facts else "the fact base is empty"

    if not core.store.is_shared:
        return health.Check("base", problem)
    heartbeat = Heartbeat(core.store, core.base.version, core.clock.now)
    parts.callback(heartbeat.close)
    heartbeat.start()
    return health.Check("base", problem, heartbeat.note, heartbeat.warning)


def _signing_watch(core: Core) -> SigningWatch:
    notices, secret = StoredNotices(core.store), fingerprint(core.slack.signing_secret)
    return SigningWatch(
        notices.accepted(secret),
        # Slack waits for the acknowledgement of that very request.
        lambda: core.records.submit(notices.accept, secret, core.clock.now()),
    )


def _watch_health(checks: tuple[health.Check, ...], serving: Serving, parts: ExitStack) -> HealthWatch:
    """Have what is wrong logged, and told to whom `serving` tells; return who looks."""
    watch = HealthWatch(checks, serving.tell)
    parts.callback(watch.close)
    watch.start()
    return watch


def _by_the_hour(core: Core, serving: Serving, parts: ExitStack) -> None:
    notices, teams = StoredNotices(core.store), StoredTeams(core.store)
    kept = tables(core.settings.question_days)
    _hourly(
        core,
        lambda now: remind(core.contributions, notices, serving.notifier_of, teams.stopped, now),
        "reminders",
        parts,
    )
    _hourly(
        core,
        lambda now: renew_cards(core.contributions, serving.notifier_of, teams.stopped, now),
        "cards",
        parts,
    )
    _hourly(core, lambda now: clean(core.store, kept, now), "cleaning", parts)


def _hourly(core: Core, job: Callable[[datetime], None], name: str, parts: ExitStack) -> None:
    hourly = Periodic(job, name, now=core.clock.now)
    parts.callback(hourly.close)
    hourly.start()


def _watch(link: SocketLink, parts: ExitStack) -> None:
    # Not sys.exit: the threads of a dead link may hang for ever. Whoever started the bot starts it again.
    watchdog = Watchdog(link.is_connected, end=lambda: os._exit(1))
    parts.callback(watchdog.close)
    watchdog.start()
