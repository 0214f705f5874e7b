"""What came into a team's base lately, and what was there at first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers.digests.selection import fact_key
from handlers.front_page.recent import recent
from handlers.services import Services
from knowledge.base import FactBase


class Seen:
    """When facts were first seen, as told."""

    def __init__(self, seen: dict[str, datetime]) -> None:
        self._seen = seen

    def note(self, team: str, keys: object, now: datetime) -> None:
        raise NotImplementedError

    def first_seen(self, team: str) -> dict[str, datetime]:
        return self._seen


def test_what_is_new_is_told_for_a_month_and_what_was_there_at_first_never(base: FactBase) -> None:
    began, now = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 27, tzinfo=UTC)
    old, new, corrected, stale = base.facts[:4]
    seen = {
        fact_key(old): began,
        fact_key(new): now - timedelta(days=2),
        f"{corrected.id}@00000000": began,
        fact_key(corrected): now - timedelta(days=1),
        fact_key(stale): now - timedelta(days=40),
    }
    found = recent(Services(base, first_seen=Seen(seen)), "T", now, 3)
    assert [(one.fact, one.what) for one in found] == [(corrected, "corrected"), (new, "new")]
