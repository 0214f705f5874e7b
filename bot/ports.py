"""What the parts of the bot may use of each other: protocols that `bot.state` and others implement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from handlers.answer import Answer
from handlers.paging import Earlier
from handlers.request import Request
from handlers.routing.routed import Route
from handlers.services import Services

Clock = Callable[[], datetime]
Lookup = Callable[[Services, Request], Answer]
"""What looks up the names in a message."""
Receipt = Literal["new", "again", "answered", "in hand"]


class Engine(Protocol):
    """What answers a request; `wanted` is its route, where whoever asks has asked for that already."""

    def __call__(self, services: Services, request: Request, wanted: Route | None = None) -> Answer:
        """Return the answer."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes: a channel, and the thread in it, "" for none."""

    channel: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where a card of a proposal stands: the channel, and the ts of the message; `reader` is the id of the one person that
    it is for, "" where it is for everyone there.
    """

    channel: str
    ts: str
    reader: str = ""


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card where it stands, and the version of its proposal that it shows, 0 where that is not known."""

    proposal: int
    place: CardPlace
    shown: int = 0


class Cards(Protocol):
    """Where the cards of proposals stand, and what they show."""

    def note(self, team: str, card: ShownCard, now: datetime) -> None:
        """Record that a card stands there and shows that; it was posted `now`, unless it was there before."""

    def forget(self, team: str, card: ShownCard) -> None:
        """Record that the card stands there no longer."""

    def all(self, team: str) -> tuple[ShownCard, ...]:
        """Return every card that stands, the oldest first."""
        ...

    def at(self, team: str, channel: str, ts: str) -> ShownCard | None:
        """Return the card that stands there; None where none does, or while that cannot be read."""
        ...


class Events(Protocol):
    """Which events were received and answered, so that each is answered once."""

    def receive(
        self, team: str, event_id: str, channel: str, ts: str, now: datetime, place: Place | None = None
    ) -> Receipt:
        """Record an event and return how it stands: only after "new" (first seen) and "again" (never answered, and in
        nobody's hand for 10 s) is it to be answered. It is held then, until `release`, by whichever process has it. The
        same channel and ts under another id is the same message. `place` is where whoever wrote is told, if the process
        that has it ends; None where nobody is.
        """

    def answer_key(self, team: str, channel: str, ts: str) -> str:
        """Return what is to name the answer to a message in its metadata."""

    def posting(self, team: str, event_id: str, channel: str, ts: str, now: datetime) -> None:
        """Record that an answer is being posted, so that it may be there."""

    def not_posted(self, team: str, event_id: str) -> None:
        """Record that the answer was surely not posted."""

    def answered(
        self,
        team: str,
        event_id: str,
        channel: str,
        ts: str,
        now: datetime,
        ending: Literal["answered", "unknown"] = "answered",
    ) -> None:
        """Record that the event was answered, or that nobody knows whether it was."""

    def release(self, team: str, event_id: str) -> None:
        """Hold the event no longer, because the work is over."""


class Requests(Protocol):
    """Which signed requests have changed something, so that a copy of one changes nothing again."""

    def claim(self, team: str, signature: str, by: str, now: datetime) -> bool:
        """Record that `by` carries out the request of `signature`; say whether nobody else has."""


class Identities(Protocol):
    """Who the bot was last, by the token that Slack was asked with."""

    def recall(self, token: str) -> tuple[str, str, str, str] | None:
        """Return the ids of its team, user, bot and enterprise ("" where there is none), None where none are kept."""

    def keep(self, token: str, team: str, user: str, bot: str, enterprise: str) -> bool:
        """Keep them in place of what was kept for the team; say whether they are kept."""


PERSON_KEPT: Final = timedelta(minutes=15)
"""How long what one person asked is remembered, written directly or on Home: what is typed later follows on nothing."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a thread, or a person in direct messages, was last on: slugs, and the question that they come from."""

    subjects: tuple[str, ...] = ()
    earlier: Earlier | None = None


class Conversations(Protocol):
    """What is remembered of a thread (for 30 days), or of a person in direct messages (for 15 minutes)."""

    def recall(self, team: str, channel: str, thread_or_user: str, now: datetime) -> Conversation | None:
        """Return what was kept last, None where nothing was, or it is too old."""

    def keep(
        self, team: str, channel: str, thread_or_user: str, conversation: Conversation, now: datetime
    ) -> None:
        """Keep `conversation` in place of what was kept."""


class Notices(Protocol):
    """Which kinds of failure the installer was told about."""

    def first(self, team: str, kind: str, now: datetime) -> bool:
        """Say whether this is the first failure of `kind`, and record it."""
