"""The parts that answer and post in one workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot import privacy
from bot.digests import build as digesting
from bot.digests.channels import SlackChannels
from bot.digests.verified_poster import VerifiedPoster
from bot.settings import Settings
from bot.slack.api.identity import BotIdentity, BotIdentityProvider
from bot.slack.api.users import BEFORE_ACK, SlackPeople
from bot.slack.api.web import SlackWeb
from bot.slack.context import SlackContext
from bot.slack.listeners.app import build_context
from bot.slack.receiving.http import INSTALL_PATH
from bot.slack.sending.client import SlackSender
from bot.slack.sending.notifier import SlackNotifier
from bot.slack.sending.runner import Runner
from bot.state.cards import StoredCards
from bot.state.conversations import StoredConversations
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.exposures import StoredExposures
from bot.state.feedback import StoredFeedback
from bot.state.notices import StoredNotices
from bot.state.questions import StoredQuestions
from bot.state.requests import StoredRequests
from bot.state.teams import StoredIdentities
from bot.state.thread_modes import StoredThreadModes
from bot.wiring.core import Core
from bot.wiring.digests import digest_round
from bot.wiring.metering import counted_lookup, counted_reply
from handlers.lookups.message import lookup
from handlers.registry import SLASH
from handlers.reply import asks, reply
from handlers.services import Services


@dataclass(frozen=True, slots=True)
class Workspace:
    """One workspace's parts, by one token: a new token makes new parts."""

    slack: SlackContext
    identity: BotIdentityProvider
    services: Services
    digests: digesting.Round


def open_workspace(
    core: Core,
    token: str,
    *,
    installer: str,
    me: BotIdentity | None = None,
    of_many: digesting.OfMany | None = None,
    removed: Callable[[tuple[str, ...]], object] | None = None,
) -> Workspace:
    """Return the parts of the workspace of a bot token. `me` is who the bot is in it, where that is known.

    `installer` is told of failures that need an admin. `removed` is called, with the workspaces that are named, when Slack says
    that the app or its token is gone; else it is asked whether the token works.
    """
    client = core.client(token)
    memory = StoredIdentities(core.store) if me is None else None
    identity = BotIdentityProvider(client, core.slack.app_id or "", memory, me)
    # What one workspace's Slack limits, or floods, is no other's.
    work = core.work.of(me.team) if me else core.work
    services = _services(core, client, token, work)
    digests = digest_round(core, token, identity, of_many)
    slack = build_context(
        services=services,
        reply=counted_reply(reply, core.meter),
        lookup=counted_lookup(lookup, core.meter),
        commands=SLASH,
        client=client,
        identity=identity,
        events=core.events,
        conversations=StoredConversations(core.store),
        notices=StoredNotices(core.store),
        requests=StoredRequests(core.store),
        work=work,
        installer=installer,
        install_at=installing_page(core.settings) if of_many else "",
        tz=core.settings.timezone,
        zone_of=core.zones.of,
        removed=removed or (lambda named: digests.token_status.check()),
        maps=core.maps,
        open_cards=core.open_cards,
        now=core.clock.now,
    )
    return Workspace(slack, identity, services, digests)


def _services(core: Core, client: SlackWeb, token: str, work: Runner) -> Services:
    """Return what handlers have at hand: every service there is."""
    settings, store, people = core.settings, core.store, SlackPeople(client)
    return Services(
        base=core.base,
        subscriptions=StoredSubscriptions(store),
        deliveries=StoredDeliveries(store),
        # Asked while Slack waits for an acknowledgement.
        channels=SlackChannels(VerifiedPoster(core.client(token, BEFORE_ACK), back_off=BEFORE_ACK)),
        people=people,
        feedback=StoredFeedback(store),
        first_seen=core.first_seen,
        questions=StoredQuestions(store, settings.question_days, core.records.submit),
        asks=asks,
        passages=core.passages,
        contributions=core.contributions,
        team_bases=core.team_bases,
        exposures=StoredExposures(store),
        threads=StoredThreadModes(store),
        notifier=SlackNotifier(
            SlackSender(client, core.open_cards),
            people,
            work,
            core.team_bases,
            StoredCards(store),
            core.clock.now,
        ),
        # A channel's id is one workspace's.
        review_channel="" if settings.mode() == "oauth" else settings.review_channel,
        privacy=privacy.sentences(settings.question_days, settings.purge_days),
    )


def installing_page(settings: Settings) -> str:
    """Return where workspaces install the app."""
    return f"{settings.public_url or ''}{INSTALL_PATH}"
