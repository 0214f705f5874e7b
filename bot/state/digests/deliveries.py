"""The port Deliveries, on state.db: what became of every slot, for people to read."""

from __future__ import annotations

import json
import math
from datetime import datetime

from sqlalchemy import and_, func, select

from bot.state.digests.planning import DIGEST, is_slot_of, moment, round_since, subscription_row
from bot.state.store import Store
from bot.state.tables.schema import deliveries, subscriptions, teams
from bot.state.unreadable import Row, strings
from handlers.digests.selection import AGAIN
from handlers.subscription import Delivery, Reliability


class StoredDeliveries:
    """Reads the ledger; changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def history(self, team: str, subscription: str, limit: int = 20) -> tuple[Delivery, ...]:
        """Return the newest deliveries, newest first, the planned one among them."""
        newest = select(deliveries).where(is_slot_of(team, subscription)).order_by(deliveries.c.slot.desc())
        rows = self._store.rows(team, newest.limit(limit))
        zone = self._zone(team, subscription)
        return tuple(self._store.unreadable.each("deliveries", rows, lambda row: _delivery(row, zone)))

    def _zone(self, team: str, subscription: str) -> str:
        """Return the zone of a subscription, ended or not; "" where there is none or it cannot be read."""
        is_it = (subscriptions.c.team_id == team, subscriptions.c.id == subscription)
        row = self._store.row(team, select(subscriptions.c.plan).where(*is_it))
        try:
            zone = json.loads(row["plan"]).get("zone") if row else ""
        except (ValueError, AttributeError):
            return ""
        return zone if isinstance(zone, str) else ""

    def reliability(
        self, team: str, subscriptions: tuple[str, ...], since: datetime | None = None
    ) -> Reliability:
        """Return how the slots (from `since` on) of these subscriptions ended."""
        of_these = and_(
            deliveries.c.team_id == team, deliveries.c.part == DIGEST, deliveries.c.subscription.in_(subscriptions),
            deliveries.c.slot >= (math.ceil(since.timestamp()) if since else 0),
        )  # fmt: skip
        counted = select(deliveries.c.state, func.count().label("slots")).where(of_these)
        rows = self._store.rows(team, counted.group_by(deliveries.c.state))
        counts = {row["state"]: row["slots"] for row in rows}
        ends = ("late", "skipped", "missed", "failed", "unknown")
        return Reliability(on_time=counts.get("posted", 0), **{end: counts.get(end, 0) for end in ends})

    def posted_facts(self, team: str, subscription: str) -> tuple[str, ...]:
        """Return what its digests showed, oldest first; those in hand or of unknown outcome count."""
        columns = (deliveries.c[name] for name in ("subscription", "slot", "part", "since", "facts"))
        may_be_there = deliveries.c.state.in_(("claimed", "posted", "late", "unknown"))
        posted = select(*columns).where(is_slot_of(team, subscription), may_be_there)
        rows = self._store.rows(team, posted.order_by(deliveries.c.slot))
        shown = self._store.unreadable.each(
            "deliveries", rows, lambda row: (row["since"] or row["slot"], strings(row["facts"]))
        )
        again = self._again(team, subscription)
        told = tuple(shown)
        before = (fact for at, facts in told if at <= again for fact in facts)
        after = (fact for at, facts in told if at > again for fact in facts)
        return (*before, *((AGAIN,) if again else ()), *after)

    def is_stopped(self, team: str) -> bool:
        """Say whether nothing is posted for the team, since Slack does not take the bot's token."""
        return self._store.row(team, select(teams.c.team_id).where(teams.c.team_id == team)) is not None

    def _again(self, team: str, subscription: str) -> float:
        """Return since when a round of its facts counts, 0 where nobody had it start over."""
        with self._store.reading(team) as db:
            row = subscription_row(db, team, subscription)
        try:
            return round_since(row["plan"]) if row else 0.0
        except (ValueError, AttributeError):
            # What cannot be read is not posted either.
            return 0.0


def _delivery(row: Row, zone: str) -> Delivery:
    return Delivery(
        subscription=row["subscription"],
        slot=moment(row["slot"]),
        label=row["label"],
        state=row["state"],
        since=moment(row["since"]) if row["since"] is not None else None,
        ts=row["ts"],
        why=row["why"],
        facts=strings(row["facts"]),
        zone=zone,
    )
