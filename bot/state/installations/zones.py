"""The time zone of each workspace, where it has one of its own: what day it is there, and when something was done."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import delete, insert, select

from bot.by_team import ByTeam
from bot.state.database.statements import insert_if_new
from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.tables.schema import team_zones

_log = logging.getLogger(__name__)

FRESH_SECONDS: Final = 60.0
"""So long a zone is taken for the workspace's without looking."""
_MOST: Final = 2_000


class StoredZones:
    """Zones by the names of IANA."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, team: str) -> str:
        """Return the zone of a team, "" where it has none of its own. StateError."""
        row = self._store.row(team, select(team_zones.c.zone).where(team_zones.c.team_id == team))
        return str(row["zone"]) if row else ""

    def choose(self, team: str, zone: str) -> None:
        """Have the team's be `zone` from now on; with "" it has none of its own. StateError."""
        with self._store.writing(team) as db:
            db.execute(delete(team_zones).where(team_zones.c.team_id == team))
            if zone:
                db.execute(insert(team_zones).values(team_id=team, zone=zone))

    def begin(self, team: str, zone: str) -> None:
        """Have the team's be `zone` unless it has one. StateError."""
        with self._store.writing(team) as db:
            insert_if_new(db, team_zones, {"team_id": team, "zone": zone})


class KnownZones:
    """The same as they were a minute ago at most, for every request; those known last while state is away. For many threads."""

    def __init__(self, zones: StoredZones, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._zones = zones
        self._known = ByTeam[str](FRESH_SECONDS, _MOST, monotonic)

    def of(self, team: str) -> str:
        """Return the zone of a team, "" where it has none of its own, or none is known."""
        zone = self._known.fresh(team)
        if zone is not None:
            return zone
        try:
            zone = self._zones.of(team)
        except StateError as error:
            _log.warning(
                "a workspace's time zone cannot be looked up", extra={"team": team, "error": str(error)}
            )
            zone = self._known.last(team) or ""
        self._known.keep(team, zone)
        return zone

    def begin(self, team: str, zone: str) -> None:
        """Have the team's be `zone` unless it has one, at once. StateError."""
        self._zones.begin(team, zone)
        self._known.forget(team)
