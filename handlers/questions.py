"""Where questions go that the base could not answer, for curators to learn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without an answer: what was asked, when, how often, and the ids of the facts nearest to it."""

    command: str
    text: str
    last_asked: datetime
    times: int
    nearest: tuple[str, ...] = ()


class Questions(Protocol):
    """The questions of a team that had no answer. Who asked is not kept."""

    def keep(self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime) -> None:
        """Record that this was asked and not answered; never in the way of the answer that says so."""
        ...

    def unanswered(self, team: str, now: datetime) -> tuple[Unanswered, ...]:
        """Return what is still kept, the most asked first."""
        ...
