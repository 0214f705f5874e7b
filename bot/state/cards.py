"""Where the cards of proposals stand and what they show, so that each can say what became of its proposal."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.ports import CardPlace, ShownCard
from bot.state.store import Store
from bot.state.unreadable import Row


class StoredCards:
    """The port Cards, on state.db: ids of channels, messages and people, never words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, team: str, card: ShownCard, now: datetime) -> None:
        """Record that a card stands there and shows that; it was posted `now`, unless it was there before."""
        place = card.place
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO cards (team_id, proposal, channel, ts, posted_at, reader, shown)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET shown = excluded.shown",
                [team, card.proposal, place.channel, place.ts, now.timestamp(), place.reader, card.shown],
            )

    def forget(self, team: str, card: ShownCard) -> None:
        """Record that the card stands there no longer."""
        with self._store.writing() as db:
            db.execute(
                "DELETE FROM cards WHERE team_id = ? AND proposal = ? AND channel = ? AND ts = ?",
                [team, card.proposal, card.place.channel, card.place.ts],
            )

    def all(self, team: str) -> tuple[ShownCard, ...]:
        """Return every card that stands, the oldest first."""
        rows = self._store.connection().query(
            "SELECT proposal, channel, ts, reader, shown FROM cards WHERE team_id = ? ORDER BY posted_at, ts",
            [team],
        )
        return tuple(self._store.unreadable.each("cards", rows, _card))

    def at(self, team: str, channel: str, ts: str) -> ShownCard | None:
        """Return the card that stands there; None where none does, or while that cannot be read."""
        try:
            with self._store.promptly():
                rows = list(
                    self._store.connection().query(
                        "SELECT proposal, channel, ts, reader, shown FROM cards"
                        " WHERE team_id = ? AND channel = ? AND ts = ?",
                        [team, channel, ts],
                    )
                )
        except sqlite3.OperationalError:
            # Facts are told meanwhile; what is done to a proposal needs what cannot be read.
            return None
        return next(iter(self._store.unreadable.each("cards", rows, _card)), None)


def _card(row: Row) -> ShownCard:
    return ShownCard(row["proposal"], CardPlace(row["channel"], row["ts"], row["reader"]), row["shown"])
