"""The workspaces that installed the app by OAuth, each with its parts while it is heard of."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from slack_sdk.oauth.installation_store import Bot

from bot.digests.build import OfMany, Posting
from bot.digests.token_status import GONE
from bot.slack.api.identity import BotIdentity
from bot.slack.api.whose import Whose
from bot.slack.context import SlackContext
from bot.slack.sending.admin_alerts import AdminAlerts
from bot.state.errors import SealedError, StateError
from bot.state.installations.stored import StoredInstallations
from bot.state.notices import StoredNotices
from bot.wiring.core import Core
from bot.wiring.workspace import Workspace, open_workspace

_log = logging.getLogger(__name__)

FRESH_SECONDS: Final = 5.0
"""So long a token is taken for the workspace's without looking: another process may have been told of a new one, or of its end."""
MOST: Final = 2_000
"""Workspaces whose parts are kept; of one that is forgotten they are made anew when it is heard of."""


@dataclass(frozen=True, slots=True)
class _Known:
    token: str
    workspace: Workspace
    looked_at: float


class InstalledWorkspaces:
    """The workspaces that the app is installed in, each with its parts while it is heard of; safe for many threads.

    In delivering digests they share `posting`.
    """

    def __init__(
        self,
        core: Core,
        installations: StoredInstallations,
        posting: Posting,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._core = core
        self._installations = installations
        self._posting = posting
        self._monotonic = monotonic
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._changes: Counter[str] = Counter()
        self._lock = threading.Lock()
        slack = open_workspace(core, "", installer="", me=BotIdentity("", "", "")).slack
        # Without a token no admin can be told of anything.
        silent = AdminAlerts(slack.sender, StoredNotices(core.store), lambda work: work.close())
        self._elsewhere = replace(slack, alerts=silent)

    @property
    def elsewhere(self) -> SlackContext:
        """Return the parts by which whoever is of none of the workspaces is told so."""
        return self._elsewhere

    def of(self, whose: Whose) -> SlackContext | None:
        """Return the parts of the workspace whose a request is, None where the app is not installed in it. StateError."""
        if whose.installation:
            found = self.get(whose.installation)
            return found.slack if found else None
        sealed: SealedError | None = None
        for team in whose.places:
            try:
                if found := self.get(team):
                    return found.slack
            except SealedError as error:
                # Another of them may be meant.
                sealed = error
        if sealed is not None:
            raise sealed
        return None

    def get(self, team: str) -> Workspace | None:
        """Return the parts of a workspace, None where the app is not installed in it; StateError where that cannot be told."""
        with self._lock:
            known, changes = self._known.get(team), self._changes[team]
            if known is not None:
                self._known.move_to_end(team)
                if self._monotonic() - known.looked_at < FRESH_SECONDS:
                    return known.workspace
        try:
            bot = self._installations.of(team)
        except StateError:
            if known is None:
                raise
            return known.workspace
        if bot is None:
            self.forget(team)
            return None
        workspace = known.workspace if known and known.token == bot.bot_token else self._open(team, bot)
        self._keep(team, _Known(bot.bot_token, workspace, self._monotonic()), changes)
        return workspace

    def forget(self, team: str) -> None:
        """Look again for who the bot is in a workspace: its installation changed."""
        with self._lock:
            self._known.pop(team, None)
            self._changes[team] += 1

    def check(self, team: str) -> None:
        """Ask Slack whether the token of a workspace works, and end the work for it if not. StateError."""
        self.forget(team)
        found = self.get(team)
        if found and not found.digests.token_status.check():
            # Nobody else would find out: there may be no digest to post.
            self._installations.check_again(team)

    def _check_each(self, teams: tuple[str, ...]) -> None:
        """Check a workspace and its organisation: which of their installations is gone, Slack does not always say."""
        for team in dict.fromkeys(teams):
            try:
                self.check(team)
            except StateError as error:
                extra = {"team": team, "error": str(error)}
                _log.warning("whether a token works is not known; it is asked within a day", extra=extra)

    def _keep(self, team: str, found: _Known, changes: int) -> None:
        """Keep what was found, unless the installation changed while it was looked for."""
        with self._lock:
            if self._changes[team] != changes:
                return
            self._known[team] = found
            self._known.move_to_end(team)
            while len(self._known) > MOST:
                self._known.popitem(last=False)

    def _open(self, team: str, bot: Bot) -> Workspace:
        installed = self._installations.installed(team)
        return open_workspace(
            self._core,
            bot.bot_token,
            installer=installed.by if installed else "",
            me=BotIdentity(team, bot.bot_user_id or "", bot.bot_id or "", bot.enterprise_id or ""),
            of_many=OfMany(lambda why: self._end(team, bot.bot_token, why), self._posting),
            removed=lambda named: self._check_each((team, *named)),
        )

    def _end(self, team: str, token: str, why: str) -> bool:
        grace = timedelta(days=self._core.settings.purge_days) if why in GONE else None
        self.forget(team)
        return self._installations.end(team, token, why, self._core.clock.now(), grace)
