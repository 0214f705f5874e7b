"""What is counted of the bot's work, for whoever keeps it running: numbers, and names from the code; never a person's words, nor
whose they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, Protocol

CallResult = Literal["ok", "refused", "limited", "not_sent", "unanswered"]
"""What came of a call of Slack's: "limited", it was told to come later (429); "not_sent", Slack was not reached; "unanswered", the
call may have been carried out and nobody said so.
"""
_IS_AGAIN: Final[ContextVar[bool]] = ContextVar("is_again", default=False)


class Meter(Protocol):
    """Counts; for many threads, and never raises."""

    def request(self, kind: str, status: int, seconds: float) -> None:
        """Count a request of Slack's, of the kind that Slack calls it, which was acknowledged within `seconds`."""

    def answer(self, command: str, outcome: str, lacking: str) -> None:
        """Count an answer; `lacking` says what of the question no fact holds, "" where that is not what it says."""

    def slack_call(self, method: str, result: CallResult, seconds: float, *, again: bool) -> None:
        """Count a call of a method of Slack's; `again` says that the same was tried before."""

    def digest(self, end: str) -> None:
        """Count a digest that this process brought to its end."""


class Unmetered:
    """Counts nothing."""

    def request(self, kind: str, status: int, seconds: float) -> None:
        """Do nothing."""

    def answer(self, command: str, outcome: str, lacking: str) -> None:
        """Do nothing."""

    def slack_call(self, method: str, result: CallResult, seconds: float, *, again: bool) -> None:
        """Do nothing."""

    def digest(self, end: str) -> None:
        """Do nothing."""


UNMETERED: Final[Meter] = Unmetered()


@contextmanager
def trying(*, again: bool) -> Iterator[None]:
    """Yield nothing; the calls of Slack's that this thread makes meanwhile count as tried again, or as not."""
    before = _IS_AGAIN.set(again)
    try:
        yield
    finally:
        _IS_AGAIN.reset(before)


def is_again() -> bool:
    """Say whether what this thread does is a try of what was tried before."""
    return _IS_AGAIN.get()
