"""What handlers may use beyond the fact base. `bot` implements it; tests fill in hand-made ones.

Every method takes the team first and sees no other team's rows. `now` is aware.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Protocol

from handlers.subscription import Conflict, Delivery, Reliability, Subscription


class Subscriptions(Protocol):
    """The digests that channels are promised. A change that finds no such subscription returns None."""

    def add(self, new: Subscription, now: datetime) -> Subscription:
        """Keep a new subscription (its id and version are ignored) and return it as kept; its first slot is
        the next one after `now`."""
        ...

    def edit(self, changed: Subscription, now: datetime) -> Subscription | Conflict:
        """Put `changed` in place of the version it was made from (`changed.version`), with the next slot
        after `now` as the first; Conflict, with nothing changed, where another version stands by now."""
        ...

    def get(self, team: str, subscription: str) -> Subscription | None:
        """Return the subscription of that id, None where there is none or it was removed."""
        ...

    def listed(self, team: str, *, channel: str = "", owner: str = "") -> tuple[Subscription, ...]:
        """Return the team's subscriptions, those of a channel, of an owner, or of both; oldest first."""
        ...

    def pause(
        self, team: str, subscription: str, now: datetime, *, until: date | None = None, reason: str = "asked"
    ) -> Subscription | None:
        """Post nothing until it is resumed or, with `until`, before that local date."""
        ...

    def resume(self, team: str, subscription: str, now: datetime) -> Subscription | None:
        """End a pause of either sort; the first slot is the next one after `now`."""
        ...

    def skip(self, team: str, subscription: str, now: datetime) -> datetime | None:
        """Leave out the next slot not yet left out and return it (UTC); None where none is to come."""
        ...

    def remove(self, team: str, subscription: str, now: datetime) -> Subscription | None:
        """End it for good; its delivery record stays."""
        ...


class Deliveries(Protocol):
    """What became of every slot."""

    def history(self, team: str, subscription: str, limit: int = 20) -> tuple[Delivery, ...]:
        """Return the newest deliveries, newest first, the planned one among them."""
        ...

    def reliability(
        self, team: str, subscriptions: tuple[str, ...], since: datetime | None = None
    ) -> Reliability:
        """Return how the slots (from `since` on) of these subscriptions ended."""
        ...

    def posted_facts(self, team: str, subscription: str) -> tuple[str, ...]:
        """Return what its digests showed, as compose named the facts, oldest first, repeats included.

        Digests whose outcome is unknown count: nobody can say that they were not read."""
        ...


class Channels(Protocol):
    """Whether the bot can do its work in a channel; asks Slack, one call."""

    def trouble(self, team: str, channel: str) -> Literal["", "absent", "unreadable", "unreachable"]:
        """Return "" where the bot is a member and may read back; "absent" where it must be invited first,
        "unreadable" where a scope is missing, "unreachable" where Slack did not say."""
        ...
