"""A subscription in words, for readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from handlers.digests.dates import EVERY_DAY, WORKDAYS
from handlers.digests.holidays import COUNTRIES
from handlers.digests.schedule import is_on_workdays, next_slots, slot_label
from handlers.digests.subjects import Subjects
from handlers.plural import plural
from handlers.subscription import Delivery, Reliability, Slot, Subscription, UnreadableDigest
from knowledge.base import FactBase
from knowledge.dates import DAYS_IN_FULL

RUNS: Final = 3
_NAMED: Final = 4
_REASONS: Final = {
    "asked": "",
    "not_in_channel": "I am no longer in its channel",
    "channel_not_found": "its channel is gone or hidden from me",
    "is_archived": "its channel is archived",
}


UNREADABLE_ADVICE: Final = "/yrd-digest unsubscribe {} ends it; then make it anew with subscribe."


def unreadable_text(lost: UnreadableDigest) -> str:
    """Return that a digest cannot be read."""
    return f"What digest {lost.id} posts and when cannot be read, so nothing is posted."


def subjects_text(base: FactBase, names: Subjects, most: int = _NAMED) -> str:
    """Return "Ports, G60 Corridor and Hangzhou", or with a count of what is more than `most`."""
    called = [entity.name if (entity := base.entity(slug)) else slug for slug in names.slugs]
    return enumerated(
        called if len(called) <= most else [*called[: most - 1], f"{len(called) - most + 1} more"]
    )


def enumerated(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nothing"


def rhythm_text(subscription: Subscription) -> str:
    """Return "every day", "on weekdays", "weekly on Monday", "monthly on the 1st"."""
    if subscription.monthday is not None:
        day = subscription.monthday
        return "monthly on the last day" if day == 31 else f"monthly on the {_ordinal(day)}"
    if subscription.weekdays == EVERY_DAY:
        return "every day"
    if is_on_workdays(subscription):
        return "on weekdays (Monday to Friday)"
    return f"weekly on {enumerated([DAYS_IN_FULL[day] for day in subscription.weekdays])}"


def schedule_text(subscription: Subscription) -> str:
    """Return "weekly on Monday at 09:00 (Asia/Shanghai)"."""
    return f"{rhythm_text(subscription)} at {subscription.at:%H:%M} ({subscription.zone})"


def option_lines(subscription: Subscription) -> list[str]:
    """Return what else is chosen, one a line."""
    lines = [
        f"{subscription.facts} {plural(subscription.facts, 'fact')} each time",
        "When nothing is new: it says so and begins the round again"
        if subscription.when_empty == "say"
        else "When nothing is new: nothing is posted",
    ]
    if subscription.skip_holidays:
        country = COUNTRIES.get(subscription.skip_holidays, subscription.skip_holidays)
        made_up = (
            "; also on days at weekends that are worked for them" if is_on_workdays(subscription) else ""
        )
        lines.append(f"Not on public holidays of {country}{made_up}")
    if subscription.quiet:
        quiet = subscription.quiet
        lines.append(
            f"Quiet hours {quiet.start:%H:%M} to {quiet.end:%H:%M}: what is due then comes at their end"
        )
    return lines


def state_text(subscription: Subscription) -> str:
    """Return how it stands: "" while it runs, "paused", "paused until 2026-12-24"."""
    if subscription.paused:
        reason = _REASONS.get(subscription.pause_reason, subscription.pause_reason.replace("_", " "))
        return f"paused: {reason}" if reason else "paused"
    return f"paused until {subscription.paused_until}" if subscription.paused_until else ""


def next_runs(subscription: Subscription, now: datetime, count: int = RUNS) -> tuple[str, ...]:
    """Return the next runs in local words; a sentence where none is to come."""
    found = tuple(_run_text(subscription, slot) for slot in next_slots(subscription, now, count))
    return found or ("None while it is paused",)


def _run_text(subscription: Subscription, slot: Slot) -> str:
    is_extra = is_on_workdays(subscription) and slot.wanted.weekday() not in WORKDAYS
    return slot_label(slot.local, subscription.zone) + (" (make-up workday)" if is_extra else "")


def delivery_text(delivery: Delivery) -> str:
    """Return one line of the delivery record: "Mon 15 Mar 2027, 09:00 Asia/Shanghai: posted late (...)"."""
    said = {
        "planned": "planned", "claimed": "being posted now", "posted": "posted", "late": "posted late",
        "skipped": "skipped", "missed": "missed", "failed": "failed",
        "unknown": "unknown: nobody can say whether it is there, so it is not posted again",
    }[delivery.state]  # fmt: skip
    count = len(delivery.facts) if delivery.ts else 0
    shown = f", {count} {plural(count, 'fact')}" if count else ""
    why = f" ({delivery.why})" if delivery.why else ""
    return f"{delivery.label}: {said}{shown}{why}"


def reliability_text(found: Reliability, period: str = "so far") -> str:
    """Return "12 of 12 digests on time so far", with what went otherwise."""
    if not found.due:
        return "No digest has been due yet."
    others = {"late": found.late, "missed": found.missed, "failed": found.failed, "unknown": found.unknown}
    rest = ", ".join(f"{count} {word}" for word, count in others.items() if count)
    line = f"{found.on_time} of {found.due} {plural(found.due, 'digest')} on time {period}"
    return f"{line}; {rest}." if rest else f"{line}."


def _ordinal(day: int) -> str:
    ending = "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
