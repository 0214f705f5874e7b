"""What comes of a digest: each run once, on the days that the form names, never in quiet hours, in zones whose clocks change."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.digests import month_day
from handlers.digests.coming import coming
from handlers.digests.describe import option_lines, rhythm_text, run_text
from handlers.digests.reading.when.dates import WORKDAYS
from handlers.subscription import QuietHours, Run, Subscription
from handlers.without_state import NoDeliveries

ZONES = (
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Havana", "America/Santiago",
    "Australia/Lord_Howe", "Africa/Casablanca", "America/Scoresbysund",
)  # fmt: skip
CODES = tuple(code for _, options in month_day.options() for code, _ in options)
LABELS = {code: str(label) for _, options in month_day.options() for code, label in options}
# Two leap years are among them, and the clocks of most zones change sixteen times.
FIRST, MONTHS = datetime(2027, 12, 31, tzinfo=UTC), 13
DAY = timedelta(days=1)
QUIET = st.one_of(st.none(), st.builds(QuietHours, st.times(), st.times()).map(lambda quiet: minutes(quiet)))


def minutes(quiet: QuietHours) -> QuietHours:
    return QuietHours(*(at.replace(second=0, microsecond=0) for at in (quiet.start, quiet.end)))


def is_quiet(quiet: QuietHours | None, at: time) -> bool:
    if quiet is None or quiet.start == quiet.end:
        return False
    if quiet.start < quiet.end:
        return quiet.start <= at < quiet.end
    return at >= quiet.start or at < quiet.end


def runs(kept: Subscription, years: int) -> list[Run]:
    """The runs of `years` from 2028 on, asked for a year at a time."""
    found: list[Run] = []
    for year in range(2028, 2028 + years):
        start = datetime(year, 1, 1, tzinfo=UTC) - DAY
        asked = coming(NoDeliveries(), kept, start, MONTHS + 1)
        found += [run for run in asked if run.slot.wanted.year == year]
    return found


def day_of_form(label: str, year: int, month: int) -> date:
    """The day that an option of the form names, counted by hand."""
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    if label == "Last day":
        return days[-1]
    if label.startswith("Day "):
        return days[min(int(label.removeprefix("Day ")), len(days)) - 1]
    which, _, name = label.partition(" ")
    of_name = [
        day for day in days if f"{day:%A}" == name or (name.startswith("weekday") and day.weekday() < 5)
    ]
    return of_name[-1 if which == "Last" else ("First", "Second", "Third", "Fourth").index(which)]


@settings(max_examples=120, deadline=None)
@given(code=st.sampled_from(CODES), zone=st.sampled_from(ZONES), at=st.times(), quiet=QUIET)
def test_once_a_month_comes_on_the_day_that_the_form_names_and_never_in_quiet_hours(
    code: str, zone: str, at: time, quiet: QuietHours | None
) -> None:
    at = at.replace(second=0, microsecond=0)
    kept = Subscription("T1", "C1", "U1", at, zone, quiet=quiet, **month_day.chosen(code, ()))
    assert month_day.code(kept) == code
    found = runs(kept, 5)
    days = [day_of_form(LABELS[code], year, month) for year in range(2028, 2033) for month in range(1, 13)]
    assert [run.slot.wanted.date() for run in found] == days
    for run in found:
        assert run.at.tzinfo == ZoneInfo(zone)
        assert timedelta(0) <= run.at - run.slot.local <= timedelta(hours=25)
        assert run.is_held == is_quiet(quiet, run.slot.local.time()) or run.at == run.slot.local
        # Where clocks are put back over their end, it has been quiet once.
        assert not is_quiet(quiet, run.at.time()) or run.at.utcoffset() != (run.at - DAY).utcoffset()


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    at=st.times(),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    quiet=QUIET,
    start=st.datetimes(datetime(2027, 1, 1), datetime(2030, 1, 1)),
)
def test_runs_come_in_order_each_after_now_and_each_once(
    zone: str, at: time, weekdays: set[int], quiet: QuietHours | None, start: datetime
) -> None:
    kept = Subscription(
        "T1", "C1", "U1", at.replace(microsecond=0), zone, tuple(sorted(weekdays)), quiet=quiet
    )
    now = start.replace(tzinfo=UTC)
    found = coming(NoDeliveries(), kept, now, 12)
    assert len(found) == 12
    assert all(run.at > now for run in found)
    assert all(one.at < other.at for one, other in pairwise(found))


def test_a_form_and_the_words_of_a_digest_name_the_same_day() -> None:
    for code, label in LABELS.items():
        kept = Subscription("T1", "C1", "U1", time(9), "Asia/Shanghai", **month_day.chosen(code, ()))
        said = str(rhythm_text(kept))
        name = label.removeprefix("Day ")
        assert name.lower() in said.lower()
        assert ("shorter month" in said) == (name in ("29", "30"))


def test_weekdays_are_called_as_they_are_worked_where_holidays_are_skipped() -> None:
    """On Saturday 28 February 2026 China worked for a day off at New Year."""
    kept = Subscription("T1", "C1", "U1", time(9), "Asia/Shanghai", WORKDAYS, monthweek=-1)
    before = datetime(2026, 2, 20, tzinfo=UTC)
    (run,) = coming(NoDeliveries(), kept, before, 1)
    assert run.at.date() == date(2026, 2, 27)
    assert rhythm_text(kept) == "monthly on the last weekday (Monday to Friday)"
    worked = replace(kept, skip_holidays="CN")
    (run,) = coming(NoDeliveries(), worked, before, 1)
    assert run.at.date() == date(2026, 2, 28)
    assert rhythm_text(worked) == "monthly on the last weekday as worked in China"
    assert "(make-up workday)" in run_text(worked, run)
    assert "days at weekends that are worked for them count as weekdays" in " ".join(option_lines(worked))
    assert rhythm_text(replace(worked, monthweek=None)) == "on weekdays as they are worked in China"


def test_what_is_paused_has_no_runs() -> None:
    kept = Subscription("T1", "C1", "U1", time(9), "Asia/Shanghai", (0,), paused=True)
    assert coming(NoDeliveries(), kept, FIRST) == ()
    assert len(coming(NoDeliveries(), replace(kept, paused=False), FIRST)) == 3
