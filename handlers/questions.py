"""Where questions go that the base could not answer, for curators to learn from."""

from __future__ import annotations

from collections.abc import Iterable
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
    """The questions of a team that had no answer. Who asked is kept only to tell them once, and no list
    shows it.
    """

    def keep(
        self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime, user: str = ""
    ) -> None:
        """Record that `user` asked this and got no answer; never in the way of the answer that says so."""
        ...

    def settle(
        self, team: str, questions: Iterable[tuple[str, str]], now: datetime, *, out_of_scope: bool = False
    ) -> tuple[str, ...]:
        """Take these (command, text) off the list and return who asked them: each is returned once, ever.

        What is `out_of_scope` is not listed again when it is asked again, and nobody is returned.
        """
        ...

    def unanswered(self, team: str, now: datetime) -> tuple[Unanswered, ...]:
        """Return what is still kept, the most asked first."""
        ...
