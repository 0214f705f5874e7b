"""The port Shown, on state.db: answers by their own rows, digests by the delivery record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.state.store import Store
from bot.state.unreadable import Row
from handlers.ports import Exposure

# Corrections reach back 30 days; a day more is enough.
KEPT = timedelta(days=31)


class StoredExposures:
    """Keeps ids of facts and channels, never words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, team: str, channel: str, thread: str, facts: Iterable[str], now: datetime) -> None:
        """Record that these facts were shown there; an answer waits for it, so a lock is not waited for."""
        with self._store.promptly(), self._store.writing() as db:
            for fact in facts:
                db.execute(
                    "INSERT OR REPLACE INTO shown (team_id, channel, thread, fact, shown_at)"
                    " VALUES (?, ?, ?, ?, ?)",
                    [team, channel, thread, fact, now.timestamp()],
                )

    def of_fact(self, team: str, fact: str, since: datetime) -> tuple[Exposure, ...]:
        """Return one exposure a channel, the newest."""
        rows = self._store.connection().query(
            "SELECT channel, thread, shown_at AS at FROM shown"
            " WHERE team_id = :team AND fact = :fact AND shown_at >= :since"
            " UNION ALL SELECT channel, ts, since FROM deliveries WHERE team_id = :team AND part = 'digest'"
            " AND state IN ('posted', 'late') AND ts != '' AND since >= :since AND EXISTS (SELECT 1"
            " FROM json_each(CASE WHEN json_valid(facts) THEN facts ELSE '[]' END) WHERE value LIKE :key)"
            " ORDER BY at",
            {"team": team, "fact": fact, "since": since.timestamp(), "key": f"{fact}@%"},
        )
        found = self._store.unreadable.each("shown", rows, _exposure)
        return tuple({exposure.channel: exposure for exposure in found}.values())


def _exposure(row: Row) -> Exposure:
    return Exposure(row["channel"], row["thread"], datetime.fromtimestamp(row["at"], UTC))
