"""How long the facts of a digest last: how many there are, how many digests they make, and until which run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.digests import describe
from handlers.digests.coming import coming
from handlers.digests.reading.dates import EVERY_DAY
from handlers.digests.reading.subjects import Subjects
from handlers.digests.schedule import day_label
from handlers.digests.selection import Selection, select
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import Slot, Subscription


@dataclass(frozen=True, slots=True)
class Supply:
    """What is left of `pool` facts: `left` of them, which make `posts` digests, the last of them that of `ends`.

    `ends` is None where no run is to come, or the last not within 400 days. `is_resting` says that nothing is posted
    until a fact is added or corrected.
    """

    pool: int
    left: int
    posts: int
    ends: Slot | None
    is_resting: bool


def picked_for(services: Services, kept: Subscription) -> Selection:
    """Return the facts of the next digest of `kept`; a saved one goes on where it stopped."""
    posted = services.deliveries.posted_facts(kept.team, kept.id) if kept.id else ()
    return _picked(services, kept, posted)


def _picked(services: Services, kept: Subscription, posted: tuple[str, ...]) -> Selection:
    seen = services.first_seen.first_seen(kept.team)
    again = kept.when_empty == "again"
    names = Subjects.of(kept)
    return select(services.base, names, kept.facts, posted, seen, kept.created_at, again=again)


def supply(services: Services, kept: Subscription, now: datetime) -> Supply:
    """Return how long the facts of `kept` last, as things are now."""
    picked = picked_for(services, kept)
    posts = picked.posts + bool(picked.chosen)
    runs = coming(services.deliveries, kept, now, posts)
    return Supply(
        pool=picked.pool,
        left=picked.left + len(picked.chosen),
        posts=posts,
        ends=runs[-1] if posts and len(runs) == posts else None,
        is_resting=not picked.chosen and kept.when_empty != "tell",
    )


def lasting(services: Services, kept: Subscription, now: datetime) -> Said:
    """Return how long the facts of `kept` last, in a sentence."""
    return supply_text(kept, supply(services, kept, now))


def supply_text(kept: Subscription, found: Supply) -> Said:
    """Return a supply in a sentence."""
    if not found.posts:
        return _spent(kept, found)
    facts = (
        say_many("{count} fact", "{count} facts", found.pool)
        if found.left == found.pool
        else say_many(
            "{left} of {count} fact to come", "{left} of {count} facts to come", found.pool, left=found.left
        )
    )
    span = _span(kept, found.posts)
    if found.ends:
        until = day_label(found.ends.local.date())
        return say("{facts}: enough for {span}, until {day}", facts=facts, span=span, day=until)
    if kept.paused:
        return say("{facts}: enough for {span} once it runs again", facts=facts, span=span)
    return say("{facts}: enough for {span}", facts=facts, span=span)


def _spent(kept: Subscription, found: Supply) -> Said:
    if not found.pool:
        return say("The fact base holds nothing on this any more")
    if found.is_resting:
        return say_many(
            "The {count} fact is posted: quiet until one is added or corrected",
            "All {count} facts are posted: quiet until one is added or corrected",
            found.pool,
        )
    return say_many(
        "The {count} fact is posted: it says so each time until one is added or corrected",
        "All {count} facts are posted: it says so each time until one is added or corrected",
        found.pool,
    )


def _span(kept: Subscription, posts: int) -> Said:
    """Return "4 days", "3 weeks", "2 months", or "5 digests" of what comes more than once a week."""
    if kept.rhythm == "monthly":
        return say_many("{count} month", "{count} months", posts)
    if kept.weekdays == EVERY_DAY:
        return say_many("{count} day", "{count} days", posts)
    if len(kept.weekdays) == 1:
        return say_many("{count} week", "{count} weeks", posts)
    return say_many("{count} digest", "{count} digests", posts)


def runs_of(services: Services, kept: Subscription, now: datetime) -> tuple[str, ...]:
    """Return the next runs in local words; a sentence where nothing is to be posted."""
    if not kept.paused and supply(services, kept, now).is_resting:
        return (say("None until a fact is added or corrected"),)
    return describe.run_texts(kept, coming(services.deliveries, kept, now))


def weekly_instead(kept: Subscription) -> Subscription:
    """Return a digest that lasts longer: the same once a week."""
    return replace(kept, weekdays=(0,), monthday=None, monthweek=None)
