"""What handlers may ask about the person who asks."""

from __future__ import annotations

from typing import Protocol


class People(Protocol):
    """People as Slack knows them; asks Slack, one call each."""

    def is_admin(self, team: str, user: str) -> bool:
        """Say whether the person administers the workspace now and belongs to it; False where Slack did not say."""
        ...

    def is_member(self, team: str, user: str) -> bool:
        """Say whether the person belongs to the workspace now; False where Slack did not say, and of bots."""
        ...

    def zone(self, team: str, user: str) -> str:
        """Return the IANA name of the person's own time zone, "" where Slack did not say."""
        ...

    def name(self, team: str, user: str) -> str:
        """Return how Slack shows the person, their id where Slack did not say."""
        ...
