"""The workspaces that installed the app by OAuth, each with its parts while it is heard of."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from slack_sdk.oauth.installation_store import Bot

from bot.digests.build import Round, Shared
from bot.digests.round_watch import RoundWatch
from bot.digests.rounds import Rounds
from bot.slack.api.identity import BotIdentity
from bot.slack.api.whose import Whose
from bot.slack.context import SlackContext
from bot.state.errors import StateError
from bot.state.installations.stored import StoredInstallations
from bot.wiring.core import Core
from bot.wiring.workspace import Workspace, open_workspace

FRESH_SECONDS: Final = 5.0
"""So long a token is taken for the workspace's without looking: another process may have been told of a new one, or of its end."""
MOST: Final = 2_000
"""Workspaces whose parts are kept; of one that is forgotten they are made anew when it is heard of."""


@dataclass(slots=True)
class _Known:
    token: str
    workspace: Workspace
    looked_at: float


class InstalledWorkspaces:
    """The workspaces that the app is installed in, each with its parts while it is heard of; safe for many threads."""

    def __init__(
        self,
        core: Core,
        installations: StoredInstallations,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._core = core
        self._installations = installations
        self._monotonic = monotonic
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = threading.Lock()
        self._shared = Shared()
        self._elsewhere = open_workspace(core, "", installer="", me=BotIdentity("", "", "")).slack

    def share(self, rounds: Rounds, watch: RoundWatch) -> None:
        """Have the digests of all workspaces delivered in the threads of `rounds`."""
        self._shared = Shared(pool=rounds.posting, watch=watch)

    @property
    def elsewhere(self) -> SlackContext:
        """Return the parts by which whoever is of none of the workspaces is told so."""
        return self._elsewhere

    def of(self, whose: Whose) -> SlackContext | None:
        """Return the parts of the workspace whose a request is, None where the app is not installed in it. StateError."""
        named = (whose.installation,) if whose.installation else whose.places
        for team in named:
            if found := self.get(team):
                return found.slack
        return None

    def get(self, team: str) -> Workspace | None:
        """Return the parts of a workspace, None where the app is not installed in it; StateError where that cannot be told."""
        with self._lock:
            known = self._known.get(team)
            if known is not None:
                self._known.move_to_end(team)
        if known is not None and self._monotonic() - known.looked_at < FRESH_SECONDS:
            return known.workspace
        try:
            bot = self._installations.of(team)
        except StateError:
            if known is None:
                raise
            return known.workspace
        return self._now(team, known, bot)

    def forget(self, team: str) -> None:
        """Look again for who the bot is in a workspace: its installation changed."""
        with self._lock:
            self._known.pop(team, None)

    def _now(self, team: str, known: _Known | None, bot: Bot | None) -> Workspace | None:
        if bot is None:
            self.forget(team)
            return None
        if known is None or known.token != bot.bot_token:
            known = _Known(bot.bot_token, self._open(team, bot), 0.0)
        known.looked_at = self._monotonic()
        with self._lock:
            self._known[team] = known
            self._known.move_to_end(team)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return known.workspace

    def _open(self, team: str, bot: Bot) -> Workspace:
        installed = self._installations.installed(team)
        return open_workspace(
            self._core,
            bot.bot_token,
            installer=installed.by if installed else "",
            me=BotIdentity(team, bot.bot_user_id or "", bot.bot_id or "", bot.enterprise_id or ""),
            shared=Shared(
                team,
                lambda: self._is_current(team, bot.bot_token),
                lambda: self._installations.forget(team, bot.bot_token),
                self._shared.pool,
                self._shared.watch,
            ),
            removed=lambda digests: self._check(team, digests),
        )

    def _is_current(self, team: str, token: str) -> bool:
        """Say whether a token that Slack refused is still the workspace's."""
        self.forget(team)
        now = self._installations.of(team)
        return now is not None and now.bot_token == token

    def _check(self, team: str, digests: Round) -> None:
        """Ask Slack whether the token works, by the one that is kept now: the app may have been installed anew meanwhile."""
        self.forget(team)
        now = self.get(team)
        (now.digests if now else digests).token_status.check()
