"""The port Subscriptions, on state.db."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, true, update

from bot.state.database.statements import first
from bot.state.digests.changes import change_of, noted
from bot.state.digests.planning import (
    as_row,
    from_row,
    is_slot_of,
    moment,
    plan_next,
    plan_of,
    replan,
    save_and_replan,
    subscription_row,
    unplan,
)
from bot.state.errors import UnavailableError
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, deliveries, digest_changes, subscriptions
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
# What a damaged disk may have made of an id is no number to count on from.
_LONGEST_ID: Final = 10


class StoredSubscriptions:
    """Every change is one transaction with what is planned for it. Ids are numbers, never given twice."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, new: Subscription, now: datetime) -> Subscription:
        """Keep a new subscription, whose first slot is the next one after `now`; return it with its id."""
        with self._store.writing(new.team) as db:
            ids = db.execute(select(subscriptions.c.id).where(subscriptions.c.team_id == new.team)).scalars()
            taken = max(
                (
                    int(one)
                    for one in ids
                    if isinstance(one, str) and one.isdecimal() and len(one) < _LONGEST_ID
                ),
                default=0,
            )
            kept = replace(new, id=str(taken + 1), version=1, created_at=now, edited_at=now)
            db.execute(insert(subscriptions).values(as_row(kept, now)))
            plan_next(db, kept, now)
        return kept

    def edit(self, changed: Subscription, now: datetime, note: Note | None = None) -> Subscription | Conflict:
        """Put `changed` in place of the version it was made from and return it; Conflict where another one stands."""
        with self._store.writing(changed.team) as db:
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

    def teams(self) -> tuple[str, ...]:
        """Return the teams that have digests."""
        has = select(subscriptions.c.team_id).where(subscriptions.c.removed_at.is_(None)).distinct()
        return tuple(sorted(str(row["team_id"]) for row in self._store.rows(EVERY_TEAM, has)))

    def get(self, team: str, subscription: str) -> Subscription | None:
        """Return the subscription, None where there is none, it was removed or cannot be read."""
        with self._store.reading(team) as db:
            row = subscription_row(db, team, subscription)
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
        except UnavailableError as error:
            raise UnreadableError from error
        return tuple(self._store.unreadable.each("subscriptions", rows, from_row))

    def ended(
        self, team: str, *, channel: str = "", owner: str = "", digest: str = ""
    ) -> tuple[EndedDigest, ...]:
        """Return the team's subscriptions that were removed, those of a channel, an owner or an id if asked, the newest first."""
        ended = select(subscriptions).where(
            subscriptions.c.team_id == team, subscriptions.c.removed_at.is_not(None), _among(channel, owner),
            subscriptions.c.id == digest if digest else true(),
        )  # fmt: skip
        rows = self._store.rows(team, ended.order_by(subscriptions.c.removed_at.desc()))
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
        with self._store.writing(team) as db:
            row = subscription_row(db, team, subscription)
            if row is None:
                return None
            is_to_come = and_(deliveries.c.state == "planned", deliveries.c.due_at > now.timestamp())
            found = db.execute(
                select(func.min(deliveries.c.slot)).where(is_slot_of(team, subscription), is_to_come)
            ).scalar()
            if found is None:
                return None
            left_out = {"state": "skipped", "why": SKIPPED, "not_before": None}
            db.execute(update(deliveries).where(is_slot_of(team, subscription, found)).values(left_out))
            plan_next(db, from_row(row), moment(found))
            return moment(found)

    def unskip(
        self, team: str, subscription: str, now: datetime, only: Sequence[date] = ()
    ) -> tuple[datetime, ...]:
        """Have the slots to come that were left out come after all, of those of the local days in `only` if there are any; return
        them."""
        with self._store.writing(team) as db:
            row = subscription_row(db, team, subscription)
            if row is None:
                return ()
            is_left_out = and_(
                deliveries.c.state == "skipped", deliveries.c.why == SKIPPED, deliveries.c.attempt == 0,
                deliveries.c.due_at > now.timestamp(),
            )  # fmt: skip
            slots = select(deliveries.c.slot).where(is_slot_of(team, subscription), is_left_out)
            zone = ZoneInfo(from_row(row).zone)
            skipped = [
                at
                for at in db.execute(slots.order_by(deliveries.c.slot)).scalars().all()
                if not only or moment(at).astimezone(zone).date() in only
            ]
            for at in skipped:
                is_it = is_slot_of(team, subscription, at)
                # One that waits for the end of quiet hours is planned as it was; a later one is planned in its turn.
                if at > now.timestamp():
                    db.execute(delete(deliveries).where(is_it))
                else:
                    again = {"state": "planned", "why": "", "not_before": deliveries.c.due_at}
                    db.execute(update(deliveries).where(is_it).values(again))
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
        with self._store.writing(team) as db:
            row = subscription_row(db, team, subscription)
            if row is None:
                return None
            kept = replace(from_row(row), round_since=now)
            db.execute(update(subscriptions).where(_is(team, subscription)).values(plan=plan_of(kept)))
            noted(db, team, subscription, now, note)
            return kept

    def remove(self, team: str, subscription: str, now: datetime, note: Note | None = None) -> bool:
        """End it, whether it can be read or not; its delivery record stays. Say whether there was one."""
        with self._store.writing(team) as db:
            if subscription_row(db, team, subscription) is None:
                return False
            unplan(db, team, subscription, now, "unsubscribed")
            noted(db, team, subscription, now, note)
            db.execute(
                update(subscriptions).where(_is(team, subscription)).values(removed_at=now.timestamp())
            )
            return True

    def revive(
        self, team: str, subscription: str, now: datetime, note: Note | None = None
    ) -> Subscription | None:
        """Have one that was removed run again, whether it was paused or not, with its record; the first slot is the next one
        after `now`.

        Return it as it stands then, None where none of that id was removed.
        """
        with self._store.writing(team) as db:
            is_ended = subscriptions.c.removed_at.is_not(None)
            row = first(db, select(subscriptions).where(_is(team, subscription), is_ended))
            if row is None:
                return None
            db.execute(update(subscriptions).where(_is(team, subscription)).values(removed_at=None))
            noted(db, team, subscription, now, note)
            running = replace(from_row(row), paused=False, paused_until=None, pause_reason="")
            return save_and_replan(db, running, now, "taken up again only after it")

    def changes(self, team: str, subscription: str, limit: int = 20) -> tuple[Change, ...]:
        """Return what was done to a subscription, removed or not, the newest first."""
        made = select(digest_changes).where(
            digest_changes.c.team_id == team, digest_changes.c.subscription == subscription
        )
        rows = self._store.rows(team, made.order_by(digest_changes.c.seq.desc()).limit(limit))
        return tuple(self._store.unreadable.each("digest_changes", rows, change_of))

    def replan(self, team: str, now: datetime, is_over: Callable[[], bool] = lambda: False) -> None:
        """Put what is planned for every running subscription right for the clock and the zones of now, until `is_over`.

        One that cannot be read or planned is left as it is.
        """
        running = select(subscriptions.c.id).where(
            subscriptions.c.team_id == team, subscriptions.c.removed_at.is_(None), subscriptions.c.paused == 0
        )
        rows = self._store.rows(team, running)
        for start in range(0, len(rows), REPLANNED_AT_ONCE):
            if is_over():
                return
            with self._store.writing(team) as db:
                for row in rows[start : start + REPLANNED_AT_ONCE]:
                    self._replan(db, row["id"], team, now)

    def _replan(self, db: Connection, subscription: str, team: str, now: datetime) -> None:
        # Read again: it may have been changed since the list was made.
        row = subscription_row(db, team, subscription)
        if row is None or row["paused"]:
            return
        kept = self._read(row)
        if kept is not None:
            replan(db, kept, moment(row["since"]), now)

    def _read(self, row: Row) -> Subscription | None:
        return self._store.unreadable.one("subscriptions", row, from_row)

    def _rows(self, team: str, channel: str, owner: str) -> list[Row]:
        running = select(subscriptions).where(
            subscriptions.c.team_id == team, subscriptions.c.removed_at.is_(None), _among(channel, owner)
        )
        # As numbers: of two the longer is the later.
        return self._store.rows(team, running.order_by(func.length(subscriptions.c.id), subscriptions.c.id))

    def _change(
        self,
        team: str,
        subscription: str,
        change: Callable[[Subscription], Subscription],
        now: datetime,
        why: str,
        note: Note | None,
    ) -> Subscription | None:
        with self._store.writing(team) as db:
            row = subscription_row(db, team, subscription)
            if row:
                noted(db, team, subscription, now, note)
            return save_and_replan(db, change(from_row(row)), now, why) if row else None


def _ended(row: Row) -> EndedDigest:
    return EndedDigest(from_row(row), moment(row["removed_at"]))


def _is(team: str, subscription: str) -> ColumnElement[bool]:
    return and_(subscriptions.c.team_id == team, subscriptions.c.id == subscription)


def _among(channel: str, owner: str) -> ColumnElement[bool]:
    """Return the condition for the subscriptions of a channel and of an owner; "" asks for none."""
    return and_(
        subscriptions.c.channel == channel if channel else true(),
        subscriptions.c.owner == owner if owner else true(),
    )
