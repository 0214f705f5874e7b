"""Where the cards of proposals stand, so that each can say what became of its proposal."""

from __future__ import annotations

from datetime import datetime

from bot.ports import CardPlace
from bot.state.store import Store
from bot.state.unreadable import Row


class StoredCards:
    """The port Cards, on state.db: ids of channels and messages, never words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, team: str, proposal: int, place: CardPlace, now: datetime) -> None:
        """Record that a card of a proposal stands there."""
        with self._store.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO cards (team_id, proposal, channel, ts, posted_at) VALUES (?, ?, ?, ?, ?)",
                [team, proposal, place.channel, place.ts, now.timestamp()],
            )

    def of(self, team: str, proposal: int) -> tuple[CardPlace, ...]:
        """Return where cards of a proposal stand, the oldest first."""
        rows = self._store.connection().query(
            "SELECT channel, ts FROM cards WHERE team_id = ? AND proposal = ? ORDER BY posted_at, ts",
            [team, proposal],
        )
        return tuple(self._store.unreadable.each("cards", rows, _place))


def _place(row: Row) -> CardPlace:
    return CardPlace(row["channel"], row["ts"])
