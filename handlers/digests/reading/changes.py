"""What was said about a digest, and what that makes of a subscription."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from handlers.digests.reading.subjects import NO_SUBJECTS, Subjects
from handlers.digests.reading.when.dates import EVERY_DAY, clock
from handlers.subscription import MonthWeek, QuietHours, Subscription, WhenEmpty

DEPTH: Final = {"daily": 3, "weekly": 5, "monthly": 8}
"""Facts in a digest of each rhythm, where nobody said how many."""
_SPAN: Final = re.compile(r"^(.+?)\s*(?:-|–|to)\s*(.+)$")


@dataclass(frozen=True, slots=True)
class DigestChanges:
    """What was said; None, or no names, where nothing was. `adds` and `drops` change names that are there; what `is_direct` is
    for whoever says it alone. `left_out` are days of the week that it does not come on, whatever its days are.
    """

    names: Subjects = NO_SUBJECTS
    adds: Subjects = NO_SUBJECTS
    drops: Subjects = NO_SUBJECTS
    weekdays: tuple[int, ...] | None = None
    left_out: tuple[int, ...] = ()
    monthday: int | None = None
    monthweek: MonthWeek | None = None
    at: time | None = None
    zone: str | None = None
    facts: int | None = None
    when_empty: WhenEmpty | None = None
    skip_holidays: str | None = None
    quiet: QuietHours | None = None
    no_quiet: bool = False
    is_wide: bool | None = None
    is_direct: bool = False

    def on(self, subscription: Subscription) -> Subscription:
        """Return `subscription` with what is wished; the days of one rhythm replace those of another."""
        # What goes and comes again stays.
        changed = (self.names or Subjects.of(subscription)).plus(self.adds).less(self.drops.less(self.adds))
        new = replace(
            subscription, topics=changed.topics, places=changed.places, mechanisms=changed.mechanisms
        )
        if self.weekdays is not None:
            new = replace(new, weekdays=self.weekdays or (0,), monthday=None, monthweek=self.monthweek)
        if self.left_out:
            new = replace(new, weekdays=self.days_left(new), monthday=None, monthweek=None)
        if self.monthday is not None:
            new = replace(new, weekdays=(), monthday=self.monthday, monthweek=None)
        quiet = None if self.no_quiet else self.quiet or new.quiet
        return replace(
            new,
            at=new.at if self.at is None else self.at,
            zone=self.zone or new.zone,
            facts=self.facts or (new.facts if new.id else DEPTH[new.rhythm]),
            when_empty=self.when_empty or new.when_empty,
            is_wide=new.is_wide if self.is_wide is None else self.is_wide,
            skip_holidays=new.skip_holidays if self.skip_holidays is None else self.skip_holidays,
            quiet=quiet,
        )

    def days_left(self, subscription: Subscription) -> tuple[int, ...]:
        """Return the days of a digest that is there without those that are left out, of any other all but those."""
        is_monthly = subscription.rhythm == "monthly"
        days = subscription.weekdays if subscription.id and not is_monthly else EVERY_DAY
        return tuple(day for day in days if day not in self.left_out)


def read_quiet(text: str) -> QuietHours | None:
    """Return the hours of "22:00-07:00" or "10pm to 7am", None where it is no such span."""
    span = _SPAN.match(text.strip())
    start, end = (clock(span[1]), clock(span[2])) if span else (None, None)
    return None if start is None or end is None or start == end else QuietHours(start, end)
