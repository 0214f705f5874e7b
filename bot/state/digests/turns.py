"""Whose turn it is to deliver a team's digests: one process at a time works for a team, and many for many teams.

What Slack allows a team is then kept by the one that works for it. A turn is no claim: what may be posted is decided by the
ledger, whoever has the turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_, select, update

from bot.state.database.statements import first, insert_each_if_new
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, deliveries, teams, turns

HELD: Final = timedelta(seconds=30)
"""So long a turn lasts unless it is renewed: of a process that died others take it up then."""
_FREE: Final = 0.0
# Teams that are looked at for one that is free: more than processes have in hand together.
_CANDIDATES: Final = 100


@dataclass(frozen=True, slots=True)
class Turn:
    """A team's turn; before `read_after` Slack wants none of its channels read."""

    team: str
    read_after: datetime


class StoredTurns:
    """Turns as one process takes them; `owner` names it among those that ever ran."""

    def __init__(self, store: Store, owner: str) -> None:
        self._store = store
        self._owner = owner
        self._with_rows: set[str] = set()

    def due(self, now: datetime, lease: timedelta) -> tuple[str, ...]:
        """Return teams that something is to be done for by `now` and that nobody works for, the longest waiting first: since it was
        due, or since their last turn, whichever is later.

        None that removed the app is among them. A claim is stale after `lease`: see `Ledger.expire_leases`.
        """
        at = now.timestamp()
        is_due = and_(deliveries.c.state.in_(("planned", "unknown")), deliveries.c.not_before <= at)
        # Written out, so that the databases know the index of such rows by it.
        is_left = and_(deliveries.c.state == literal_column("'claimed'"), is_stale(now, lease))
        since = case((deliveries.c.state == "claimed", deliveries.c.since), else_=deliveries.c.not_before)
        first_due, last = func.min(since), func.max(func.coalesce(turns.c.held_until, _FREE))
        query = (
            select(deliveries.c.team_id)
            .outerjoin(turns, turns.c.team_id == deliveries.c.team_id)
            .outerjoin(teams, teams.c.team_id == deliveries.c.team_id)
            .where(or_(is_due, is_left), teams.c.purge_at.is_(None))
            .where(or_(turns.c.held_until.is_(None), turns.c.held_until <= at))
            .group_by(deliveries.c.team_id)
            .order_by(case((last > first_due, last), else_=first_due), deliveries.c.team_id)
            .limit(_CANDIDATES)
        )
        return tuple(str(row["team_id"]) for row in self._store.rows(EVERY_TEAM, query))

    def take(self, among: Sequence[str], now: datetime) -> Turn | None:
        """Take the turn of the first of these teams that nobody works for and nobody else is just taking, until HELD from `now`;
        return it, None where there is none.
        """
        if not among:
            return None
        is_free = and_(turns.c.team_id.in_(among), turns.c.held_until <= now.timestamp())
        order = case({team: place for place, team in enumerate(among)}, value=turns.c.team_id)
        query = select(turns).where(is_free).order_by(order).limit(1).with_for_update(skip_locked=True)
        # A team that nobody has worked for yet has no row to lock, nor has one whose rows were purged.
        # In order: two that insert the same rows at once wait for each other.
        new = sorted(team for team in among if team not in self._with_rows)
        with self._store.taking(EVERY_TEAM) as db:
            if new:
                insert_each_if_new(db, turns, [_free(team) for team in new])
            found = first(db, query)
            held = {"held_by": self._owner, "held_until": (now + HELD).timestamp()}
            if found is not None:
                db.execute(update(turns).where(turns.c.team_id == found["team_id"]).values(held))
        self._with_rows.update(new)
        team = str(found["team_id"]) if found else ""
        # Of those that were not to be had the rows may be gone.
        self._with_rows.difference_update(among[: among.index(team)] if team else among)
        return Turn(team, datetime.fromtimestamp(found["read_after"], UTC)) if found else None

    def renew(self, held: Iterable[str], now: datetime) -> None:
        """Hold these turns, where they are this process's still, until HELD from `now`."""
        mine = and_(turns.c.team_id.in_(tuple(held)), turns.c.held_by == self._owner)
        with self._store.taking(EVERY_TEAM) as db:
            db.execute(update(turns).where(mine).values(held_until=(now + HELD).timestamp()))

    def end(self, team: str, free_at: datetime, read_after: datetime) -> None:
        """Give a turn back, for whoever comes from `free_at` on."""
        mine = and_(turns.c.team_id == team, turns.c.held_by == self._owner)
        with self._store.taking(team) as db:
            # Nobody's from then on: a renewal that was on its way holds it no longer.
            given = {
                "held_by": "",
                "held_until": free_at.timestamp(),
                "read_after": read_after.timestamp(),
            }
            db.execute(update(turns).where(mine).values(given))


def _free(team: str) -> dict[str, str | float]:
    return {"team_id": team, "held_by": "", "held_until": _FREE, "read_after": _FREE}


def is_stale(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """Return what says of a claim whether nobody can still be working on it, or it was made by a clock that has been put back since."""
    since = deliveries.c.since
    return or_(since < (now - lease).timestamp(), since > (now + lease).timestamp())
