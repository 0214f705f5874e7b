"""The port Subscriptions, on state.db."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from bot.state.digests.changes import change_of, noted
from bot.state.digests.planning import (
    as_row,
    from_row,
    moment,
    plan_next,
    plan_of,
    replan,
    save_and_replan,
    subscription_row,
    unplan,
)
from bot.state.store import Store
from bot.state.unreadable import Row
from handlers.ports import UnreadableError
from handlers.subscription import (
    SKIPPED,
    Change,
    Conflict,
    EndedDigest,
    Note,
    Subscription,
    UnreadableDigest,
)

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
                "SELECT max(CAST(id AS INTEGER)) FROM subscriptions WHERE team_id = ? AND length(id) < 10",
                [new.team],
            ).fetchone()[0]
            kept = replace(new, id=str((taken or 0) + 1), version=1, created_at=now, edited_at=now)
            db.table("subscriptions").insert({**as_row(kept, now), "removed_at": None})
            plan_next(db, kept, now)
        return kept

    def edit(self, changed: Subscription, now: datetime, note: Note | None = None) -> Subscription | Conflict:
        """Put `changed` in place of the version it was made from and return it; Conflict where another one stands."""
        with self._store.writing() as db:
            row = subscription_row(db, changed.team, changed.id)
            if row is None or row["version"] != changed.version:
                return Conflict(self._read(row) if row else None)
            before = self._read(row)
            created = replace(
                changed,
                created_at=moment(row["created_at"]),
                round_since=before.round_since if before else None,
            )
            noted(db, changed.team, changed.id, now, note)
            return save_and_replan(db, created, now, "the subscription was changed first", before)

    def get(self, team: str, subscription: str) -> Subscription | None:
        """Return the subscription, None where there is none, it was removed or cannot be read."""
        row = subscription_row(self._store.connection(), team, subscription)
        return self._read(row) if row else None

    def listed(
        self, team: str, *, channel: str = "", owner: str = "", promptly: bool = False
    ) -> tuple[Subscription, ...]:
        """Return the team's subscriptions, oldest first, those of a channel or an owner if asked.

        UnreadableError while another program holds state.db, for which it waits less where it is to be read `promptly`.
        """
        try:
            with self._store.promptly() if promptly else nullcontext():
                rows = self._rows(team, channel, owner)
        except sqlite3.OperationalError as error:
            raise UnreadableError from error
        return tuple(self._store.unreadable.each("subscriptions", rows, from_row))

    def ended(
        self, team: str, *, channel: str = "", owner: str = "", digest: str = ""
    ) -> tuple[EndedDigest, ...]:
        """Return the team's subscriptions that were removed, those of a channel, an owner or an id if asked, the newest first."""
        rows = self._store.connection().query(
            "SELECT * FROM subscriptions WHERE team_id = :team AND removed_at IS NOT NULL AND :id IN ('', id)"
            " AND :channel IN ('', channel) AND :owner IN ('', owner) ORDER BY removed_at DESC",
            {"team": team, "channel": channel, "owner": owner, "id": digest},
        )
        return tuple(self._store.unreadable.each("subscriptions", rows, _ended))

    def unreadable(self, team: str, *, channel: str = "", owner: str = "") -> tuple[UnreadableDigest, ...]:
        """Return those of the same that cannot be read, as far as they can be named."""
        lost = [row for row in self._rows(team, channel, owner) if self._read(row) is None]
        return tuple(
            UnreadableDigest(*(str(row[name]) for name in ("id", "channel", "owner"))) for row in lost
        )

    def pause(
        self,
        team: str,
        subscription: str,
        now: datetime,
        *,
        until: date | None = None,
        reason: str = "asked",
        note: Note | None = None,
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
            note,
        )

    def resume(
        self, team: str, subscription: str, now: datetime, note: Note | None = None
    ) -> Subscription | None:
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
            note,
        )

    def skip(self, team: str, subscription: str, now: datetime) -> datetime | None:
        """Leave out the next planned slot that is not due yet and return it; None where none is planned."""
        with self._store.writing() as db:
            row = subscription_row(db, team, subscription)
            if row is None:
                return None
            found = db.execute(
                "SELECT min(slot) FROM deliveries WHERE team_id = ? AND subscription = ? AND part = 'digest'"
                " AND state = 'planned' AND due_at > ?",
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

    def unskip(
        self, team: str, subscription: str, now: datetime, only: Sequence[date] = ()
    ) -> tuple[datetime, ...]:
        """Have the slots to come that were left out come after all, of those of the local days in `only` if there are any; return
        them."""
        with self._store.writing() as db:
            row = subscription_row(db, team, subscription)
            if row is None:
                return ()
            rows = db.execute(
                "SELECT slot FROM deliveries WHERE team_id = ? AND subscription = ? AND part = 'digest'"
                " AND state = 'skipped' AND why = ? AND attempt = 0 AND due_at > ? ORDER BY slot",
                [team, subscription, SKIPPED, now.timestamp()],
            )
            zone = ZoneInfo(from_row(row).zone)
            skipped = [
                at for (at,) in rows.fetchall() if not only or moment(at).astimezone(zone).date() in only
            ]
            for at in skipped:
                # One that waits for the end of quiet hours is planned as it was; a later one is planned in its turn.
                db.execute(
                    "DELETE FROM deliveries WHERE team_id = ? AND subscription = ? AND part = 'digest' AND slot = ?"
                    if at > now.timestamp()
                    else "UPDATE deliveries SET state = 'planned', why = '', not_before = due_at WHERE team_id = ?"
                    " AND subscription = ? AND part = 'digest' AND slot = ?",
                    [team, subscription, at],
                )
            if skipped:
                # What comes next is earlier now: that alone is planned.
                replan(db, from_row(row), now, now)
            return tuple(map(moment, skipped))

    def start_over(
        self, team: str, subscription: str, now: datetime, note: Note | None = None
    ) -> Subscription | None:
        """Have a new round of its facts begin with the next run.

        Return it as it stands then, None where there is none.
        """
        with self._store.writing() as db:
            row = subscription_row(db, team, subscription)
            if row is None:
                return None
            kept = replace(from_row(row), round_since=now)
            db.table("subscriptions").update((team, subscription), {"plan": plan_of(kept)})
            noted(db, team, subscription, now, note)
            return kept

    def remove(self, team: str, subscription: str, now: datetime, note: Note | None = None) -> bool:
        """End it, whether it can be read or not; its delivery record stays. Say whether there was one."""
        with self._store.writing() as db:
            if subscription_row(db, team, subscription) is None:
                return False
            unplan(db, team, subscription, now, "unsubscribed")
            noted(db, team, subscription, now, note)
            db.execute(
                "UPDATE subscriptions SET removed_at = ? WHERE team_id = ? AND id = ?",
                [now.timestamp(), team, subscription],
            )
            return True

    def revive(
        self, team: str, subscription: str, now: datetime, note: Note | None = None
    ) -> Subscription | None:
        """Have one that was removed run again, whether it was paused or not, with its record; the first slot is the next one
        after `now`.

        Return it as it stands then, None where none of that id was removed.
        """
        with self._store.writing() as db:
            row = next(
                db.query(
                    "SELECT * FROM subscriptions WHERE team_id = ? AND id = ? AND removed_at IS NOT NULL",
                    [team, subscription],
                ),
                None,
            )
            if row is None:
                return None
            db.table("subscriptions").update((team, subscription), {"removed_at": None})
            noted(db, team, subscription, now, note)
            running = replace(from_row(row), paused=False, paused_until=None, pause_reason="")
            return save_and_replan(db, running, now, "taken up again only after it")

    def changes(self, team: str, subscription: str, limit: int = 20) -> tuple[Change, ...]:
        """Return what was done to a subscription, removed or not, the newest first."""
        rows = self._store.connection().query(
            "SELECT * FROM digest_changes WHERE team_id = ? AND subscription = ? ORDER BY seq DESC LIMIT ?",
            [team, subscription, limit],
        )
        return tuple(self._store.unreadable.each("digest_changes", rows, change_of))

    def replan(self, team: str, now: datetime) -> None:
        """Put what is planned for every running subscription right for the clock and the zones of now.

        One that cannot be read or planned is left as it is.
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
        kept = self._read(row)
        if kept is not None:
            replan(db, kept, moment(row["since"]), now)

    def _read(self, row: Row) -> Subscription | None:
        return self._store.unreadable.one("subscriptions", row, from_row)

    def _rows(self, team: str, channel: str, owner: str) -> list[dict[str, Any]]:
        rows = self._store.connection().query(
            "SELECT * FROM subscriptions WHERE team_id = :team AND removed_at IS NULL"
            " AND :channel IN ('', channel) AND :owner IN ('', owner) ORDER BY CAST(id AS INTEGER)",
            {"team": team, "channel": channel, "owner": owner},
        )
        return list(rows)

    def _change(
        self,
        team: str,
        subscription: str,
        change: Callable[[Subscription], Subscription],
        now: datetime,
        why: str,
        note: Note | None,
    ) -> Subscription | None:
        with self._store.writing() as db:
            row = subscription_row(db, team, subscription)
            if row:
                noted(db, team, subscription, now, note)
            return save_and_replan(db, change(from_row(row)), now, why) if row else None


def _ended(row: Row) -> EndedDigest:
    return EndedDigest(from_row(row), moment(row["removed_at"]))
