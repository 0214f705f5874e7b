"""What readers think of a digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Votes:
    """How many readers found something helpful, and how many did not."""

    helpful: int = 0
    unhelpful: int = 0


class Feedback(Protocol):
    """One vote of each person on each thing; a later one replaces the earlier."""

    def vote(self, team: str, user: str, about: str, helpful: bool, now: datetime) -> None:
        """Keep what `user` thinks of `about` ("digest:<subscription>:<slot>")."""
        ...

    def votes(self, team: str, about: str) -> Votes:
        """Return the votes on everything whose name begins with `about`."""
        ...
