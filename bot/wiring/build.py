"""The whole bot: its services, how requests come in, its health, and what it does by itself."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot import documents, local_workspace, logs, privacy
from bot.digests.channels import SlackChannels
from bot.digests.verified_poster import VerifiedPoster
from bot.heartbeat import Heartbeat
from bot.http import health
from bot.http.asgi import Application
from bot.http.health_watch import HealthWatch
from bot.jobs import Periodic, clean, remind, renew_cards
from bot.map.cache import MapCache
from bot.settings import Settings
from bot.site import Site
from bot.slack.api import token, web
from bot.slack.api.users import BEFORE_ACK, SlackPeople
from bot.slack.listeners.app import DeskApp, build_app
from bot.slack.receiving.http import SlackEndpoint
from bot.slack.receiving.signing import SigningWatch, fingerprint
from bot.slack.receiving.socket import SocketLink, Watchdog
from bot.slack.receiving.verification import RequestVerifier
from bot.slack.sending.admin_alerts import AdminAlerts
from bot.slack.sending.client import SlackSender
from bot.slack.sending.notifier import SlackNotifier
from bot.state.cards import StoredCards
from bot.state.conversations import StoredConversations
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.exposures import StoredExposures
from bot.state.feedback import StoredFeedback
from bot.state.kept import tables
from bot.state.notices import StoredNotices
from bot.state.questions import StoredQuestions
from bot.state.requests import StoredRequests
from bot.state.teams import StoredTeams
from bot.state.thread_modes import StoredThreadModes
from bot.wiring.core import Core, SlackAccess, open_core
from bot.wiring.digests import digest_round, wake_up
from handlers.lookups.message import lookup
from handlers.registry import SLASH
from handlers.reply import asks, reply
from handlers.say import say
from handlers.services import Services

_log = logging.getLogger(__name__)

# slack_sdk's own default; over the socket they also wait for acknowledgements to be sent.
SOCKET_THREADS: Final = 10
# Seconds until Slack is asked again who the bot is.
INTRODUCE_SECONDS: Final = 5.0
# Seconds until it is looked again whether the local Slack listens.
LISTEN_SECONDS: Final = 0.2
# Seconds that a readiness check waits for Slack.
TOKEN_DEADLINE: Final = 3.0


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
        core = open_core(settings, parts)
        digests = digest_round(core)
        services = _services(core)
        app = _app(core, services, digests.token_status.check)
        endpoint, receiving = _receiving(core, app, parts)
        checks = (*_checks(core, parts), health.Check("digests", digests.watch.problem), *receiving)
        probes = health.Health(checks)
        parts.callback(probes.close)
        pages = local_workspace.pages(core.local, parts) if core.local is not None else None
        _watch_health(core, checks, parts)
        core.keeper.start()
        _by_the_hour(core, services, digests.teams, parts)
        wake_up(core, digests, parts)
        _introduce(core, app.begin, parts)
        return Running(Site(probes, endpoint, pages), parts.pop_all().close)


def _services(core: Core) -> Services:
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
        first_seen=core.first_seen,
        questions=StoredQuestions(store, settings.question_days, core.records.submit),
        asks=asks,
        passages=documents.at_hand(settings, core.base.seeds, core.base.version),
        contributions=core.contributions,
        team_bases=core.team_bases,
        exposures=StoredExposures(store),
        threads=StoredThreadModes(store),
        notifier=SlackNotifier(
            SlackSender(core.client, core.open_cards),
            people,
            core.work,
            core.team_bases,
            StoredCards(store),
            core.clock.now,
        ),
        review_channel=settings.review_channel,
        privacy=privacy.sentences(settings.question_days, settings.purge_days),
    )


def _app(core: Core, services: Services, removed: Callable[[], None]) -> DeskApp:
    """Return the app that answers; `removed` is called when Slack says that it is gone."""
    settings = core.settings
    return build_app(
        services=services,
        reply=reply,
        lookup=lookup,
        commands=SLASH,
        client=core.client,
        identity=core.identity,
        events=core.events,
        conversations=StoredConversations(core.store),
        notices=StoredNotices(core.store),
        requests=StoredRequests(core.store),
        work=core.work,
        installer=settings.installer or "",
        signing_secret=core.slack.signing_secret,
        tz=settings.timezone,
        removed=removed,
        maps=MapCache(settings.maps),
        promptly=core.store.promptly,
        open_cards=core.open_cards,
        now=core.clock.now,
    )


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
        signatures = health.Check("signatures", watch.problem, watch.note)
        return SlackEndpoint(verifier, app, threads, acknowledged=core.keeper.acknowledged), (signatures,)
    link = SocketLink(
        app,
        slack.app_token,
        web.client(slack.app_token, slack.api_url),
        concurrency=max(settings.threads, SOCKET_THREADS),
        acknowledged=core.keeper.acknowledged,
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
        health.Check("slack", _token_check(core.slack)),
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
    return health.Check("base", problem, heartbeat.note)


def _signing_watch(core: Core) -> SigningWatch:
    notices, secret = StoredNotices(core.store), fingerprint(core.slack.signing_secret)
    return SigningWatch(
        notices.accepted(secret),
        # Slack waits for the acknowledgement of that very request.
        lambda: core.records.submit(notices.accept, secret, core.clock.now()),
    )


def _watch_health(core: Core, checks: tuple[health.Check, ...], parts: ExitStack) -> None:
    """Have what is wrong logged, and told to the installer where Slack can still be reached."""
    alerts = AdminAlerts(
        SlackSender(core.client), StoredNotices(core.store), core.work.start, core.settings.installer or ""
    )

    def tell(name: str, problem: str) -> None:
        # Without Slack nobody can be told there.
        if name not in ("slack", "socket"):
            text = say("I am not ready for all of my work: {problem}.", problem=problem)
            alerts.tell(f"not_ready:{name}", text, core.identity().team, core.clock.now())

    watch = HealthWatch(checks, tell)
    parts.callback(watch.close)
    watch.start()


def _by_the_hour(core: Core, services: Services, teams: StoredTeams, parts: ExitStack) -> None:
    notices, kept = StoredNotices(core.store), tables(core.settings.question_days)
    _hourly(
        core,
        lambda now: remind(core.contributions, notices, services.notifier, teams.stopped, now),
        "reminders",
        parts,
    )
    _hourly(
        core,
        lambda now: renew_cards(core.contributions, services.notifier, teams.stopped, now),
        "cards",
        parts,
    )
    _hourly(core, lambda now: clean(core.store, kept, now), "cleaning", parts)


def _hourly(core: Core, job: Callable[[datetime], None], name: str, parts: ExitStack) -> None:
    hourly = Periodic(job, name, now=core.clock.now)
    parts.callback(hourly.close)
    hourly.start()


def _token_check(slack: SlackAccess) -> Callable[[], str]:
    client = web.client(slack.bot_token, slack.api_url, deadline=TOKEN_DEADLINE)
    return health.Remembered(lambda: token.problem(client))


def _introduce(core: Core, begin: Callable[[], None], parts: ExitStack) -> None:
    """Have Slack asked who the bot is until it says so, and made ready what is needed first: the view of its team's base, for
    the first command has three seconds for everything, and what `begin` begins.
    """
    ends = threading.Event()

    def ask() -> None:
        # The local Slack is this very server.
        while core.local is not None and not local_workspace.listens(core.local.origin):
            if ends.wait(LISTEN_SECONDS):
                return
        while not core.identity.confirm():
            if ends.wait(INTRODUCE_SECONDS):
                return
        core.team_bases.of(core.identity().team)
        begin()

    parts.callback(ends.set)
    threading.Thread(target=ask, name="yrd-introduce", daemon=True).start()


def _watch(link: SocketLink, parts: ExitStack) -> None:
    # Not sys.exit: the threads of a dead link may hang for ever. Whoever started the bot starts it again.
    watchdog = Watchdog(link.is_connected, end=lambda: os._exit(1))
    parts.callback(watchdog.close)
    watchdog.start()
