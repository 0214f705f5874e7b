"""The port FirstSeen, on state."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import select

from bot.by_team import ByTeam
from bot.state.database.statements import insert_each_if_new
from bot.state.store import Store
from bot.state.tables.schema import arrivals

REMEMBERED_SECONDS: Final = 60.0
"""So long what was read of a team is not read again: all its digests of a morning go by it."""
_TEAMS: Final = 100


class StoredFirstSeen:
    """One row for each statement that this team's bot ever had. For many threads.

    Each process notes what its base holds before it posts, so that it misses nothing of what another notes meanwhile.
    """

    def __init__(self, store: Store, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._remembered = ByTeam[Mapping[str, datetime]](REMEMBERED_SECONDS, _TEAMS, monotonic)

    def note(self, team: str, keys: Iterable[str], now: datetime) -> None:
        """Record those of `keys` that were not there before as seen at `now`."""
        missing = set(keys) - set(self._read(team))
        if not missing:
            return
        seen = [{"team_id": team, "fact": key, "seen_at": now.timestamp()} for key in sorted(missing)]
        with self._store.writing(team) as db:
            insert_each_if_new(db, arrivals, seen)
        self._remembered.forget(team)

    def first_seen(self, team: str) -> Mapping[str, datetime]:
        """Return when each key was first seen."""
        seen = self._remembered.fresh(team)
        if seen is None:
            seen = MappingProxyType(self._read(team))
            # Where there is none nobody has looked yet, and whoever does first is the next.
            if seen:
                self._remembered.keep(team, seen)
        return seen

    def _read(self, team: str) -> dict[str, datetime]:
        rows = self._store.rows(team, select(arrivals).where(arrivals.c.team_id == team))
        return dict(
            self._store.unreadable.each(
                "arrivals", rows, lambda row: (row["fact"], datetime.fromtimestamp(row["seen_at"], UTC))
            )
        )
