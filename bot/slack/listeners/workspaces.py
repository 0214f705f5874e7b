"""Which workspace's parts answer a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.slack.api.whose import Whose
from bot.slack.context import SlackContext


class Workspaces(Protocol):
    """The workspaces that the app is installed in; safe for many threads."""

    @property
    def elsewhere(self) -> SlackContext:
        """Return the parts by which whoever is of none of them is told so: they have no token."""
        ...

    def of(self, whose: Whose) -> SlackContext | None:
        """Return the parts of the workspace whose a request is, None where the app is not installed in it."""
        ...


@dataclass(frozen=True, slots=True)
class OneWorkspace:
    """The one that the bot was given a token of. Whether a request is its, its identity says."""

    slack: SlackContext

    @property
    def elsewhere(self) -> SlackContext:
        """Return the parts of the one workspace."""
        return self.slack

    def of(self, whose: Whose) -> SlackContext | None:
        """Return the parts of the one workspace."""
        return self.slack
