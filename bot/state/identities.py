"""Who the bot is in its workspace, as Slack said last: what it answers by before Slack says it again."""

from __future__ import annotations

import hashlib
import logging
import sqlite3

from bot.state.store import Store

_log = logging.getLogger(__name__)


class StoredIdentities:
    """The port Identities, on state.db: one row a workspace, found by the hash of the token that it was asked with.

    What state.db refuses is logged: Slack is asked anyway.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def recall(self, token: str) -> tuple[str, str, str, str] | None:
        """Return team, user, bot and enterprise as they were kept for `token`, None where nothing was."""
        try:
            with self._store.promptly():
                found = (
                    self._store.connection()
                    .execute(
                        "SELECT team_id, user_id, bot_id, enterprise_id FROM identities WHERE token_hash = ?",
                        [_hash(token)],
                    )
                    .fetchone()
                )
        except sqlite3.Error as error:
            _log.warning("who the bot is was not recalled", extra={"error": str(error)})
            return None
        return (str(found[0]), str(found[1]), str(found[2]), str(found[3])) if found else None

    def keep(self, token: str, team: str, user: str, bot: str, enterprise: str) -> bool:
        """Keep them in place of what was kept for the team; say whether they are kept."""
        try:
            with self._store.writing() as db:
                db.execute(
                    "INSERT OR REPLACE INTO identities (team_id, token_hash, user_id, bot_id, enterprise_id)"
                    " VALUES (?, ?, ?, ?, ?)",
                    [team, _hash(token), user, bot, enterprise],
                )
        except sqlite3.Error as error:
            _log.warning("who the bot is was not kept", extra={"error": str(error)})
            return False
        return True


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
