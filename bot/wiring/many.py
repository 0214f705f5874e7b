"""The bot in every workspace that installed it by OAuth."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from datetime import datetime
from typing import Final

from slack_sdk.oauth.installation_store import Installation

from bot import privacy
from bot.digests.behind import pool_behind
from bot.digests.build import Posting
from bot.digests.round_watch import RoundWatch
from bot.digests.rounds import AT_ONCE, AT_WORK, Rounds, Worker
from bot.http import health
from bot.jobs import Periodic
from bot.settings import ConfigurationError, revealed
from bot.slack.api import token
from bot.slack.api.message import sentence
from bot.slack.context import nobody
from bot.slack.oauth.caretaker import caretaker
from bot.slack.oauth.endpoint import OAuthEndpoint
from bot.slack.oauth.flow import App, installation_flow
from bot.slack.receiving.http import REDIRECT_PATH
from bot.state.database.places import Places
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.digests.turns import StoredTurns
from bot.state.errors import SealedError, StateError
from bot.state.installations.cipher import Cipher
from bot.state.installations.rows import sealed_text, team_of
from bot.state.installations.stored import StoredInstallations, StoredStates
from bot.state.processes import this_process
from bot.wiring.core import Core
from bot.wiring.digests import timing, wake_up
from bot.wiring.installed import InstalledWorkspaces
from bot.wiring.serving import Serving
from bot.wiring.workspace import Workspace
from handlers.ports import Notifier
from handlers.say import say

_log = logging.getLogger(__name__)

CARE_SECONDS: Final = 60.0
SLACK_DEADLINE: Final = 3.0
# Of a call that the end of the process waits for.
CARE_DEADLINE: Final = 5.0
WELCOME: Final = say(
    "YRD Desk is installed in this workspace. I tell you, who installed it, when I cannot do my work and an admin is needed."
    " Type /yrd help to see what I can do, and open my Home tab to see what is in the fact base."
)


def serve_many(core: Core, parts: ExitStack) -> Serving:
    """Return the parts of all workspaces, ready to begin. ConfigurationError where not one token that is kept can be opened."""
    many = _Many(core, parts)
    client = core.client(None, SLACK_DEADLINE)
    if problem := many.tokens.problem():
        raise ConfigurationError(problem)
    return Serving(
        workspaces=many.workspaces,
        checks=(
            health.Check("slack", health.Remembered(lambda: token.unreached(client))),
            many.tokens.check(),
            health.Check("digests", many.watch.problem),
        ),
        notifier_of=many.notifier_of,
        begin=many.begin,
        go_round=many.go_round,
        installing=many.installing(parts),
    )


class _Tokens:
    """Whether the tokens that are kept open: it is wrong where none does, and to be looked at where some do not."""

    def __init__(self, installations: StoredInstallations) -> None:
        self._installations = installations
        # Each is tried.
        self._sealed = health.Remembered(self._look, bad_for=health.GOOD_FOR)
        self._opens_none = False

    def check(self) -> health.Check:
        """Return it as a check."""
        return health.Check("installations", self.problem, self.note, self.note)

    def problem(self) -> str:
        """Return what is wrong where not one opens, "" else."""
        sealed = self._sealed()
        return sealed if self._opens_none else ""

    def note(self) -> str:
        """Return which of them do not open, "" where all do, or none does."""
        sealed = self._sealed()
        return "" if self._opens_none else sealed

    def _look(self) -> str:
        try:
            sealed, count = self._installations.sealed()
        except StateError:
            # Another check says so.
            return ""
        self._opens_none = bool(sealed) and len(sealed) == count
        return sealed_text(sealed, count) if sealed else ""


class _Many:
    """What the workspaces share, and what is done for all of them."""

    def __init__(self, core: Core, parts: ExitStack) -> None:
        self._core = core
        self._app = _app(core)
        self._installations = StoredInstallations(
            core.store, self._app.client_id, Cipher(core.settings.encryption_keys())
        )
        self.tokens = _Tokens(self._installations)
        self.watch = RoundWatch()
        # As many threads as the rounds can have deliveries in hand together.
        most = AT_ONCE * timing(core).workers
        pool = pool_behind(most, "yrd-digest")
        parts.callback(pool.shutdown)
        posting = Posting(pool, Places(AT_WORK), self.watch)
        self.workspaces = InstalledWorkspaces(core, self._installations, posting)
        self.rounds = Rounds(
            turns=StoredTurns(core.store, this_process(core.base.version).id),
            lease=timing(core).lease,
            all_teams=StoredSubscriptions(core.store).teams,
            worker_of=self._worker_of,
            watch=self.watch,
            now=core.clock.now,
        )

    def begin(self, parts: ExitStack) -> None:
        """Begin with what is done by itself."""
        wake_up(self._core, self.rounds.tick, self.rounds.stop, parts)
        client = self._core.client(None, CARE_DEADLINE)
        app = self._app
        care = caretaker(
            self._installations, app.client_id, app.client_secret, client, self.workspaces.check, self._doomed
        )
        minutely = Periodic(care, "installations", CARE_SECONDS, self._core.clock.now, at_once=True)
        # At the end: begin with no other, wait for the one in hand, and keep what is not kept.
        parts.callback(care.keep_what_is_not_kept)
        parts.callback(minutely.join)
        parts.callback(minutely.close)
        parts.callback(care.begin_no_more)
        minutely.start()

    def go_round(self) -> bool:
        """Go round once for every workspace, and say whether all rounds came to their end."""
        self.rounds.tick()
        self.rounds.wait()
        self.rounds.stop()
        return self.rounds.all_went_through

    def notifier_of(self, team: str) -> Notifier | None:
        """Return what sends to a team, None where nothing can."""
        try:
            found = self.workspaces.get(team)
        except StateError as error:
            _log.warning("a workspace cannot be looked up", extra={"team": team, "error": str(error)})
            return None
        return found.services.notifier if found else None

    def installing(self, parts: ExitStack) -> OAuthEndpoint:
        """Return what workspaces install the app at."""
        settings = self._core.settings
        flow = installation_flow(
            self._app,
            client=self._core.client(None),
            installations=self._installations,
            states=StoredStates(self._core.store, self._core.clock.now),
            kept=privacy.sentences(settings.question_days, settings.purge_days),
            installed=self._installed,
        )
        endpoint = OAuthEndpoint(flow)
        parts.callback(endpoint.close)
        return endpoint

    def _worker_of(self, team: str) -> Worker | None:
        try:
            found = self.workspaces.get(team)
        except SealedError as error:
            _log.warning("digests of a workspace wait", extra={"team": team, "error": str(error)})
            return None
        return found.digests.worker if found else None

    def _doomed(self, team: str, ends: datetime) -> None:
        """Have whoever installed the app told while they can be: from `ends` on nothing reaches them."""
        found = self.workspaces.get(team)
        if found is not None:
            time = f"{ends:%Y-%m-%d %H:%M} UTC"
            text = say(
                "Slack does not renew my token for this workspace. The one that I have ends at {time}: from then on I answer"
                " nobody here, and post nothing.",
                time=time,
            )
            found.slack.alerts.tell(f"not_renewed:{ends.timestamp():.0f}", text, team, self._core.clock.now())

    def _installed(self, installation: Installation, again: bool) -> None:
        team, user = team_of(installation), installation.user_id
        self.workspaces.forget(team)
        _log.warning("the app was installed", extra={"team": team, "again": again})
        if again or not user:
            return
        try:
            found = self.workspaces.get(team)
        except StateError as error:
            _log.warning(
                "whoever installed the app is not greeted", extra={"team": team, "error": str(error)}
            )
            return
        if found is not None:
            found.slack.later("zone", None, lambda: self._note_zone(found, team, user), nobody)
            found.slack.later(
                "welcome", None, lambda: found.slack.sender.post(user, sentence(WELCOME)), nobody
            )

    async def _note_zone(self, found: Workspace, team: str, user: str) -> None:
        """Have the workspace's time zone be that of whoever installed the app, unless it has one."""
        people = found.services.people
        zone = await found.slack.sender.aside(f"users.info {user}", lambda: people.zone(team, user))
        if zone:
            self._core.zones.begin(team, zone)


def _app(core: Core) -> App:
    settings = core.settings
    return App(
        client_id=settings.slack_client_id or "",
        client_secret=revealed(settings.slack_client_secret),
        id=settings.slack_app_id or "",
        redirect_uri=f"{settings.public_url}{REDIRECT_PATH}" if settings.public_url else None,
    )
