"""What all parts of the bot share: its settings, its state, its fact base, and the Slack that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from bot import documents, local_workspace
from bot.event_keeper import EventKeeper
from bot.fact_base import open_base
from bot.listening import origin
from bot.local_slack.build import Workspace
from bot.local_slack.state.clock import MovableClock
from bot.map.cache import MapCache
from bot.meter import Meter
from bot.render.content import Content
from bot.settings import Settings, revealed
from bot.slack.api import web
from bot.slack.api.message import sentence
from bot.slack.listeners.events import INTERRUPTED
from bot.slack.sending.open_cards import OpenCards
from bot.slack.sending.outbox import Outbox
from bot.slack.sending.runner import Runner
from bot.state.contributions import StoredContributions
from bot.state.disk.files import make_private
from bot.state.events import StoredEvents
from bot.state.first_seen import StoredFirstSeen
from bot.state.installations.zones import KnownZones, StoredZones
from bot.state.opening import open_state
from bot.state.store import Store
from handlers.curation.team_base import CachedTeamBases
from handlers.digests import selection
from handlers.digests.arrivals import TeamFirstSeen
from handlers.ports import Passages
from knowledge.base import FactBase

# Threads for work after an ack; what waits for Slack in it waits elsewhere. Those for what a person pressed or typed
# are apart: a form is to open in three seconds.
WORKERS: Final = 8
PROMPT_WORKERS: Final = 4


@dataclass(frozen=True)
class SlackAccess:
    """Which Slack the bot belongs to: the real one, or the local workspace. Without a `bot_token` each workspace has its own."""

    api_url: str
    bot_token: str
    signing_secret: str
    app_token: str = ""
    app_id: str | None = None


@dataclass(frozen=True)
class Core:
    """What the parts of all workspaces share: one state, one base with a view of it for each team, one Slack."""

    settings: Settings
    store: Store
    events: StoredEvents
    keeper: EventKeeper
    base: FactBase
    contributions: StoredContributions
    team_bases: CachedTeamBases
    first_seen: TeamFirstSeen
    work: Runner
    records: ThreadPoolExecutor
    clock: MovableClock
    local: Workspace | None
    slack: SlackAccess
    fact_keys: Sequence[str]
    passages: Passages
    maps: MapCache
    meter: Meter
    zones: KnownZones
    open_cards: OpenCards = field(default_factory=OpenCards)

    def client(self, token: str | None, deadline: float = web.DEADLINE) -> web.SlackWeb:
        """Return a client of the Slack that the bot belongs to, with that token, whose calls end within `deadline` seconds."""
        return web.client(token, self.slack.api_url, deadline=deadline, meter=self.meter)


def open_core(settings: Settings, parts: ExitStack, meter: Meter) -> Core:
    """Return what all parts share, and count by `meter`, with the local workspace where there is no Slack.

    It is closed after all of them. ConfigurationError, StateError or BadBaseError when it cannot be built.
    """
    store = open_state(settings, may_be_away=True)
    parts.callback(store.close)
    # On a server it is the server's time that leases, schedules and what is kept go by, not the machine's.
    clock = MovableClock(lambda: store.now().timestamp())
    events = StoredEvents(store)
    line = sentence(INTERRUPTED)
    keeper = EventKeeper(events, Content(line.text, line.blocks).to_json(), clock.now)
    # Closed once no work is in hand.
    parts.callback(keeper.close)
    base = warmed_base(settings)
    for made_before in (settings.facts_db, settings.passages_db):
        make_private(made_before)
    work = _runner(parts)
    # For what is written down after an answer, and may have to wait for a lock.
    records = ThreadPoolExecutor(1, thread_name_prefix="yrd-record")
    parts.callback(records.shutdown)
    local = (
        local_workspace.open_workspace(settings, origin(settings), clock, parts)
        if settings.mode() == "workspace"
        else None
    )
    slack = _real_slack(settings) if local is None else _local_slack(local)
    contributions = StoredContributions(store)
    contributions.listen()
    team_bases = CachedTeamBases(base, contributions)
    return Core(
        settings=settings,
        store=store,
        events=events,
        keeper=keeper,
        base=base,
        contributions=contributions,
        team_bases=team_bases,
        first_seen=TeamFirstSeen(StoredFirstSeen(store), team_bases),
        work=work,
        records=records,
        clock=clock,
        local=local,
        slack=slack,
        fact_keys=[selection.fact_key(fact) for fact in base.facts],
        passages=documents.at_hand(settings, base.seeds, base.version),
        maps=MapCache(settings.maps),
        meter=meter,
        zones=KnownZones(StoredZones(store)),
    )


def _runner(parts: ExitStack) -> Runner:
    workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="yrd-work")
    prompt = ThreadPoolExecutor(PROMPT_WORKERS, thread_name_prefix="yrd-prompt")
    runner = Runner(workers, Outbox(), prompt)
    for end in (workers.shutdown, prompt.shutdown, runner.close):
        parts.callback(end)
    return runner


def warmed_base(settings: Settings) -> FactBase:
    """Return the fact base with its indexes: built on first use else, and not by two requests at once."""
    base = open_base(settings)
    base.warm()
    return base


def _real_slack(settings: Settings) -> SlackAccess:
    return SlackAccess(
        api_url=settings.slack_api_url,
        bot_token=revealed(settings.slack_bot_token),
        signing_secret=revealed(settings.slack_signing_secret),
        app_token=revealed(settings.slack_app_token),
        app_id=settings.slack_app_id,
    )


def _local_slack(local: Workspace) -> SlackAccess:
    return SlackAccess(local.api_url, local.identity.bot_token, local.identity.signing_secret)
