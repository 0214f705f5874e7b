"""What handlers may ask about the person who asks."""

from __future__ import annotations

from typing import Protocol


class People(Protocol):
    """People as Slack knows them; asks Slack, one call each."""

    def is_admin(self, team: str, user: str) -> bool | None:
        """Say whether the person belongs to the workspace and administers it now; None, which is no right, where
        Slack did not say.
        """
        ...

    def is_member(self, team: str, user: str) -> bool | None:
        """Say whether the person belongs to the workspace now, bots do not; None where Slack did not say."""
        ...

    def zone(self, team: str, user: str) -> str:
        """Return the IANA name of the person's own time zone, "" where Slack did not say."""
        ...

    def name(self, team: str, user: str) -> str:
        """Return how Slack shows the person, their id where Slack did not say."""
        ...
