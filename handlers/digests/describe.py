"""A subscription in words, for readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from handlers.digests.holidays import COUNTRIES
from handlers.digests.reading.subjects import Subjects
from handlers.digests.reading.when.dates import DAYS_IN_FULL, EVERY_DAY, WORKDAYS
from handlers.digests.schedule import clock_text, day_label, is_on_workdays, slot_label
from handlers.digests.selection import facts_among
from handlers.records.enumerated import all_of, in_a_row
from handlers.say import Said, Value, say, say_many
from handlers.subscription import (
    Delivery,
    Reliability,
    Run,
    State,
    Subscription,
    UnreadableDigest,
    WhenEmpty,
)
from knowledge.base import FactBase

NEXT_RUNS: Final = say("Next three runs")
WHAT_IT_DOES: Final = say("What it does")
_NAMED: Final = 4
_REASONS: Final = {
    "asked": "",
    "not_in_channel": say("I am no longer in its channel"),
    "channel_not_found": say("its channel is gone or hidden from me"),
    "is_archived": say("its channel is archived"),
}
WHEN_EMPTY: Final[Mapping[WhenEmpty, Said]] = {
    "quiet": say("Once all are posted it says so once, and is quiet until one is added or corrected"),
    "tell": say("Once all are posted it says each time that nothing is new"),
    "again": say("Once all are posted it starts over"),
}
"""What happens once every fact was posted."""
LAST_DAY: Final = 31
SHORTEST_MONTH: Final = 28
_STATES: Final[Mapping[State, Said]] = {
    "planned": say("planned"),
    "claimed": say("being posted now"),
    "posted": say("posted"),
    "late": say("posted late"),
    "skipped": say("skipped"),
    "missed": say("missed"),
    "failed": say("failed"),
    "unknown": say("unknown: nobody can say whether it is there, so it is not posted again"),
}
SO_FAR: Final = say("so far")
RECENTLY: Final = say("in the last 30 days")


def unreadable_text(lost: UnreadableDigest) -> Said:
    """Return that a digest cannot be read."""
    return say("What digest {digest} posts and when cannot be read, so nothing is posted.", digest=lost.id)


def unreadable_advice(lost: UnreadableDigest) -> Said:
    """Return what can be done about a digest that cannot be read."""
    return say("/yrd-digest unsubscribe {digest} ends it; then make it anew with subscribe.", digest=lost.id)


def subjects_text(base: FactBase, names: Subjects, most: int = _NAMED) -> Said:
    """Return "Ports, G60 Corridor and Hangzhou", or with a count of what is more than `most`."""
    called: list[Value] = [base.entity(slug) or slug for slug in names.slugs]
    if len(called) > most:
        more = len(called) - most + 1
        called = [*called[: most - 1], say_many("{count} more", "{count} more", more)]
    return all_of(called)


def numbered_text(base: FactBase, kept: Subscription) -> Said:
    """Return "3: Ports and Hangzhou", as buttons name a digest that is kept."""
    return say("{digest}: {subjects}", digest=kept.id, subjects=subjects_text(base, Subjects.of(kept), 3))


def name_text(base: FactBase, slug: str) -> Said:
    """Return what the record of that slug is called."""
    return all_of([base.entity(slug) or slug])


def rhythm_text(subscription: Subscription) -> Said:
    """Return "every day", "on weekdays", "weekly on Monday", "monthly on the 1st", "monthly on the last Friday"."""
    if subscription.monthday is not None:
        return _monthly_text(subscription.monthday)
    if subscription.monthweek is not None:
        return _weekday_of_month_text(subscription)
    if subscription.weekdays == EVERY_DAY:
        return say("every day")
    if is_on_workdays(subscription):
        return (
            say("on weekdays as they are worked in {country}", country=_country(subscription))
            if subscription.skip_holidays
            else say("on weekdays (Monday to Friday)")
        )
    return say("weekly on {days}", days=all_of([DAYS_IN_FULL[day] for day in subscription.weekdays]))


def _weekday_of_month_text(subscription: Subscription) -> Said:
    day = _day_of_month_text(subscription)
    match subscription.monthweek:
        case 1:
            return say("monthly on the first {day}", day=day)
        case 2:
            return say("monthly on the second {day}", day=day)
        case 3:
            return say("monthly on the third {day}", day=day)
        case 4:
            return say("monthly on the fourth {day}", day=day)
        case _:
            return say("monthly on the last {day}", day=day)


def _day_of_month_text(subscription: Subscription) -> str:
    if not is_on_workdays(subscription):
        return DAYS_IN_FULL[subscription.weekdays[0]]
    if subscription.skip_holidays:
        return say("weekday as worked in {country}", country=_country(subscription))
    return say("weekday (Monday to Friday)")


def _country(subscription: Subscription) -> str:
    return COUNTRIES.get(subscription.skip_holidays, subscription.skip_holidays)


def _monthly_text(day: int) -> Said:
    if day == LAST_DAY:
        return say("monthly on the last day")
    if day > SHORTEST_MONTH:
        return say("{monthly} (the last day of a shorter month)", monthly=_on_the(day))
    return _on_the(day)


def _on_the(day: int) -> Said:
    match 0 if 10 < day < 14 else day % 10:
        case 1:
            return say("monthly on the {day}st", day=day)
        case 2:
            return say("monthly on the {day}nd", day=day)
        case 3:
            return say("monthly on the {day}rd", day=day)
        case _:
            return say("monthly on the {day}th", day=day)


def schedule_text(subscription: Subscription) -> Said:
    """Return "weekly on Monday at 09:00 (Asia/Shanghai)"."""
    return say(
        "{rhythm} at {time} ({zone})",
        rhythm=rhythm_text(subscription),
        time=clock_text(subscription.at),
        zone=subscription.zone,
    )


def option_lines(subscription: Subscription) -> list[str]:
    """Return what else is chosen, one a line."""
    lines: list[str] = [
        say_many("Up to {count} fact each time", "Up to {count} facts each time", subscription.facts),
        WHEN_EMPTY[subscription.when_empty],
    ]
    if subscription.is_wide:
        lines.append(say("With what is about other regions"))
    if subscription.skip_holidays:
        country = _country(subscription)
        lines.append(
            say(
                "Not on public holidays of {country}; days at weekends that are worked for them count as weekdays",
                country=country,
            )
            if is_on_workdays(subscription)
            else say("Not on public holidays of {country}", country=country)
        )
    if quiet := subscription.quiet:
        lines.append(
            say(
                "Quiet hours {start} to {end}: what is due then comes at their end",
                start=clock_text(quiet.start),
                end=clock_text(quiet.end),
            )
        )
    return lines


def state_text(subscription: Subscription) -> str:
    """Return how it stands: "" while it runs, "paused", "paused until Thu 24 Dec 2026"."""
    if subscription.paused:
        reason = _REASONS.get(subscription.pause_reason, subscription.pause_reason.replace("_", " "))
        return say("paused: {reason}", reason=reason) if reason else say("paused")
    if not subscription.paused_until:
        return ""
    return say("paused until {date}", date=day_label(subscription.paused_until))


def run_texts(subscription: Subscription, runs: Sequence[Run]) -> tuple[str, ...]:
    """Return when runs are posted, in local words; a sentence where there are none."""
    found = tuple(run_text(subscription, run) for run in runs)
    return found or (say("None while it is paused") if subscription.paused else say("None within a year"),)


def run_text(subscription: Subscription, run: Run) -> Said:
    """Return when a run is posted, in local words, and why then where that is not its own time."""
    said = slot_label(run.at, subscription.zone)
    if is_on_workdays(subscription) and run.slot.wanted.weekday() not in WORKDAYS:
        said = say("{run} (make-up workday)", run=said)
    if not run.is_held:
        return said
    return say("{run} (due at {time}, in quiet hours)", run=said, time=clock_text(run.slot.local.time()))


def delivery_text(delivery: Delivery) -> Said:
    """Return one line of the delivery record: "Mon 15 Mar 2027, 09:00 Asia/Shanghai: posted late (...)"."""
    state = _STATES[delivery.state]
    count = facts_among(delivery.facts) if delivery.ts else 0
    line = (
        say_many(
            "{run}: {state}, {count} fact",
            "{run}: {state}, {count} facts",
            count,
            run=delivery.label,
            state=state,
        )
        if count
        else say("{run}: {state}", run=delivery.label, state=state)
    )
    return say("{line} ({why})", line=line, why=delivery.why) if delivery.why else line


def reliability_text(found: Reliability, period: Said = SO_FAR) -> Said:
    """Return "12 of 12 digests on time so far", with what went otherwise."""
    if not found.due:
        return say("No digest has been due yet.")
    others = _not_on_time(found)
    if not others:
        return say_many(
            "{on_time} of {count} digest on time {period}.",
            "{on_time} of {count} digests on time {period}.",
            found.due,
            on_time=found.on_time,
            period=period,
        )
    return say_many(
        "{on_time} of {count} digest on time {period}; {others}.",
        "{on_time} of {count} digests on time {period}; {others}.",
        found.due,
        on_time=found.on_time,
        period=period,
        others=in_a_row(others),
    )


def _not_on_time(found: Reliability) -> list[Said]:
    counted = (
        (found.late, say_many("{count} late", "{count} late", found.late)),
        (found.missed, say_many("{count} missed", "{count} missed", found.missed)),
        (found.failed, say_many("{count} failed", "{count} failed", found.failed)),
        (found.unknown, say_many("{count} unknown", "{count} unknown", found.unknown)),
    )
    return [said for count, said in counted if count]
