"""The port by which people hear of what they did not ask for just now: a review, an outcome, a correction."""

from __future__ import annotations

from typing import Protocol

from handlers.answer import Answer


class Bell(Protocol):
    """Sends after the answer is out; what cannot be sent is logged and nobody is kept waiting. Of people only
    members of the workspace hear anything."""

    def ring(self, team: str, to: str, said: Answer, thread: str = "") -> None:
        """Show `said` to a person or a channel (ids of Slack's), in `thread` if there is one."""
        ...
