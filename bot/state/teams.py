"""Teams that the bot works for, as whom, or no longer, and the end of their rows."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.state.store import Store

_log = logging.getLogger(__name__)


class StoredTeams:
    """Whether a team's work is stopped. It survives restarts; only a token that works again ends it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def stop(self, team: str, why: str, now: datetime, grace: timedelta | None) -> None:
        """Stop all work for `team`; with `grace` its rows are purged after that time, counted from the first
        stop, and without it they stay."""
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO teams (team_id, stopped_at, why, purge_at) VALUES (:team, :now, :why, :purge)"
                " ON CONFLICT (team_id) DO UPDATE SET purge_at = coalesce(purge_at, excluded.purge_at)",
                {
                    "team": team,
                    "now": now.timestamp(),
                    "why": why,
                    "purge": (now + grace).timestamp() if grace is not None else None,
                },
            )

    def stopped(self, team: str) -> str:
        """Return why the work for `team` is stopped, "" where it is not."""
        row = self._store.connection().execute("SELECT why FROM teams WHERE team_id = ?", [team]).fetchone()
        return str(row[0]) if row else ""

    def known(self) -> tuple[str, ...]:
        """Return the teams that anything is kept of."""
        db = self._store.connection()
        each = " UNION ".join(f"SELECT team_id FROM {table}" for table in _tables(db))  # noqa: S608 - names are ours
        return tuple(str(row[0]) for row in db.execute(f"{each} ORDER BY 1") if row[0])

    def restart(self, team: str) -> None:
        """Let the work for `team` go on."""
        with self._store.writing() as db:
            db.table("teams").delete_where("team_id = ?", [team])

    def purge(self, now: datetime) -> tuple[str, ...]:
        """Delete every row of the teams whose time is up, and return their ids."""
        with self._store.writing() as db:
            gone = [
                str(row[0])
                for row in db.execute("SELECT team_id FROM teams WHERE purge_at <= ?", [now.timestamp()])
            ]
            for team in gone:
                for table in _tables(db):
                    db.table(table).delete_where("team_id = ?", [team])
        return tuple(gone)


def _tables(db: Database) -> list[str]:
    """The tables with rows of teams, `teams` last: the ledger of contributions asks it whether rows may go."""
    found = [table for table in db.table_names() if "team_id" in db.table(table).columns_dict]
    return sorted(found, key=lambda table: table == "teams")


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
