"""Signatures of requests that changed something: a copy changes nothing again, after a restart and in another process."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select

from bot.state.database.statements import insert_if_new
from bot.state.store import Store
from bot.state.tables.schema import requests

# A timestamp may lie 300 s ahead and stay good for 600 s.
KEPT: Final = timedelta(minutes=10)
# Some 250 bytes each; when there are more, the oldest are forgotten first.
MOST: Final = 65_536
# Counting them takes time: it is done once so many more are there than are kept, in parts of that.
_SLACK: Final = 64


class StoredRequests:
    """The port Requests, on state.db."""

    def __init__(self, store: Store, most: int = MOST) -> None:
        self._store = store
        self._most = most
        self._since_counted = 0

    def claim(self, team: str, signature: str, by: str, now: datetime) -> bool:
        """Record that `by` carries out the request of `signature`, and forget old ones; say whether nobody else has."""
        hashed = hashlib.sha256(signature.encode()).hexdigest()
        of_team = requests.c.team_id == team
        with self._store.writing(team) as db:
            db.execute(delete(requests).where(of_team, requests.c.seen_at <= (now - KEPT).timestamp()))
            self._make_room(db, team)
            row = {"team_id": team, "signature": hashed, "claimed_by": by, "seen_at": now.timestamp()}
            if insert_if_new(db, requests, row):
                return True
            claimed = select(requests.c.claimed_by).where(of_team, requests.c.signature == hashed)
            return db.execute(claimed).scalar() == by

    def _make_room(self, db: Connection, team: str) -> None:
        """Let go of the oldest of a team, beyond what is kept, every so many requests."""
        self._since_counted += 1
        if self._since_counted * _SLACK < self._most:
            return
        self._since_counted = 0
        newest = (requests.c.seen_at.desc(), requests.c.signature)
        of_team = select(requests.c.signature).where(requests.c.team_id == team).order_by(*newest)
        beyond = requests.c.signature.in_(of_team.offset(self._most - 1))
        db.execute(delete(requests).where(requests.c.team_id == team, beyond))
