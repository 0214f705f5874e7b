"""The port Deliveries, on state.db: what became of every slot, for people to read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.state.digests.planning import moment, round_since, subscription_row
from bot.state.store import Store
from bot.state.unreadable import strings
from handlers.digests.selection import AGAIN
from handlers.subscription import Delivery, Reliability


class StoredDeliveries:
    """Reads the ledger; changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def history(self, team: str, subscription: str, limit: int = 20) -> tuple[Delivery, ...]:
        """Return the newest deliveries, newest first, the planned one among them."""
        rows = self._store.connection().query(
            "SELECT *, (SELECT CASE WHEN json_valid(plan) THEN json_extract(plan, '$.zone') END FROM subscriptions AS digest"
            " WHERE digest.team_id = deliveries.team_id AND digest.id = deliveries.subscription) AS zone"
            " FROM deliveries WHERE team_id = ? AND subscription = ? AND part = 'digest' ORDER BY slot DESC LIMIT ?",
            [team, subscription, limit],
        )
        return tuple(self._store.unreadable.each("deliveries", rows, _delivery))

    def reliability(
        self, team: str, subscriptions: tuple[str, ...], since: datetime | None = None
    ) -> Reliability:
        """Return how the slots (from `since` on) of these subscriptions ended."""
        rows = self._store.connection().query(
            "SELECT state, count(*) AS slots FROM deliveries WHERE team_id = ? AND part = 'digest'"
            " AND slot >= ? AND subscription IN (SELECT value FROM json_each(?)) GROUP BY state",
            [team, since.timestamp() if since else 0, json.dumps(subscriptions)],
        )
        counts = {row["state"]: row["slots"] for row in rows}
        ends = ("late", "skipped", "missed", "failed", "unknown")
        return Reliability(on_time=counts.get("posted", 0), **{end: counts.get(end, 0) for end in ends})

    def posted_facts(self, team: str, subscription: str) -> tuple[str, ...]:
        """Return what its digests showed, oldest first; those in hand or of unknown outcome count."""
        rows = self._store.connection().query(
            "SELECT subscription, slot, part, since, facts FROM deliveries WHERE team_id = ? AND subscription = ? AND part = 'digest'"
            " AND state IN ('claimed', 'posted', 'late', 'unknown') ORDER BY slot",
            [team, subscription],
        )
        shown = self._store.unreadable.each(
            "deliveries", rows, lambda row: (row["since"] or row["slot"], strings(row["facts"]))
        )
        again = self._again(team, subscription)
        told = tuple(shown)
        before = (fact for at, facts in told if at <= again for fact in facts)
        after = (fact for at, facts in told if at > again for fact in facts)
        return (*before, *((AGAIN,) if again else ()), *after)

    def _again(self, team: str, subscription: str) -> float:
        """Return since when a round of its facts counts, 0 where nobody had it start over."""
        row = subscription_row(self._store.connection(), team, subscription)
        try:
            return round_since(row["plan"]) if row else 0.0
        except (ValueError, AttributeError):
            # What cannot be read is not posted either.
            return 0.0


def _delivery(row: Mapping[str, Any]) -> Delivery:
    return Delivery(
        subscription=row["subscription"],
        slot=moment(row["slot"]),
        label=row["label"],
        state=row["state"],
        since=moment(row["since"]) if row["since"] is not None else None,
        ts=row["ts"],
        why=row["why"],
        facts=strings(row["facts"]),
        zone=row["zone"] or "",
    )
