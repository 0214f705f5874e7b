"""How long the facts of a digest last: how many there are, how many digests they make, and until which run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from handlers.digests import describe
from handlers.digests.coming import RUNS, coming, skipped
from handlers.digests.reading.subjects import Subjects
from handlers.digests.reading.when.dates import EVERY_DAY
from handlers.digests.schedule import day_label
from handlers.digests.selection import Selection, elsewhere, select
from handlers.records.enumerated import listed
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import Run, Subscription

# More skipped runs are told by the first of them.
_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Supply:
    """What is left of `pool` facts: `left` of them, which make `posts` digests, the last of them that of `ends`.

    `ends` is None where no run is to come, or the last not within 400 days. `runs` are those that post something before it
    is quiet, None where each does; with 0 nothing is posted until a fact is added or corrected. `elsewhere` counts what is about
    other regions, and so left out.
    """

    pool: int
    left: int
    posts: int
    ends: Run | None
    runs: int | None
    elsewhere: int = 0

    @property
    def is_resting(self) -> bool:
        """Say whether nothing is posted until a fact is added or corrected."""
        return self.runs == 0


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
    # Where nobody was told yet that all is posted, one run says so.
    telling = posts or not picked.told
    return Supply(
        pool=picked.pool,
        left=picked.left + len(picked.chosen),
        posts=posts,
        ends=runs[-1] if posts and len(runs) == posts else None,
        elsewhere=elsewhere(services.base, Subjects.of(kept)),
        runs=int(telling) if _comes_to_rest(kept, picked) else None,
    )


def _comes_to_rest(kept: Subscription, picked: Selection) -> bool:
    """Say whether it is quiet once all was told; what begins again is, where nothing is held on it any more."""
    return kept.when_empty == "quiet" or (kept.when_empty == "again" and not picked.pool)


def lasting(services: Services, kept: Subscription, now: datetime) -> Said:
    """Return how long the facts of `kept` last, in a sentence."""
    return supply_text(kept, supply(services, kept, now))


def supply_text(kept: Subscription, found: Supply) -> Said:
    """Return a supply in a sentence, with what is left out of it."""
    if not found.elsewhere:
        return _supplied(kept, found)
    return say_many(
        "{supply}; {count} more is about other regions",
        "{supply}; {count} more are about other regions",
        found.elsewhere,
        supply=_supplied(kept, found),
    )


def _supplied(kept: Subscription, found: Supply) -> Said:
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
        until = day_label(found.ends.at.date())
        return say("{facts}: enough for {span}, until {day}", facts=facts, span=span, day=until)
    if kept.paused:
        return say("{facts}: enough for {span} once it runs again", facts=facts, span=span)
    return say("{facts}: enough for {span}", facts=facts, span=span)


def _spent(kept: Subscription, found: Supply) -> Said:
    if not found.pool:
        return say("The fact base holds nothing on this any more")
    if kept.when_empty == "quiet":
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


def runs_of(services: Services, kept: Subscription, now: datetime, count: int = RUNS) -> tuple[str, ...]:
    """Return the next `count` runs that post something, in local words; sentences where fewer do."""
    left = None if kept.paused else supply(services, kept, now).runs
    if left == 0:
        return (say("None until a fact is added or corrected"),)
    if left is None or left >= count:
        return describe.run_texts(kept, coming(services.deliveries, kept, now, count))
    runs = describe.run_texts(kept, coming(services.deliveries, kept, now, left))
    return (*runs, say("Then none until a fact is added or corrected"))


def standing(services: Services, kept: Subscription, now: datetime) -> tuple[Said, ...]:
    """Return what holds a digest, each in a sentence: that it is paused, and which of its runs are skipped."""
    state = describe.state_text(kept)
    return (
        *((say("It is {state}.", state=state),) if state else ()),
        *(say("{skipped}.", skipped=line) for line in _skips(services, kept, now)),
    )


def _skips(services: Services, kept: Subscription, now: datetime) -> tuple[Said, ...]:
    runs = [describe.run_text(kept, run) for run in skipped(services.deliveries, kept, now)]
    if not runs:
        return ()
    told = listed(runs, _TOLD)
    return (say_many("Skipped: {runs}", "{count} runs are skipped: {runs}", len(runs), runs=told),)


def to_come(services: Services, kept: Subscription, now: datetime) -> tuple[str, ...]:
    """Return the next runs as `runs_of` does, and after them what is skipped."""
    return (*runs_of(services, kept, now), *_skips(services, kept, now))


def next_run(services: Services, kept: Subscription, now: datetime) -> Run | None:
    """Return the next run that posts something, None where none does as things are now."""
    if supply(services, kept, now).is_resting:
        return None
    return next(iter(coming(services.deliveries, kept, now, 1)), None)


def day_meant(services: Services, kept: Subscription, now: datetime) -> str:
    """Return the day of the run that a skip leaves out now, by which a second press is known; "" where there is none."""
    run = next_run(services, kept, now)
    return run.slot.wanted.date().isoformat() if run else ""


def weekly_instead(kept: Subscription) -> Subscription:
    """Return a digest that lasts longer: the same once a week."""
    return replace(kept, weekdays=(0,), monthday=None, monthweek=None)
