"""Which kinds of failure the installer has been told about, and which signing secret was seen to be right."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import select

from bot.state.database.statements import insert_if_new
from bot.state.errors import StateError, UnavailableError
from bot.state.store import Store
from bot.state.tables.schema import notices

_log = logging.getLogger(__name__)


class StoredNotices:
    """The port Notices, on state.db: each kind is told once a team, restarts or not."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: set[tuple[str, str]] = set()

    def first(self, team: str, kind: str, now: datetime) -> bool:
        """Say whether this is the first failure of `kind`, and record it; in the process alone where state.db is what
        failed.
        """
        if (team, kind) in self._told:
            return False
        self._told.add((team, kind))
        try:
            with self._store.writing(team) as db:
                return insert_if_new(db, notices, {"team_id": team, "kind": kind, "told_at": now.timestamp()})
        except StateError as error:
            _log.warning("what was told is not recorded", extra={"kind": kind, "error": str(error)})
            return True

    def accepted(self, secret: str) -> bool:
        """Say whether Slack is known to have signed a request with the secret of that fingerprint before."""
        try:
            with self._store.promptly():
                signed = select(notices.c.kind).where(
                    notices.c.team_id == "", notices.c.kind == f"signed:{secret}"
                )
                return self._store.row("", signed) is not None
        except UnavailableError as error:
            # The next request that Slack signs says so.
            _log.warning(
                "whether the signing secret was right before is not known", extra={"error": str(error)}
            )
            return False

    def accept(self, secret: str, now: datetime) -> None:
        """Record that Slack signed a request with the secret of that fingerprint."""
        self.first("", f"signed:{secret}", now)
