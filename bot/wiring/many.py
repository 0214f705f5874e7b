"""The bot in every workspace that installed it by OAuth."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import Final

from slack_sdk.oauth.installation_store import Installation

from bot import privacy
from bot.digests.round_watch import RoundWatch
from bot.digests.rounds import Rounds, Worker
from bot.http import health
from bot.jobs import Periodic
from bot.slack.api import token, web
from bot.slack.api.message import sentence
from bot.slack.oauth.endpoint import OAuthEndpoint
from bot.slack.oauth.flow import App, installation_flow
from bot.slack.oauth.renewal import Renewal
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.digests.turns import StoredTurns
from bot.state.installations.cipher import Cipher
from bot.state.installations.rows import team_of
from bot.state.installations.stored import StoredInstallations, StoredStates
from bot.state.processes import this_process
from bot.wiring.core import Core
from bot.wiring.digests import timing, wake_up
from bot.wiring.installed import InstalledWorkspaces
from bot.wiring.serving import Serving
from handlers.ports import Notifier
from handlers.say import say

_log = logging.getLogger(__name__)

RENEW_SECONDS: Final = 60.0
SLACK_DEADLINE: Final = 3.0
WELCOME: Final = say(
    "YRD Desk is installed in this workspace. I tell you, who installed it, when I cannot do my work and an admin is needed."
    " Type /yrd help to see what I can do, and open my Home tab to see what is in the fact base."
)


def serve_many(core: Core, parts: ExitStack) -> Serving:
    """Return the parts of all workspaces, ready to begin."""
    installations = _installations(core)
    workspaces = InstalledWorkspaces(core, installations)
    watch = RoundWatch()
    rounds = _rounds(core, workspaces, watch)
    workspaces.share(rounds, watch)
    renewal = _renewal(core, installations)

    def begin(parts: ExitStack) -> None:
        wake_up(core, rounds.tick, rounds.stop, parts)
        minutely = Periodic(renewal, "tokens", RENEW_SECONDS, core.clock.now, at_once=True)
        parts.callback(minutely.close)
        minutely.start()

    client = web.client(None, core.slack.api_url, deadline=SLACK_DEADLINE)
    return Serving(
        workspaces=workspaces,
        checks=(
            health.Check("slack", health.Remembered(lambda: token.unreached(client))),
            health.Check("digests", watch.problem),
        ),
        notifier_of=lambda team: _notifier(workspaces, team),
        begin=begin,
        installing=_installing(core, installations, workspaces, parts),
    )


def go_round(core: Core) -> bool:
    """Deliver the digests of every workspace that are due now, and settle what can be; say whether all of them could be
    looked after.
    """
    workspaces, watch = InstalledWorkspaces(core, _installations(core)), RoundWatch()
    rounds = _rounds(core, workspaces, watch)
    workspaces.share(rounds, watch)
    rounds.tick()
    rounds.wait()
    rounds.stop()
    return not watch.problem()


def _installations(core: Core) -> StoredInstallations:
    settings = core.settings
    return StoredInstallations(core.store, settings.slack_client_id or "", Cipher(settings.encryption_keys()))


def _rounds(core: Core, workspaces: InstalledWorkspaces, watch: RoundWatch) -> Rounds:
    turns = StoredTurns(core.store, this_process(core.base.version).id)

    def worker_of(team: str) -> Worker | None:
        found = workspaces.get(team)
        return found.digests.worker if found else None

    return Rounds(
        turns=turns,
        lease=timing(core).lease,
        all_teams=StoredSubscriptions(core.store).teams,
        worker_of=worker_of,
        watch=watch,
        now=core.clock.now,
    )


def _renewal(core: Core, installations: StoredInstallations) -> Renewal:
    settings, secret = core.settings, core.settings.slack_client_secret
    return Renewal(
        installations,
        settings.slack_client_id or "",
        secret.get_secret_value() if secret else "",
        web.client(None, core.slack.api_url),
    )


def _notifier(workspaces: InstalledWorkspaces, team: str) -> Notifier | None:
    found = workspaces.get(team)
    return found.services.notifier if found else None


def _installing(
    core: Core, installations: StoredInstallations, workspaces: InstalledWorkspaces, parts: ExitStack
) -> OAuthEndpoint:
    settings, secret = core.settings, core.settings.slack_client_secret

    def installed(installation: Installation, again: bool) -> None:
        team = team_of(installation)
        workspaces.forget(team)
        _log.warning("the app was installed", extra={"team": team, "again": again})
        if not again:
            core.work.start(_welcome(workspaces, team, installation.user_id))

    flow = installation_flow(
        App(
            client_id=settings.slack_client_id or "",
            client_secret=secret.get_secret_value() if secret else "",
            id=settings.slack_app_id or "",
            redirect_uri=f"{settings.public_url}/slack/oauth_redirect" if settings.public_url else None,
        ),
        client=web.client(None, core.slack.api_url),
        installations=installations,
        states=StoredStates(core.store, core.clock.now),
        kept=privacy.sentences(settings.question_days, settings.purge_days),
        installed=installed,
    )
    endpoint = OAuthEndpoint(flow)
    parts.callback(endpoint.close)
    return endpoint


async def _welcome(workspaces: InstalledWorkspaces, team: str, user: str) -> None:
    found = workspaces.get(team)
    if found is not None and user:
        await found.slack.sender.post(user, sentence(WELCOME))
