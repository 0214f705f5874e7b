"""Teams that the bot works for, as whom, or no longer, and the end of their rows."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, delete, func, select, union, update

from bot.state.database.statements import insert_or_update
from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, TEAM_TABLES, identities, outcomes, processes, teams

_log = logging.getLogger(__name__)

_OF_THE_BOT: Final = (outcomes, processes)
_COUNTED: Final = tuple(table for table in TEAM_TABLES if table not in (*_OF_THE_BOT, teams))


@dataclass(frozen=True, slots=True)
class Stop:
    """That work for a team is stopped: since when, why, and when its rows are purged, None for never."""

    at: datetime
    why: str
    purge_at: datetime | None


def note_stop(db: Connection, team: str, why: str, now: datetime, grace: timedelta | None) -> None:
    """Record, within a transaction for `team`, what `StoredTeams.stop` records."""
    purge = (now + grace).timestamp() if grace is not None else None
    row = {"team_id": team, "stopped_at": now.timestamp(), "why": why, "purge_at": purge}
    insert_or_update(db, teams, row, {"purge_at": func.coalesce(teams.c.purge_at, purge)})


class StoredTeams:
    """Whether a team's work is stopped. It survives restarts; only a token that works again ends it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def stop(self, team: str, why: str, now: datetime, grace: timedelta | None) -> None:
        """Stop all work for `team`; with `grace` its rows are purged after that time, counted from the first
        stop, and without it they stay."""
        with self._store.writing(team) as db:
            note_stop(db, team, why, now, grace)

    def stopped(self, team: str) -> str:
        """Return why the work for `team` is stopped, "" where it is not."""
        row = self._store.row(team, select(teams.c.why).where(teams.c.team_id == team))
        return str(row["why"]) if row else ""

    def stop_of(self, team: str) -> Stop | None:
        """Return how the work for `team` was stopped, None where it is not."""
        row = self._store.row(team, select(teams).where(teams.c.team_id == team))
        if row is None:
            return None
        purge = row["purge_at"]
        return Stop(_moment(row["stopped_at"]), row["why"], None if purge is None else _moment(purge))

    def known(self) -> tuple[str, ...]:
        """Return the teams that anything is kept of."""
        kept = [select(table.c.team_id) for table in TEAM_TABLES if table not in _OF_THE_BOT]
        found = self._store.rows(EVERY_TEAM, union(*kept))
        return tuple(sorted(str(row["team_id"]) for row in found if row["team_id"] not in ("", EVERY_TEAM)))

    def restart(self, team: str) -> None:
        """Let the work for `team` go on."""
        with self._store.writing(team) as db:
            db.execute(delete(teams).where(teams.c.team_id == team))

    def purge(self, now: datetime) -> tuple[str, ...]:
        """Delete every row of the teams whose time is up, and return their ids."""
        is_over = teams.c.purge_at <= now.timestamp()
        over = [
            str(row["team_id"])
            for row in self._store.rows(EVERY_TEAM, select(teams.c.team_id).where(is_over))
        ]
        return tuple(team for team in over if self._purge(team, now))

    def delete(self, team: str, now: datetime) -> int:
        """Delete every row of a team at once, and return how many there were.

        That it is stopped is kept until the next purge, which takes what processes wrote that did not know yet.
        """
        with self._store.writing(team) as db:
            # The ledger of contributions lets its rows go with a team that is stopped for good.
            note_stop(db, team, "removed", now, timedelta())
            gone = sum(
                db.execute(delete(table).where(table.c.team_id == team)).rowcount for table in _COUNTED
            )
            later = (now + timedelta(minutes=1)).timestamp()
            db.execute(update(teams).where(teams.c.team_id == team).values(why="removed", purge_at=later))
            return gone

    def _purge(self, team: str, now: datetime) -> bool:
        with self._store.writing(team) as db:
            # Looked at again: its work may have been taken up meanwhile.
            is_over = and_(teams.c.team_id == team, teams.c.purge_at <= now.timestamp())
            if db.execute(select(teams.c.team_id).where(is_over)).first() is None:
                return False
            for table in TEAM_TABLES:
                db.execute(delete(table).where(table.c.team_id == team))
            return True


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
                # Whose token it is shows only here.
                is_its = identities.c.token_hash == _hash(token)
                found = self._store.row(EVERY_TEAM, select(identities).where(is_its))
        except StateError as error:
            _log.warning("who the bot is was not recalled", extra={"error": str(error)})
            return None
        if found is None:
            return None
        return (
            str(found["team_id"]),
            str(found["user_id"]),
            str(found["bot_id"]),
            str(found["enterprise_id"]),
        )

    def keep(self, token: str, team: str, user: str, bot: str, enterprise: str) -> bool:
        """Keep them in place of what was kept for the team; say whether they are kept."""
        try:
            row = {
                "team_id": team,
                "token_hash": _hash(token),
                "user_id": user,
                "bot_id": bot,
                "enterprise_id": enterprise,
            }
            with self._store.writing(team) as db:
                insert_or_update(db, identities, row)
        except StateError as error:
            _log.warning("who the bot is was not kept", extra={"error": str(error)})
            return False
        return True


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
