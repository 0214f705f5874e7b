"""What serving takes of the workspaces that the bot is in, be they one or many."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from bot.http import health
from bot.http.asgi import Application
from bot.slack.listeners.workspaces import Workspaces
from handlers.ports import Notifier


def _nobody(name: str, problem: str) -> None:
    """Tell nobody but the log: what is wrong with the bot itself is no workspace's concern."""


@dataclass(frozen=True, slots=True)
class Serving:
    """`checks` say whether it is ready, `tell` tells an admin what is not; `notifier_of` sends to a team, None where the bot is
    in it no more; `begin` starts what works by itself, ended with what it is handed; `go_round` delivers what is due now and
    says whether Slack let the bot work. `installing` is what OAuth is done at.
    """

    workspaces: Workspaces
    checks: tuple[health.Check, ...]
    notifier_of: Callable[[str], Notifier | None]
    begin: Callable[[ExitStack], None]
    go_round: Callable[[], bool]
    tell: Callable[[str, str], None] = _nobody
    installing: Application | None = None
