"""The slots of a subscription: a pure function of its days, local time, zone and dates. Reads no clock.

Where clocks are put back, a local time that comes twice is the first one. Where they are put forward over
it, the slot is the first moment after the gap. A date that a zone leaves out altogether has no slot.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from handlers.digests.holidays import holiday, is_made_up
from handlers.digests.reading.when.dates import DAYS, MONTHS, WORKDAYS
from handlers.say import Said, say
from handlers.subscription import QuietHours, Slot, Subscription

# Long enough for any rhythm (a monthly one waits 31 days, holidays last eight), short enough to end.
HORIZON: Final = timedelta(days=400)
_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


def next_slots(subscription: Subscription, after: datetime, count: int) -> tuple[Slot, ...]:
    """Return the next `count` slots after `after` (aware), holidays left out; fewer where none come within
    400 days or the subscription is paused."""
    if subscription.paused:
        return ()
    due = (slot for slot in slots(subscription, after, after + HORIZON) if not slot.holiday)
    return tuple(islice(due, count))


def slots(subscription: Subscription, after: datetime, until: datetime) -> Iterator[Slot]:
    """Yield the slots after `after`, up to and with `until`, oldest first, those on holidays among them.

    A pause until a date holds; one without is for the caller to see to.
    """
    zone = _zone(subscription.zone)
    after, until = after.astimezone(UTC), until.astimezone(UTC)
    # A gap may move a slot to the next day, so start a day early.
    day = after.astimezone(zone).date() - _DAY
    if subscription.paused_until is not None:
        day = max(day, subscription.paused_until)
    last, previous = until.astimezone(zone).date(), after
    while day <= last:
        if is_wanted(subscription, day):
            at = moment(day, subscription, zone)
            # Two local times in one gap are one moment, and so one slot.
            if at is not None and previous < at <= until:
                previous = at
                yield _slot(subscription, day, at, zone)
        day += _DAY


def on_day(subscription: Subscription, day: date) -> Slot | None:
    """Return the slot of a local day, whether the subscription is paused or not; None where there is none."""
    if not is_wanted(subscription, day):
        return None
    zone = _zone(subscription.zone)
    at = moment(day, subscription, zone)
    slot = _slot(subscription, day, at, zone) if at else None
    return None if slot is None or slot.holiday else slot


def is_wanted(subscription: Subscription, day: date) -> bool:
    """Say whether the subscription's days include `day`, whatever happens on it.

    Monday to Friday means the days that are worked: where holidays are skipped, those made up for at a weekend too.
    """
    if subscription.monthday is not None:
        return day.day == min(subscription.monthday, monthrange(day.year, day.month)[1])
    if subscription.monthweek is not None:
        return _is_on_its_weekdays(subscription, day) and day == _of_month(subscription, day)
    return _is_on_its_weekdays(subscription, day)


def _is_on_its_weekdays(subscription: Subscription, day: date) -> bool:
    return day.weekday() in subscription.weekdays or (
        subscription.weekdays == WORKDAYS and is_made_up(subscription.skip_holidays, day)
    )


def _of_month(subscription: Subscription, day: date) -> date | None:
    """Return which day of the month of `day` is the one: of the days that are worked, no holiday that is skipped."""
    count = subscription.monthweek or 1
    first, last = day.replace(day=1), monthrange(day.year, day.month)[1]
    of_month = (first + at * _DAY for at in range(last))
    found = [
        one
        for one in of_month
        if _is_on_its_weekdays(subscription, one)
        and not (subscription.weekdays == WORKDAYS and holiday(subscription.skip_holidays, one))
    ]
    at = count - 1 if count > 0 else count
    return found[at] if -len(found) <= at < len(found) else None


def is_on_workdays(subscription: Subscription) -> bool:
    """Say whether its days are Monday to Friday, all of them and no other, or one day a month of those."""
    return subscription.weekdays == WORKDAYS


def moment(day: date, subscription: Subscription, zone: ZoneInfo) -> datetime | None:
    """Return the UTC moment of the subscription's time on `day`, None where the zone has no such day."""
    wanted = datetime.combine(day, subscription.at)
    at = _first(wanted, zone)
    if at.astimezone(zone).date() == day:
        return at
    # Moved past midnight: the day is only gone if its first moment is gone as well.
    midnight = datetime.combine(day, datetime.min.time())
    return at if _first(midnight, zone).astimezone(zone).date() == day else None


def due_at(subscription: Subscription, at: datetime) -> datetime:
    """Return when a slot may be posted (UTC): itself or, where it is in quiet hours, their end."""
    return after_quiet(subscription.quiet, subscription.zone, at)


def after_quiet(quiet: QuietHours | None, zone_name: str, at: datetime) -> datetime:
    """Return `at`, or the end of the quiet hours it is in, in UTC."""
    if quiet is None or quiet.start == quiet.end:
        return at.astimezone(UTC)
    zone = _zone(zone_name)
    local = at.astimezone(zone)
    clock = local.time()
    overnight = quiet.end < quiet.start
    is_quiet = (clock >= quiet.start or clock < quiet.end) if overnight else quiet.start <= clock < quiet.end
    if not is_quiet:
        return at.astimezone(UTC)
    ends = local.date() + _DAY if overnight and clock >= quiet.start else local.date()
    # Where clocks are put back over the end, it has been quiet once: never go back in time.
    return max(_first(datetime.combine(ends, quiet.end), zone), at.astimezone(UTC))


def day_label(day: date) -> Said:
    """Return "Mon 15 Mar 2027"."""
    return say(
        "{weekday} {day} {month} {year}",
        weekday=DAYS[day.weekday()],
        day=day.day,
        month=MONTHS[day.month - 1],
        year=day.year,
    )


def slot_label(local: datetime, zone: str = "") -> Said:
    """Return "Mon 15 Mar 2027, 09:00 Asia/Shanghai", or without the zone where it goes without saying."""
    day = day_label(local)
    clock = clock_text(local.time())
    if not zone:
        return say("{day}, {time}", day=day, time=clock)
    return say("{day}, {time} {zone}", day=day, time=clock, zone=zone)


def clock_text(at: time) -> str:
    """Return "09:00"."""
    return f"{at:%H:%M}"


def _slot(subscription: Subscription, day: date, at: datetime, zone: ZoneInfo) -> Slot:
    wanted = datetime.combine(day, subscription.at, tzinfo=zone)
    return Slot(at, at.astimezone(zone), wanted, holiday(subscription.skip_holidays, day))


def _first(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment at which the clocks of `zone` show `wall` or, put forward, later."""
    early = wall.replace(tzinfo=zone, fold=0)
    at = early.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    # In a gap: fold 0 counts with the offset before it and so lands after it, fold 1 the other way round.
    low, high = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), at
    while high - low > _SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle <= low:
            break
        low, high = (low, middle) if _is_past(middle, zone, wall) else (middle, high)
    return high


def _is_past(at: datetime, zone: ZoneInfo, wall: datetime) -> bool:
    return at.astimezone(zone).replace(tzinfo=None) >= wall


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
