"""What was done to digests, by whom and when, as rows that are written with the change itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from bot.state.digests.planning import moment
from bot.state.tables.schema import digest_changes
from bot.state.unreadable import Row
from handlers.subscription import Change, Note


def noted(db: Connection, team: str, subscription: str, now: datetime, note: Note | None) -> None:
    """Write down a change inside the transaction that makes it; nothing where nobody asked for it."""
    if note is None:
        return
    of_it = (digest_changes.c.team_id == team, digest_changes.c.subscription == subscription)
    newest = db.execute(select(func.max(digest_changes.c.seq)).where(*of_it)).scalar() or 0
    row = {"at": now.timestamp(), "who": note.who, "what": note.what}
    db.execute(insert(digest_changes).values(team_id=team, subscription=subscription, seq=newest + 1, **row))


def change_of(row: Row) -> Change:
    """Return the change of a row. Any exception where it cannot be read."""
    return Change(moment(row["at"]), Note(str(row["who"]), str(row["what"])))
