"""What a thread, or a person in direct messages, was last talking about."""

from __future__ import annotations

import json
import logging
import sqlite3
from datetime import datetime, timedelta

from bot.state.store import Store
from bot.state.unreadable import strings

_log = logging.getLogger(__name__)

THREAD_KEPT = timedelta(days=30)
PERSON_KEPT = timedelta(minutes=15)


class StoredConversations:
    """The port Conversations, on state.db. It keeps slugs of the fact base, never what people wrote.

    While state.db cannot be used nothing is recalled or kept: an answer does not wait for it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def recall(self, team: str, channel: str, thread_or_user: str, now: datetime) -> tuple[str, ...]:
        """Return the slugs kept last, or () when there are none or they are too old."""
        try:
            with self._store.promptly():
                rows = list(
                    self._store.connection().query(
                        "SELECT place, subjects FROM conversations"
                        " WHERE team_id = ? AND place = ? AND expires_at > ?",
                        [team, f"{channel}:{thread_or_user}", now.timestamp()],
                    )
                )
        except sqlite3.OperationalError as error:
            _log.warning("a conversation was not recalled", extra={"error": str(error)})
            return ()
        kept = self._store.unreadable.each("conversations", rows, lambda row: strings(row["subjects"]))
        return next(kept, ())

    def keep(
        self, team: str, channel: str, thread_or_user: str, subjects: tuple[str, ...], now: datetime
    ) -> None:
        """Keep `subjects` in place of what was kept."""
        try:
            with self._store.promptly(), self._store.writing() as db:
                db.table("conversations").upsert(
                    {
                        "team_id": team,
                        "place": f"{channel}:{thread_or_user}",
                        "subjects": json.dumps(subjects),
                        "expires_at": (now + _lifetime(thread_or_user)).timestamp(),
                    },
                    pk=("team_id", "place"),
                )
        except sqlite3.OperationalError as error:
            _log.warning("a conversation was not kept", extra={"error": str(error)})


def _lifetime(thread_or_user: str) -> timedelta:
    # A thread is named by a timestamp ("1700000000.000100"), a person by an id ("U024BE7LH").
    return THREAD_KEPT if thread_or_user[:1].isdigit() else PERSON_KEPT
