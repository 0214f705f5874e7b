"""Signatures of requests that changed something: a copy changes nothing again, after a restart and in another process."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from bot.state.store import Store

# A timestamp may lie 300 s ahead and stay good for 600 s.
KEPT: Final = timedelta(minutes=10)
# Some 250 bytes each; when there are more, the oldest are forgotten first.
MOST: Final = 65_536


class StoredRequests:
    """The port Requests, on state.db."""

    def __init__(self, store: Store, most: int = MOST) -> None:
        self._store = store
        self._most = most

    def claim(self, team: str, signature: str, by: str, now: datetime) -> bool:
        """Record that `by` carries out the request of `signature`, and forget old ones; say whether nobody else has."""
        hashed = hashlib.sha256(signature.encode()).hexdigest()
        with self._store.writing() as db:
            db.execute("DELETE FROM requests WHERE seen_at <= ?", [(now - KEPT).timestamp()])
            db.execute(
                "DELETE FROM requests WHERE rowid <= (SELECT max(rowid) FROM requests) - ?", [self._most - 1]
            )
            db.execute(
                "INSERT INTO requests (team_id, signature, claimed_by, seen_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                [team, hashed, by, now.timestamp()],
            )
            found = db.execute(
                "SELECT claimed_by FROM requests WHERE team_id = ? AND signature = ?", [team, hashed]
            )
            return bool(found.fetchone()[0] == by)
