"""What is new in a team's base: facts that came or changed after the bot first looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from handlers.digests.selection import fact_key, fact_of
from handlers.services import Services
from knowledge.model import Fact

SPAN: Final = timedelta(days=30)
"""How long a fact is told as new."""


@dataclass(frozen=True, slots=True)
class RecentFact:
    """A fact that came at `at`, new or in place of another wording."""

    fact: Fact
    what: Literal["new", "corrected"]
    at: datetime


def recent(
    services: Services, team: str, now: datetime, most: int, *, within: timedelta = SPAN
) -> tuple[RecentFact, ...]:
    """Return at most so many facts of `team`'s base that came within a span of time, the latest first."""
    seen = services.first_seen.first_seen(team)
    if not seen:
        return ()
    # What was there when the bot first looked is no news.
    began = min(seen.values())
    older = {fact_of(key) for key, at in seen.items() if at <= began}
    found = []
    for fact in services.base.facts:
        at = seen.get(fact_key(fact))
        if at is not None and at > began and now - at <= within:
            is_corrected = fact.id in older or services.base.overlay.corrects(fact)
            found.append(RecentFact(fact, "corrected" if is_corrected else "new", at))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:most])
