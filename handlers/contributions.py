"""The port to the ledger of what a team's curators did. `bot.state` implements it.

Everything about proposals, roles and ranks is derived from its deeds by `handlers.curation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

DeedKind = Literal[
    "proposed", "edited", "approved", "rejected", "withdrawn", "reverted", "verified", "appointed",
    "dismissed", "preferred", "settled",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what, when and why. `subject` is what it was done to: "p:12", "curator:U1", "fact:<id>".

    `name` is how Slack showed the person then; `body` is JSON, "" where there is nothing more to say.
    """

    subject: str
    deed: DeedKind
    who: str
    name: str
    at: datetime
    why: str = ""
    body: str = ""
    seq: int = 0


Judge = Callable[[tuple[Deed, ...]], "Deed | str"]


class Contributions(Protocol):
    """Append-only; every method takes the team first and sees no other team's rows."""

    def revision(self, team: str) -> int:
        """Return the number of the newest deed, 0 where there is none; cheap."""
        ...

    def deeds(self, team: str) -> tuple[Deed, ...]:
        """Return every deed, oldest first."""
        ...

    def record(self, team: str, judge: Judge) -> Deed | str:
        """Show every deed there is to `judge`, and keep the deed it returns (its seq is given here) before
        anybody else can add one; or keep nothing and return the sentence it refuses with."""
        ...
