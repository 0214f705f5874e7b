"""Every row of state.db read once, as the bot reads it, to name those that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select

from bot.state.contributions import event_of
from bot.state.conversations import conversation_of
from bot.state.digests.changes import change_of
from bot.state.digests.delivery_rows import from_columns
from bot.state.digests.planning import from_row
from bot.state.questions import question_of
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, metadata, subscriptions
from bot.state.unreadable import Row

_READ: Final[Mapping[str, Callable[[Row], object]]] = {
    "subscriptions": from_row,
    "deliveries": from_columns,
    "digest_changes": change_of,
    "contributions": event_of,
    "questions": question_of,
    "conversations": conversation_of,
    "arrivals": lambda row: datetime.fromtimestamp(row["seen_at"], UTC),
    "shown": lambda row: datetime.fromtimestamp(row["shown_at"], UTC),
}


def unreadable_rows(store: Store) -> tuple[str, ...]:
    """Return the rows that cannot be read, each as its table and its id, as far as that may be told."""
    for table, read in _READ.items():
        every = select(metadata.tables[table])
        kept = every.where(subscriptions.c.removed_at.is_(None)) if table == "subscriptions" else every
        for row in store.rows(EVERY_TEAM, kept):
            store.unreadable.one(table, row, read)
    return store.unreadable.named()
