"""The bot in one workspace, whose token the settings name, or in the local one."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import Final

from bot import local_workspace
from bot.http import health
from bot.slack.api import token
from bot.slack.listeners.app import make_ready
from bot.slack.listeners.workspaces import OneWorkspace
from bot.slack.sending.admin_alerts import AdminAlerts
from bot.slack.sending.client import SlackSender
from bot.state.notices import StoredNotices
from bot.wiring.core import Core
from bot.wiring.digests import wake_up
from bot.wiring.serving import Serving
from bot.wiring.workspace import Workspace, open_workspace
from handlers.say import say

# Seconds until Slack is asked again who the bot is.
INTRODUCE_SECONDS: Final = 5.0
# Seconds until it is looked again whether the local Slack listens.
LISTEN_SECONDS: Final = 0.2
# Seconds that a readiness check waits for Slack.
TOKEN_DEADLINE: Final = 3.0


def serve_one(core: Core) -> Serving:
    """Return the parts of the one workspace, ready to begin."""
    one = open_workspace(core, core.slack.bot_token, installer=core.settings.installer or "")
    alerts = AdminAlerts(
        SlackSender(core.client(core.slack.bot_token)),
        StoredNotices(core.store),
        core.work.start,
        core.settings.installer or "",
    )

    def tell(name: str, problem: str) -> None:
        # Without Slack nobody can be told there.
        if name not in ("slack", "socket"):
            text = say("I am not ready for all of my work: {problem}.", problem=problem)
            alerts.tell(f"not_ready:{name}", text, one.identity().team, core.clock.now())

    def begin(parts: ExitStack) -> None:
        wake_up(core, one.digests.worker.tick, one.digests.worker.stop, parts)
        _introduce(core, one, parts)

    return Serving(
        workspaces=OneWorkspace(one.slack),
        checks=(
            health.Check("slack", _token_check(core)),
            health.Check("digests", one.digests.watch.problem),
        ),
        notifier_of=lambda team: one.services.notifier,
        tell=tell,
        begin=begin,
        go_round=lambda: _go_round(one),
    )


def _go_round(one: Workspace) -> bool:
    one.identity.confirm()
    one.digests.worker.tick()
    one.digests.worker.stop()
    return one.digests.token_status.me() is not None


def _token_check(core: Core) -> health.Remembered:
    client = core.client(core.slack.bot_token, TOKEN_DEADLINE)
    return health.Remembered(lambda: token.problem(client))


def _introduce(core: Core, one: Workspace, parts: ExitStack) -> None:
    """Have Slack asked who the bot is until it says so, and made ready what is needed first: the view of its team's base, for
    the first command has three seconds for everything, and the map of Home.
    """
    ends = threading.Event()

    def ask() -> None:
        # The local Slack is this very server.
        while core.local is not None and not local_workspace.listens(core.local.origin):
            if ends.wait(LISTEN_SECONDS):
                return
        while not one.identity.confirm():
            if ends.wait(INTRODUCE_SECONDS):
                return
        core.team_bases.of(one.identity().team)
        make_ready(one.slack)

    parts.callback(ends.set)
    threading.Thread(target=ask, name="yrd-introduce", daemon=True).start()
