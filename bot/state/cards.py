"""Where the cards of proposals stand and what they show, so that each can say what became of its proposal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select

from bot.ports import CardPlace, ShownCard
from bot.state.database.statements import insert_or_update
from bot.state.errors import UnavailableError
from bot.state.store import Store
from bot.state.tables.schema import cards
from bot.state.unreadable import Row


class StoredCards:
    """The port Cards, on state.db: ids of channels, messages and people, never words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, team: str, card: ShownCard, now: datetime) -> None:
        """Record that a card stands there and shows that; it was posted `now`, unless it was there before."""
        place = card.place
        row = {"team_id": team, "proposal": card.proposal, "channel": place.channel, "ts": place.ts}
        row |= {"posted_at": now.timestamp(), "reader": place.reader, "shown": card.shown}
        with self._store.writing(team) as db:
            insert_or_update(db, cards, row, {"shown": card.shown})

    def forget(self, team: str, card: ShownCard) -> None:
        """Record that the card stands there no longer."""
        is_it = and_(_is_at(team, card.place.channel, card.place.ts), cards.c.proposal == card.proposal)
        with self._store.writing(team) as db:
            db.execute(delete(cards).where(is_it))

    def all(self, team: str) -> tuple[ShownCard, ...]:
        """Return every card that stands, the oldest first."""
        standing = select(cards).where(cards.c.team_id == team).order_by(cards.c.posted_at, cards.c.ts)
        return tuple(self._store.unreadable.each("cards", self._store.rows(team, standing), _card))

    def at(self, team: str, channel: str, ts: str) -> ShownCard | None:
        """Return the card that stands there; None where none does, or while that cannot be read."""
        try:
            with self._store.promptly():
                rows = self._store.rows(team, select(cards).where(_is_at(team, channel, ts)))
        except UnavailableError:
            # Facts are told meanwhile; what is done to a proposal needs what cannot be read.
            return None
        return next(iter(self._store.unreadable.each("cards", rows, _card)), None)


def _is_at(team: str, channel: str, ts: str) -> ColumnElement[bool]:
    return and_(cards.c.team_id == team, cards.c.channel == channel, cards.c.ts == ts)


def _card(row: Row) -> ShownCard:
    return ShownCard(row["proposal"], CardPlace(row["channel"], row["ts"], row["reader"]), row["shown"])
