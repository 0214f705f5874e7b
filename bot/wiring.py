"""The only place that builds the parts of the bot and joins them."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import SecretStr
from slack_sdk import WebClient

from bot import documents, local_workspace, logs, privacy
from bot.digests import build as digesting
from bot.digests.channels import SlackChannels
from bot.digests.delivery import boot_clock
from bot.digests.schedule import WakeUp
from bot.digests.team import TeamComposer
from bot.digests.timing import DeliveryTiming
from bot.digests.verified_poster import VerifiedPoster
from bot.fact_base import open_base
from bot.http import health
from bot.http.asgi import Application
from bot.jobs import Hourly, clean, remind
from bot.local_slack.build import Workspace
from bot.local_slack.state.clock import MovableClock
from bot.map.cache import MapCache
from bot.settings import Settings, is_loopback
from bot.site import Site
from bot.slack.api import token, web
from bot.slack.api.identity import BotIdentityProvider
from bot.slack.api.users import BEFORE_ACK, SlackPeople
from bot.slack.listeners.app import build_app
from bot.slack.receiving.http import SlackEndpoint
from bot.slack.receiving.socket import SocketLink, Watchdog
from bot.slack.receiving.verification import RequestVerifier
from bot.slack.sending.client import SlackSender
from bot.slack.sending.client import client as slack_client
from bot.slack.sending.notifier import SlackNotifier
from bot.state.contributions import StoredContributions
from bot.state.conversations import StoredConversations
from bot.state.deliveries import StoredDeliveries
from bot.state.events import StoredEvents
from bot.state.exposures import StoredExposures
from bot.state.feedback import StoredFeedback
from bot.state.first_seen import StoredFirstSeen
from bot.state.kept import tables
from bot.state.notices import StoredNotices
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from bot.state.subscriptions import StoredSubscriptions
from bot.state.teams import StoredTeams
from handlers.curation.team_base import CachedTeamBases
from handlers.digests import selection
from handlers.lookups.message import lookup
from handlers.registry import SLASH
from handlers.reply import reply
from handlers.services import Services
from knowledge.base import FactBase

_log = logging.getLogger(__name__)

# Work after an ack waits for Slack's Web API most of the time.
WORKERS: Final = 8
# slack_sdk's own default; over the socket they also wait for acknowledgements to be sent.
SOCKET_THREADS: Final = 10
# Seconds that a readiness check waits for Slack.
TOKEN_DEADLINE: Final = 3.0


@dataclass(frozen=True)
class Running:
    """The bot, ready to serve: an ASGI application, and how to end its work."""

    application: Application
    close: Callable[[], None]


@dataclass(frozen=True)
class _Slack:
    """Which Slack the bot belongs to: the real one, or the local workspace."""

    api_url: str
    bot_token: str
    signing_secret: str
    app_token: str = ""
    app_id: str | None = None


@dataclass(frozen=True)
class _Core:
    """What all parts share: one state, one base with a view of it for each team, one Slack."""

    settings: Settings
    store: Store
    base: FactBase
    contributions: StoredContributions
    team_bases: CachedTeamBases
    work: ThreadPoolExecutor
    clock: MovableClock
    local: Workspace | None
    slack: _Slack
    client: WebClient
    identity: BotIdentityProvider


def build(settings: Settings) -> Running:
    """Build every part, start those that work by themselves, and return the whole.

    ConfigurationError, StateError or BadBaseError, with nothing left open, when a part cannot be built.
    """
    mode = settings.mode()
    logs.set_up(settings.log_level)
    with ExitStack() as parts:
        core = _core(settings, parts)
        digests = _digests(
            settings, core.store, core.base, core.team_bases, core.slack, core.identity, core.clock
        )
        services = _services(core)
        endpoint, receiving = _receiving(core, services, digests.token_status.check, parts)
        probes = health.Health((*_checks(core), *receiving))
        parts.callback(probes.close)
        pages = local_workspace.pages(core.local, parts) if core.local is not None else None
        _by_the_hour(core, services, digests.teams, parts)
        _wake_up(core, digests, parts)
        if mode != "workspace":
            # Known before the first command, which has three seconds for everything.
            core.work.submit(_introduce, core.identity)
        return Running(Site(probes, endpoint, pages), parts.pop_all().close)


def _core(settings: Settings, parts: ExitStack) -> _Core:
    """Return what all parts share; it is closed after all of them."""
    store = Store.open(settings.state_db)
    parts.callback(store.close)
    base = warmed_base(settings)
    work = ThreadPoolExecutor(WORKERS, thread_name_prefix="yrd-work")
    parts.callback(work.shutdown)
    clock = MovableClock()
    local = (
        local_workspace.open_workspace(settings, origin(settings), clock, parts)
        if settings.mode() == "workspace"
        else None
    )
    slack = _real(settings) if local is None else _of(local)
    client = slack_client(slack.bot_token, slack.api_url)
    contributions = StoredContributions(store)
    return _Core(
        settings=settings,
        store=store,
        base=base,
        contributions=contributions,
        team_bases=CachedTeamBases(base, contributions),
        work=work,
        clock=clock,
        local=local,
        slack=slack,
        client=client,
        identity=BotIdentityProvider(client, slack.app_id or ""),
    )


def _services(core: _Core) -> Services:
    """Return what handlers have at hand: every service there is."""
    settings, store, slack, people = core.settings, core.store, core.slack, SlackPeople(core.client)
    return Services(
        base=core.base,
        subscriptions=StoredSubscriptions(store),
        deliveries=StoredDeliveries(store),
        # Asked while Slack waits for an acknowledgement.
        channels=SlackChannels(
            VerifiedPoster(
                web.client(slack.bot_token, slack.api_url, deadline=BEFORE_ACK), back_off=BEFORE_ACK
            )
        ),
        people=people,
        feedback=StoredFeedback(store),
        first_seen=StoredFirstSeen(store),
        questions=StoredQuestions(store, settings.question_days, core.work.submit),
        passages=documents.at_hand(settings, core.base.seeds, core.base.version),
        contributions=core.contributions,
        team_bases=core.team_bases,
        exposures=StoredExposures(store),
        notifier=SlackNotifier(SlackSender(core.client), people, core.work, core.team_bases),
        review_channel=settings.review_channel,
        privacy=privacy.sentences(settings.question_days, settings.purge_days),
    )


def _receiving(
    core: _Core, services: Services, removed: Callable[[], None], parts: ExitStack
) -> tuple[SlackEndpoint | None, tuple[health.Check, ...]]:
    """Return where requests come in over HTTP, or open the socket and return how to tell whether it is open."""
    settings, slack = core.settings, core.slack
    app = build_app(
        services=services,
        reply=reply,
        lookup=lookup,
        commands=SLASH,
        client=core.client,
        identity=core.identity,
        events=StoredEvents(core.store),
        conversations=StoredConversations(core.store),
        notices=StoredNotices(core.store),
        work=core.work,
        installer=settings.installer or "",
        signing_secret=slack.signing_secret,
        tz=settings.timezone,
        removed=removed,
        maps=MapCache(settings.maps),
        now=core.clock.now,
    )
    if settings.mode() != "socket":
        threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="yrd-answer")
        parts.callback(threads.shutdown)
        return SlackEndpoint(RequestVerifier(slack.signing_secret, slack.app_id), app, threads), ()
    link = SocketLink(
        app,
        slack.app_token,
        web.client(slack.app_token, slack.api_url),
        concurrency=max(settings.threads, SOCKET_THREADS),
    )
    parts.callback(link.close)
    _watch(link, parts)
    link.start()
    is_open = health.Check("socket", lambda: "" if link.is_connected() else "no socket to Slack is open")
    return None, (is_open,)


def _checks(core: _Core) -> tuple[health.Check, ...]:
    return (
        health.Check("base", lambda: "" if core.base.facts else "the fact base is empty"),
        health.Check("state", lambda: "" if core.store.is_writable() else "state.db cannot be written"),
        health.Check("slack", _token_check(core.slack)),
    )


def warmed_base(settings: Settings) -> FactBase:
    """Return the fact base with its indexes: built on first use else, and not by two requests at once."""
    base = open_base(settings)
    base.warm()
    return base


def _real(settings: Settings) -> _Slack:
    return _Slack(
        api_url=settings.slack_api_url,
        bot_token=_secret(settings.slack_bot_token),
        signing_secret=_secret(settings.slack_signing_secret),
        app_token=_secret(settings.slack_app_token),
        app_id=settings.slack_app_id,
    )


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


def _of(local: Workspace) -> _Slack:
    return _Slack(local.api_url, local.identity.bot_token, local.identity.signing_secret)


def origin(settings: Settings) -> str:
    """Return "http://host:port" as this machine reaches the bot."""
    host = settings.host if is_loopback(settings.host) else "127.0.0.1"
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _digests(
    settings: Settings,
    store: Store,
    base: FactBase,
    team_bases: CachedTeamBases,
    slack: _Slack,
    identity: BotIdentityProvider,
    clock: MovableClock,
) -> digesting.Round:
    # Without retries: a second try by the client itself would post twice.
    client = web.client(slack.bot_token, slack.api_url)
    first_seen = StoredFirstSeen(store)
    keys = [selection.fact_key(fact) for fact in base.facts]
    return digesting.build(
        store=store,
        client=client,
        identity=identity,
        compose=TeamComposer(team_bases, first_seen),
        timing=DeliveryTiming(window=timedelta(hours=settings.catch_up_hours)),
        grace=timedelta(days=settings.purge_days),
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
    slack = _real(settings)
    store = Store.open(settings.state_db)
    try:
        identity = BotIdentityProvider(slack_client(slack.bot_token, slack.api_url), slack.app_id or "")
        base = warmed_base(settings)
        team_bases = CachedTeamBases(base, StoredContributions(store))
        digests = _digests(settings, store, base, team_bases, slack, identity, MovableClock())
        digests.worker.tick()
        digests.worker.stop()
        return digests.token_status.me() is not None
    finally:
        store.close()


def _wake_up(core: _Core, digests: digesting.Round, parts: ExitStack) -> None:
    """Have digests delivered when they are due."""
    tick = digests.worker.tick
    if core.local is not None:
        core.local.control.on_forward = tick
        tick = local_workspace.once_it_listens(core.local.origin, tick)
    wake_up = WakeUp(tick)
    # In this order at the end: no new messages, then no new rounds.
    parts.callback(wake_up.close)
    parts.callback(digests.worker.stop)
    wake_up.start()


def _by_the_hour(core: _Core, services: Services, teams: StoredTeams, parts: ExitStack) -> None:
    notices, kept = StoredNotices(core.store), tables(core.settings.question_days)
    _hourly(
        lambda now: remind(core.contributions, notices, services.notifier, teams.stopped, now),
        "reminders",
        parts,
    )
    _hourly(lambda now: clean(core.store, kept, now), "cleaning", parts)


def _hourly(job: Callable[[datetime], None], name: str, parts: ExitStack) -> None:
    hourly = Hourly(job, name)
    parts.callback(hourly.close)
    hourly.start()


def _token_check(slack: _Slack) -> Callable[[], str]:
    client = web.client(slack.bot_token, slack.api_url, deadline=TOKEN_DEADLINE)
    return health.Remembered(lambda: token.problem(client))


def _introduce(identity: BotIdentityProvider) -> None:
    try:
        identity()
    except Exception as error:  # noqa: BLE001 - a boundary: the first request asks again, and /readyz tells
        _log.error("Slack did not say who the bot is", extra={"error": type(error).__name__})


def _watch(link: SocketLink, parts: ExitStack) -> None:
    # Not sys.exit: the threads of a dead link may hang for ever. Whoever started the bot starts it again.
    watchdog = Watchdog(link.is_connected, end=lambda: os._exit(1))
    parts.callback(watchdog.close)
    watchdog.start()
