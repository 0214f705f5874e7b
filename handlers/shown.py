"""Where whole channels saw which facts, so that a correction reaches its readers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sight:
    """A channel that saw a fact, when last, and the thread it stood in ("" where none is known)."""

    channel: str
    thread: str
    at: datetime


class Shown(Protocol):
    """What was posted for a channel to see: shared answers, answers to mentions, digests."""

    def note(self, team: str, channel: str, thread: str, facts: Iterable[str], now: datetime) -> None:
        """Record that these facts were shown there."""
        ...

    def sights(self, team: str, fact: str, since: datetime) -> tuple[Sight, ...]:
        """Return where that fact was shown since then: one a channel, the newest."""
        ...
