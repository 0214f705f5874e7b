"""Slots against an independent calculation, and the odd days of the calendar one by one."""

from __future__ import annotations

import random
from bisect import bisect_left
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.digests import describe
from handlers.digests.coming import coming
from handlers.digests.reading.when.dates import WORKDAYS
from handlers.digests.schedule import due_at, next_slots, slots
from handlers.subscription import MonthWeek, QuietHours, Subscription
from handlers.without_state import NoDeliveries

ZONES = (
    "Asia/Shanghai", "Asia/Tokyo", "Europe/Berlin", "Europe/Lisbon", "America/New_York", "America/Havana",
    "America/Santiago", "Australia/Lord_Howe", "Australia/Sydney", "Africa/Casablanca", "Asia/Gaza",
    "America/Scoresbysund",
)  # fmt: skip
START = datetime(2026, 11, 22, tzinfo=UTC)
FIVE_YEARS = timedelta(days=5 * 365 + 1)
# Where the clocks of most of the zones change; the whole year takes too long for every day.
SPRING = (datetime(2027, 3, 10, tzinfo=UTC), timedelta(days=30))
AUTUMN = (datetime(2027, 9, 30, tzinfo=UTC), timedelta(days=40))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@lru_cache(maxsize=1)
def walk(zone: str, start: datetime, length: timedelta) -> tuple[list[datetime], list[datetime]]:
    """Read the wall clock of `zone` at every minute from two days before `start` to four after the end;
    return the readings later than all before them, and the moments at which they were reached."""
    here, readings, moments, latest = ZoneInfo(zone), [], [], datetime.min
    at, end = start - 2 * DAY, start + length + 4 * DAY
    while at < end:
        wall = at.astimezone(here).replace(tzinfo=None)
        if wall > latest:
            latest = wall
            readings.append(wall)
            moments.append(at)
        at += MINUTE
    return readings, moments


def expected(subscription: Subscription, start: datetime, length: timedelta) -> list[datetime]:
    """Every slot, from the walk alone: the first minute at which the wall clock has reached the time."""
    readings, moments = walk(subscription.zone, start, length)
    found = set()
    day = start.date() - DAY
    while day <= (start + length + DAY).date():
        if _falls_on(subscription, day):
            at = moments[bisect_left(readings, datetime.combine(day, subscription.at))]
            if start < at <= start + length:
                found.add(at)
        day += DAY
    return sorted(found)


def _falls_on(subscription: Subscription, day: date) -> bool:
    if subscription.monthweek is not None:
        return _is_nth(subscription, day)
    if subscription.monthday is None:
        return day.weekday() in subscription.weekdays
    is_last = (day + timedelta(days=1)).month != day.month
    return day.day == subscription.monthday or (is_last and subscription.monthday > day.day)


def _is_nth(subscription: Subscription, day: date) -> bool:
    """Count from `day` to the edge of its month, one day at a time."""
    if day.weekday() not in subscription.weekdays:
        return False
    count, step = subscription.monthweek or 1, -DAY if (subscription.monthweek or 1) > 0 else DAY
    seen, other = 0, day
    while other.month == day.month:
        seen += other.weekday() in subscription.weekdays
        other += step
    return seen == abs(count)


def some(chance: random.Random, zone: str) -> Subscription:
    # Half of all times lie where clocks are changed: around midnight and in the small hours.
    hour = chance.choice((chance.randrange(24), chance.choice((0, 0, 1, 2, 3, 23))))
    at = time(hour, chance.choice((0, 1, 15, 29, 30, 45, 59)))
    if chance.random() < 0.2:
        return Subscription("T1", "C1", "U1", at, zone, monthday=chance.randrange(1, 32))
    if chance.random() < 0.2:
        of_week = chance.choice(((chance.randrange(7),), WORKDAYS))
        which: MonthWeek = chance.choice(get_args(MonthWeek))
        return Subscription("T1", "C1", "U1", at, zone, weekdays=of_week, monthweek=which)
    days = tuple(sorted(chance.sample(range(7), chance.randrange(1, 8))))
    return Subscription("T1", "C1", "U1", at, zone, weekdays=days)


def compare(count: int, start: datetime, length: timedelta, seed: int) -> int:
    """Compare `count` subscriptions in twelve zones, and return how many slots were compared."""
    chance, compared = random.Random(seed), 0
    for number in sorted(range(count), key=lambda number: number % len(ZONES)):
        subscription = some(chance, ZONES[number % len(ZONES)])
        ours = [slot.at for slot in slots(subscription, start, start + length)]
        assert ours == expected(subscription, start, length), subscription
        compared += len(ours)
    return compared


@pytest.mark.parametrize(("start", "length"), [SPRING, AUTUMN])
def test_slots_are_those_of_a_walk_over_every_minute_in_twelve_zones(
    start: datetime, length: timedelta
) -> None:
    assert compare(200, start, length, seed=5) > 1_500


@pytest.mark.chaos
def test_slots_of_200_subscriptions_over_five_years_are_those_of_the_walk() -> None:
    assert compare(200, START, FIVE_YEARS, seed=20261122) > 150_000


@pytest.mark.parametrize(
    ("zone", "at", "day", "local"),
    [
        ("America/New_York", time(2, 30), "2027-03-14", "2027-03-14T03:00:00-04:00"),
        ("America/New_York", time(0, 0), "2027-03-15", "2027-03-15T00:00:00-04:00"),
        ("America/New_York", time(1, 30), "2027-11-07", "2027-11-07T01:30:00-04:00"),
        ("America/Havana", time(0, 30), "2027-03-14", "2027-03-14T01:00:00-04:00"),
        ("Europe/Berlin", time(0, 0), "2027-03-29", "2027-03-29T00:00:00+02:00"),
        ("Australia/Lord_Howe", time(2, 15), "2027-10-03", "2027-10-03T02:30:00+11:00"),
        ("America/Scoresbysund", time(23, 30), "2027-03-27", "2027-03-28T00:00:00-01:00"),
    ],
)
def test_a_time_that_clocks_skip_is_the_first_moment_after_and_one_that_comes_twice_the_first(
    zone: str, at: time, day: str, local: str
) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)) - timedelta(minutes=1)
    subscription = Subscription("T1", "C1", "U1", at, zone, weekdays=tuple(range(7)))
    assert next_slots(subscription, start, 1)[0].local.isoformat() == local


def test_a_day_that_a_zone_left_out_has_no_slot() -> None:
    # Samoa went from 29 to 31 December 2011.
    subscription = Subscription("T1", "C1", "U1", time(0, 0), "Pacific/Apia", weekdays=tuple(range(7)))
    found = next_slots(subscription, datetime(2011, 12, 29, 0, tzinfo=UTC), 3)
    assert [slot.local.date().isoformat() for slot in found] == ["2011-12-29", "2011-12-31", "2012-01-01"]


def test_a_monthly_slot_past_the_end_of_a_month_is_its_last_day() -> None:
    subscription = Subscription("T1", "C1", "U1", time(9), "Asia/Shanghai", monthday=31)
    found = next_slots(subscription, datetime(2028, 1, 1, tzinfo=UTC), 4)
    assert [slot.local.day for slot in found] == [31, 29, 31, 30]


def test_holidays_are_left_out_and_named() -> None:
    subscription = Subscription("T1", "C1", "U1", time(9), "Asia/Shanghai", weekdays=(4,), skip_holidays="CN")
    start = datetime(2026, 9, 24, tzinfo=UTC)
    named = [
        (slot.local.date().isoformat(), slot.holiday)
        for slot in slots(subscription, start, start + timedelta(days=16))
    ]
    assert named == [
        ("2026-09-25", "Mid-Autumn Festival"),
        ("2026-10-02", "National Day"),
        ("2026-10-09", ""),
    ]
    assert next_slots(subscription, start, 1)[0].local.date() == date(2026, 10, 9)


WORKING = Subscription(
    "T1", "C1", "U1", time(9), "Asia/Shanghai", weekdays=(0, 1, 2, 3, 4), skip_holidays="CN"
)
# As the State Council's office announced them for 2026 (gov.cn, 4 November 2025).
WORKED_IN_2026 = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
OFF_IN_2026 = [
    "2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-02-23",
    "2026-04-06", "2026-05-01", "2026-05-04", "2026-05-05", "2026-06-19", "2026-09-25", "2026-10-01", "2026-10-02",
    "2026-10-05", "2026-10-06", "2026-10-07",
]  # fmt: skip


def dates_in(year: int, subscription: Subscription) -> list[date]:
    """The days of a year on which the subscription is due, by the clocks of Shanghai."""
    start = datetime(year, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    end = datetime(year, 12, 31, 23, tzinfo=ZoneInfo("Asia/Shanghai"))
    return [slot.local.date() for slot in slots(subscription, start, end) if not slot.holiday]


def working_days(year: int) -> set[date]:
    every = (date(year, 1, 1) + n * DAY for n in range(366))
    return {day for day in every if day.year == year and day.weekday() < 5}


def test_weekdays_that_skip_holidays_are_the_days_that_china_works() -> None:
    worked, off = (set(map(date.fromisoformat, days)) for days in (WORKED_IN_2026, OFF_IN_2026))
    assert dates_in(2026, WORKING) == sorted(working_days(2026) - off | worked)


@pytest.mark.parametrize(
    "other",
    [
        replace(WORKING, skip_holidays=""),
        replace(WORKING, skip_holidays="DE"),
        replace(WORKING, weekdays=(0,)),
        replace(WORKING, weekdays=(0, 1, 2, 3)),
        replace(WORKING, weekdays=(0, 1, 2, 3, 4, 5)),
        replace(WORKING, monthday=9),
    ],
)
def test_only_weekdays_that_skip_holidays_of_china_are_made_up_for(other: Subscription) -> None:
    found = dates_in(2026, other)
    assert found
    if other.monthday is None:
        assert {day.weekday() for day in found} <= set(other.weekdays)
    else:
        assert {day.day for day in found} == {9}


def test_a_year_that_the_package_has_no_calendar_of_is_made_up_for_nowhere() -> None:
    found = dates_in(2049, WORKING)
    assert found
    assert set(found) < working_days(2049)


def test_a_run_on_a_made_up_day_says_so() -> None:
    runs = describe.run_texts(
        WORKING, coming(NoDeliveries(), WORKING, datetime(2026, 9, 18, 12, tzinfo=UTC), 2)
    )
    assert runs == (
        "Sun 20 Sep 2026, 09:00 Asia/Shanghai (make-up workday)",
        "Mon 21 Sep 2026, 09:00 Asia/Shanghai",
    )
    assert "Not on public holidays of China; days at weekends that are worked for them count as weekdays" in (
        describe.option_lines(WORKING)
    )


YEARS = range(2027, 2033)


@pytest.mark.parametrize("monthday", [28, 29, 30, 31])
def test_a_day_that_a_month_lacks_is_its_last_and_no_month_is_left_out(monthday: int) -> None:
    for year in YEARS:
        found = dates_in(year, replace(WORKING, weekdays=(), monthday=monthday, skip_holidays=""))
        assert [day.month for day in found] == list(range(1, 13))
        lasts = [((day.replace(day=1) + 31 * DAY).replace(day=1) - DAY).day for day in found]
        assert [day.day for day in found] == [min(monthday, last) for last in lasts]


@pytest.mark.parametrize("which", [1, 2, 3, 4, -1])
@pytest.mark.parametrize("days", [(0,), (4,), (6,), WORKDAYS])
def test_a_weekday_of_the_month_comes_once_in_each_month(days: tuple[int, ...], which: MonthWeek) -> None:
    subscription = replace(WORKING, weekdays=days, monthweek=which, skip_holidays="")
    for year in YEARS:
        found = dates_in(year, subscription)
        assert [day.month for day in found] == list(range(1, 13))
        assert all(_is_nth(subscription, day) for day in found)


def test_the_last_workday_of_a_month_is_one_that_is_worked() -> None:
    subscription = replace(WORKING, monthweek=-1)
    found = dates_in(2026, subscription)
    assert [day.month for day in found] == list(range(1, 13))
    # The last Saturday of February 2026 is worked for the Spring Festival.
    assert set(found) - working_days(2026) == {date(2026, 2, 28)}


def test_a_pause_until_a_date_leaves_out_the_slots_before_it() -> None:
    subscription = Subscription(
        "T1", "C1", "U1", time(9), "Asia/Shanghai", weekdays=tuple(range(7)), paused_until=date(2026, 12, 24)
    )
    assert next_slots(subscription, START, 1)[0].local.date() == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("at", "due"),
    [("2026-11-22T21:59", "2026-11-22T21:59"), ("2026-11-22T22:00", "2026-11-23T07:30"),
     ("2026-11-23T03:00", "2026-11-23T07:30"), ("2026-11-23T07:30", "2026-11-23T07:30")],
)  # fmt: skip
def test_what_is_due_in_quiet_hours_is_due_at_their_end(at: str, due: str) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    subscription = Subscription(
        "T1", "C1", "U1", time(9), "Asia/Shanghai", quiet=QuietHours(time(22), time(7, 30))
    )
    wanted = datetime.fromisoformat(at).replace(tzinfo=zone)
    assert due_at(subscription, wanted) == datetime.fromisoformat(due).replace(tzinfo=zone)


@settings(max_examples=150, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    at=st.times(),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    start=st.datetimes(datetime(2027, 1, 1), datetime(2030, 1, 1)),
    cuts=st.lists(st.integers(1, 60 * 24 * 20), max_size=4),
)
def test_slots_do_not_depend_on_when_one_asks(
    zone: str, at: time, weekdays: set[int], start: datetime, cuts: list[int]
) -> None:
    subscription = Subscription("T1", "C1", "U1", at.replace(microsecond=0), zone, tuple(sorted(weekdays)))
    begin = start.replace(tzinfo=UTC)
    end = begin + timedelta(days=21)
    whole = [slot.at for slot in slots(subscription, begin, end)]
    edges = sorted({begin, end, *(begin + timedelta(minutes=cut) for cut in cuts)})
    pieces = [
        slot.at for first, last in pairwise(edges) for slot in slots(subscription, first, min(last, end))
    ]
    assert [at for at in pieces if at <= end] == whole
    assert whole == sorted(set(whole))
