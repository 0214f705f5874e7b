"""What was done to digests, by whom and when, as rows that are written with the change itself."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from bot.state.digests.planning import moment
from bot.state.unreadable import Row
from handlers.subscription import Change, Note


def noted(db: Database, team: str, subscription: str, now: datetime, note: Note | None) -> None:
    """Write down a change inside the transaction that makes it; nothing where nobody asked for it."""
    if note is None:
        return
    db.execute(
        "INSERT INTO digest_changes (team_id, subscription, seq, at, who, what) SELECT ?, ?,"
        " coalesce(max(seq), 0) + 1, ?, ?, ? FROM digest_changes WHERE team_id = ? AND subscription = ?",
        [team, subscription, now.timestamp(), note.who, note.what, team, subscription],
    )


def change_of(row: Row) -> Change:
    """Return the change of a row. Any exception where it cannot be read."""
    return Change(moment(row["at"]), Note(str(row["who"]), str(row["what"])))
