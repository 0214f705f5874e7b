"""How much of all teams' digests is not over, for whoever keeps the bot running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, literal_column, not_, or_, select

from bot.state.digests.ledger import QUIET
from bot.state.digests.planning import DIGEST
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, deliveries, teams


@dataclass(frozen=True, slots=True)
class Backlog:
    """Digests that are due and not posted, whatever they wait for; `late` ones among them, but for those that wait for a morning as
    somebody wished, and those of a team whose work is stopped; those that a process is posting; those of which nobody knows yet
    whether they are posted.
    """

    due: int = 0
    late: int = 0
    posting: int = 0
    unknown: int = 0


class StoredBacklog:
    """Counts, and changes nothing. None of a team that removed the app is counted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def at(self, now: datetime, late_after: timedelta) -> Backlog:
        """Return how it stands `now`; StateError. What was due over `late_after` ago is late."""
        at = now.timestamp()
        # Written as the indexes of such rows are.
        is_waiting = and_(
            deliveries.c.not_before.is_not(None), deliveries.c.state.in_(("planned", "unknown"))
        )
        is_open = or_(
            and_(is_waiting, or_(deliveries.c.state == "unknown", deliveries.c.due_at <= at)),
            deliveries.c.state == literal_column("'claimed'"),
        )
        is_quiet = and_(deliveries.c.why == QUIET, deliveries.c.not_before > at)
        is_late = and_(
            deliveries.c.due_at < (now - late_after).timestamp(), not_(is_quiet), teams.c.team_id.is_(None)
        )
        counted = (
            select(
                deliveries.c.state,
                func.count().label("digests"),
                func.sum(case((is_late, 1), else_=0)).label("late"),
            )
            .outerjoin(teams, teams.c.team_id == deliveries.c.team_id)
            .where(is_open, deliveries.c.part == DIGEST, teams.c.purge_at.is_(None))
            .group_by(deliveries.c.state)
        )
        found = {row["state"]: row for row in self._store.rows(EVERY_TEAM, counted)}

        def count(state: str, what: str = "digests") -> int:
            return int(found[state][what]) if state in found else 0

        return Backlog(count("planned"), count("planned", "late"), count("claimed"), count("unknown"))
