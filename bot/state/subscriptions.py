"""The port Subscriptions, on state.db."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

from sqlite_utils import Database

from bot.state.planning import as_row, from_row, moment, plan_next, replan, subscription_row, unplan
from bot.state.store import Store
from handlers.subscription import Conflict, Subscription

_log = logging.getLogger(__name__)

SKIPPED: Final = "asked to skip it"
# A write lock held for longer would keep commands waiting.
REPLANNED_AT_ONCE: Final = 50


class StoredSubscriptions:
    """Every change is one transaction with what is planned for it. Ids are numbers, never given twice."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, new: Subscription, now: datetime) -> Subscription:
        """Keep a new subscription, whose first slot is the next one after `now`; return it with its id."""
        with self._store.writing() as db:
            taken = db.execute(
                "SELECT max(CAST(id AS INTEGER)) FROM subscriptions WHERE team_id = ?", [new.team]
            ).fetchone()[0]
            kept = replace(new, id=str((taken or 0) + 1), version=1, created_at=now, edited_at=now)
            db.table("subscriptions").insert({**as_row(kept, now), "removed_at": None})
            plan_next(db, kept, now)
        return kept

    def edit(self, changed: Subscription, now: datetime) -> Subscription | Conflict:
        """Put `changed` in place of the version it was made from and return it; Conflict where another one stands."""
        with self._store.writing() as db:
            row = subscription_row(db, changed.team, changed.id)
            if row is None or row["version"] != changed.version:
                return Conflict(from_row(row) if row else None)
            created = replace(changed, created_at=moment(row["created_at"]))
            return save_and_replan(db, created, now, "the subscription was changed first")

    def get(self, team: str, subscription: str) -> Subscription | None:
        """Return the subscription, None where there is none or it was removed."""
        row = subscription_row(self._store.connection(), team, subscription)
        return from_row(row) if row else None

    def listed(self, team: str, *, channel: str = "", owner: str = "") -> tuple[Subscription, ...]:
        """Return the team's subscriptions, oldest first, those of a channel or an owner if asked."""
        rows = self._store.connection().query(
            "SELECT * FROM subscriptions WHERE team_id = :team AND removed_at IS NULL"
            " AND :channel IN ('', channel) AND :owner IN ('', owner) ORDER BY CAST(id AS INTEGER)",
            {"team": team, "channel": channel, "owner": owner},
        )
        return tuple(map(from_row, rows))

    def pause(
        self, team: str, subscription: str, now: datetime, *, until: date | None = None, reason: str = "asked"
    ) -> Subscription | None:
        """Post nothing until it is resumed or, with `until`, before that local date.

        Return it as it stands then, None where there is none.
        """
        return self._change(
            team,
            subscription,
            lambda kept: replace(kept, paused=until is None, paused_until=until, pause_reason=reason),
            now,
            "paused",
        )

    def resume(self, team: str, subscription: str, now: datetime) -> Subscription | None:
        """End a pause; the first slot is the next one after `now`. One that runs is left as it is.

        Return it as it stands then, None where there is none.
        """
        running = self.get(team, subscription)
        if running is not None and not running.paused and running.paused_until is None:
            return running
        return self._change(
            team,
            subscription,
            lambda kept: replace(kept, paused=False, paused_until=None, pause_reason=""),
            now,
            "resumed only after it",
        )

    def skip(self, team: str, subscription: str, now: datetime) -> datetime | None:
        """Leave out the next planned slot and return it; None where none is planned."""
        with self._store.writing() as db:
            row = subscription_row(db, team, subscription)
            if row is None:
                return None
            found = db.execute(
                "SELECT min(slot) FROM deliveries WHERE team_id = ? AND subscription = ? AND part = 'digest'"
                " AND state = 'planned' AND slot > ?",
                [team, subscription, now.timestamp()],
            ).fetchone()[0]
            if found is None:
                return None
            db.execute(
                "UPDATE deliveries SET state = 'skipped', why = ?, not_before = NULL WHERE team_id = ?"
                " AND subscription = ? AND part = 'digest' AND slot = ?",
                [SKIPPED, team, subscription, found],
            )
            plan_next(db, from_row(row), moment(found))
            return moment(found)

    def remove(self, team: str, subscription: str, now: datetime) -> Subscription | None:
        """End it for good; its delivery record stays. Return it as it was, None where there is none."""
        with self._store.writing() as db:
            row = subscription_row(db, team, subscription)
            if row is None:
                return None
            unplan(db, team, subscription, now, "unsubscribed")
            db.execute(
                "UPDATE subscriptions SET removed_at = ? WHERE team_id = ? AND id = ?",
                [now.timestamp(), team, subscription],
            )
            return from_row(row)

    def replan(self, team: str, now: datetime) -> None:
        """Put what is planned for every running subscription right for the clock and the zones of now.

        A subscription that cannot be planned, because its zone is known no more, is logged and left.
        """
        query = "SELECT * FROM subscriptions WHERE team_id = ? AND removed_at IS NULL AND paused = 0"
        rows = list(self._store.connection().query(query, [team]))
        for start in range(0, len(rows), REPLANNED_AT_ONCE):
            with self._store.writing() as db:
                for row in rows[start : start + REPLANNED_AT_ONCE]:
                    self._replan(db, row["id"], team, now)

    def _replan(self, db: Database, subscription: str, team: str, now: datetime) -> None:
        # Read again: it may have been changed since the list was made.
        row = subscription_row(db, team, subscription)
        if row is None or row["paused"]:
            return
        try:
            replan(db, from_row(row), moment(row["since"]), now)
        except (ZoneInfoNotFoundError, ValueError) as error:
            extra = {"team": team, "subscription": subscription, "error": type(error).__name__}
            _log.error("a subscription cannot be planned", extra=extra)

    def _change(
        self,
        team: str,
        subscription: str,
        change: Callable[[Subscription], Subscription],
        now: datetime,
        why: str,
    ) -> Subscription | None:
        with self._store.writing() as db:
            row = subscription_row(db, team, subscription)
            return save_and_replan(db, change(from_row(row)), now, why) if row else None


def save_and_replan(db: Database, changed: Subscription, now: datetime, why: str) -> Subscription:
    """Write a changed subscription and plan it anew, inside a transaction; return it with its new version."""
    kept = replace(changed, version=changed.version + 1, edited_at=now)
    unplan(db, kept.team, kept.id, now, why)
    db.table("subscriptions").update((kept.team, kept.id), as_row(kept, now))
    plan_next(db, kept, now)
    return kept
