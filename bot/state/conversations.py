"""What a thread, or a person in direct messages, was last talking about, and the question that was asked last."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.ports import PERSON_KEPT, Conversation
from bot.state.database.statements import insert_or_update
from bot.state.errors import UnavailableError
from bot.state.store import Store
from bot.state.tables.schema import conversations
from bot.state.unreadable import Row, strings
from handlers.paging import LONGEST_EARLIER, Earlier

_log = logging.getLogger(__name__)

THREAD_KEPT = timedelta(days=30)


class StoredConversations:
    """The port Conversations, on state.db. Of what people wrote it keeps the last question alone, as it was read, so that
    another may follow on it; it goes with its row.

    While state.db cannot be used nothing is recalled or kept: an answer does not wait for it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def recall(self, team: str, channel: str, thread_or_user: str, now: datetime) -> Conversation | None:
        """Return what was kept last, None where nothing was, or it is too old."""
        try:
            with self._store.promptly():
                is_kept = (
                    conversations.c.place == f"{channel}:{thread_or_user}",
                    conversations.c.expires_at > now.timestamp(),
                )
                rows = self._store.rows(
                    team, select(conversations).where(conversations.c.team_id == team, *is_kept)
                )
        except UnavailableError as error:
            _log.warning("a conversation was not recalled", extra={"error": str(error)})
            return None
        return next(self._store.unreadable.each("conversations", rows, conversation_of), None)

    def keep(
        self, team: str, channel: str, thread_or_user: str, conversation: Conversation, now: datetime
    ) -> None:
        """Keep `conversation` in place of what was kept; a question that is too long to be followed by another is left out."""
        earlier = conversation.earlier
        if earlier is None or len(earlier.text) > LONGEST_EARLIER:
            earlier = Earlier("")
        try:
            with self._store.promptly(), self._store.writing(team) as db:
                row = {
                    "team_id": team,
                    "place": f"{channel}:{thread_or_user}",
                    "subjects": json.dumps(conversation.subjects),
                    "question": earlier.text,
                    "page": earlier.page,
                    "expires_at": (now + _lifetime(thread_or_user)).timestamp(),
                }
                insert_or_update(db, conversations, row)
        except UnavailableError as error:
            _log.warning("a conversation was not kept", extra={"error": str(error)})


def conversation_of(row: Row) -> Conversation:
    """Return what is kept of a conversation; ValueError where that cannot be read."""
    question, page = row["question"], row["page"]
    if not isinstance(question, str) or not isinstance(page, int) or page < 1:
        raise ValueError("no question with a page")
    return Conversation(strings(row["subjects"]), Earlier(question, page) if question else None)


def _lifetime(thread_or_user: str) -> timedelta:
    # A thread is named by a timestamp ("1700000000.000100"), a person by an id ("U024BE7LH").
    return THREAD_KEPT if thread_or_user[:1].isdigit() else PERSON_KEPT
