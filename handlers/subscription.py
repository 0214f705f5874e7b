"""A digest that a channel is promised, and what became of each of its slots. Records only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Literal

from handlers.say import say

WhenEmpty = Literal["quiet", "tell", "again"]
"""What comes once every fact was shown: nothing until one is new or corrected, each time that nothing is, or all again."""
MonthWeek = Literal[1, 2, 3, 4, -1]
"""Which of the weekdays of a month: the first to the fourth, or the last."""
State = Literal["planned", "claimed", "posted", "late", "skipped", "missed", "failed", "unknown"]
Rhythm = Literal["daily", "weekly", "monthly"]

MOST_FACTS: Final = 10
"""Facts in one digest."""
MOST_NAMES: Final = 20
"""Topics, places and mechanisms that one digest follows."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times between which nothing is posted; over midnight where `end` is not after `start`.

    What falls due in them is posted at their end.
    """

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Subscription:
    """What is posted where, and when.

    `weekdays` are 0 (Monday) to 6; `monthday` is 1 to 31, the last day of a shorter month instead, or None
    for a subscription by weekdays. With `monthweek` it comes once a month: on the first, say, or the last day of the month
    that is one of `weekdays`. `at` is the local time in `zone`, an IANA name. `topics`, `places` and
    `mechanisms` are slugs; what is `is_wide` takes in what they have on other regions. `skip_holidays` is a country whose public holidays have no digest ("CN"), or "".
    `paused` lasts until somebody resumes it, and `pause_reason` says why: "asked", or Slack's word for what
    is wrong with the channel. With `paused_until` there is none before that local date. What was shown
    before `round_since` counts as shown in an earlier round. `version` grows with
    every change; a new subscription has id "" and version 0 until it is added.
    """

    team: str
    channel: str
    owner: str
    at: time
    zone: str
    weekdays: tuple[int, ...] = ()
    monthday: int | None = None
    monthweek: MonthWeek | None = None
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    facts: int = 5
    when_empty: WhenEmpty = "quiet"
    is_wide: bool = False
    skip_holidays: str = ""
    quiet: QuietHours | None = None
    paused: bool = False
    paused_until: date | None = None
    pause_reason: str = ""
    id: str = ""
    version: int = 0
    created_at: datetime | None = None
    edited_at: datetime | None = None
    round_since: datetime | None = None

    @property
    def rhythm(self) -> Rhythm:
        """Return how deep a digest goes: "weekly" is up to three days a week."""
        if self.monthday is not None or self.monthweek is not None:
            return "monthly"
        return "weekly" if len(self.weekdays) <= 3 else "daily"


@dataclass(frozen=True, slots=True)
class UnreadableDigest:
    """A digest of which no more is known: the rest of what is kept of it cannot be read, so it is not posted."""

    id: str
    channel: str
    owner: str


@dataclass(frozen=True, slots=True)
class EndedDigest:
    """A digest that somebody ended `at` a moment, as it last stood; its record stays."""

    digest: Subscription
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """Who changes a digest, by their Slack id, and what they do to it, in words."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a digest, by whom and when."""

    at: datetime
    note: Note


SKIPPED: Final = say("asked to skip it")
"""Why a slot is left out that somebody had skipped, in its record."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One moment at which a subscription is due.

    `at` is in UTC and names the slot; `local` is the same moment in the subscription's zone; `wanted` is the
    local date and time as chosen, which differs from `local` where clocks were put forward over it.
    `holiday` names the public holiday for which it is left out, or is "".
    """

    at: datetime
    local: datetime
    wanted: datetime
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A slot that is to come, and the local moment `at` at which it is posted: later where it is due in quiet hours."""

    slot: Slot
    at: datetime

    @property
    def is_held(self) -> bool:
        """Say whether it waits for the end of quiet hours."""
        return self.at != self.slot.local


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one slot of one subscription. Unique on (subscription, slot).

    `slot` is in UTC, `label` the same in local words; `zone` is that of the digest as it is kept, or "". `state`: planned (to come), claimed (being posted,
    since `since`), posted, late (posted late), skipped (as wished: `why`), missed (too late to post), failed
    (Slack refused), unknown (nobody can say whether it is there; it is not posted again).
    `ts` is the message's, "" where there is none. `facts` are what it showed, as compose named them, and whether those were the last.
    """

    subscription: str
    slot: datetime
    label: str
    state: State
    since: datetime | None = None
    ts: str = ""
    why: str = ""
    facts: tuple[str, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How many slots came to which end. `on_time` counts posted ones, `late` those posted late."""

    on_time: int = 0
    late: int = 0
    skipped: int = 0
    missed: int = 0
    failed: int = 0
    unknown: int = 0

    @property
    def due(self) -> int:
        """Return the number of slots that were to be posted: all but the skipped."""
        return self.on_time + self.late + self.missed + self.failed + self.unknown


MOST_OF_CHANNEL: Final = 50
MOST_OF_PERSON: Final = 200
"""Digests, paused ones too, that a channel takes and that a person sets up: more is no reading but a flood."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was not made: somebody was faster. `current` is what stands, None where it is gone."""

    current: Subscription | None
