"""The ledger that digests are delivered by: every step is one transaction, committed before the next.

A row is claimed before Slack is called and settled after it. Whoever comes back with an answer, or with what
they read in the channel, changes the row only if it is still the attempt they mean.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, Literal

from sqlalchemy import Connection, and_, case, func, select, update

from bot.plural import plural
from bot.ports import Clock
from bot.state.database.statements import rows
from bot.state.digests import delivery_rows
from bot.state.digests.delivery_rows import DeliveryRow
from bot.state.digests.planning import (
    DIGEST,
    HOLIDAY,
    from_row,
    insert,
    is_slot_of,
    moment,
    plan_next,
    save_and_replan,
    second,
    subscription_row,
)
from bot.state.digests.turns import is_stale
from bot.state.store import Store
from bot.state.tables.schema import deliveries
from bot.state.unreadable import Row
from handlers.digests.schedule import HORIZON, after_quiet, slots
from handlers.subscription import Subscription

THREAD: Final = "thread"
SPACING: Final = timedelta(seconds=1.1)
"""Between claims in a channel. Slack takes one message a second there, now and then a few more
(docs.slack.dev/apis/web-api/rate-limits); the rest is for the time between a claim and its call.
"""
QUIET: Final = "put off by quiet hours"
SUPERSEDED: Final = "not posted in time; a newer digest stands for it"
LEFT_BEHIND: Final = "the process that was posting it ended"
# How long a slot waits whose digest cannot be read.
UNREAD: Final = timedelta(hours=1)
NOT_THERE: Final = "an earlier attempt is not in the channel"


@dataclass(slots=True)
class _Ends:
    """A transaction, and how the digests ended that end in it."""

    db: Connection
    told: list[str] = field(default_factory=list)

    def end(self, row: DeliveryRow, state: str, why: str) -> bool:
        """Record the last word on a row; say whether it was still open."""
        was_open = delivery_rows.end(self.db, row, state, why)
        if was_open:
            self.note(row, state)
        return was_open

    def note(self, row: DeliveryRow, state: str) -> None:
        """Note how a row ended that is recorded to be over."""
        if row.part == DIGEST:
            self.told.append(state)


class Ledger:
    """Who may post what, and what came of it. Any number of processes may use it at once.

    `ended` is told how each digest ends that this one brings to its end, once that is recorded.
    """

    def __init__(self, store: Store, owner: str, ended: Callable[[str], None] = lambda end: None) -> None:
        self._store = store
        self.owner = owner
        self._ended = ended

    def patiently(self) -> AbstractContextManager[None]:
        """Yield nothing; within it this thread waits longer for others than usual."""
        return self._store.patiently()

    # -- what there is to do ------------------------------------------------------------------------------
    def due(self, team: str, now: datetime, limit: int) -> list[DeliveryRow]:
        """Return what is to be posted or looked for by `now`: digests first, then the longest due."""
        is_due = and_(
            deliveries.c.team_id == team, deliveries.c.state.in_(("planned", "unknown")),
            deliveries.c.not_before <= now.timestamp(),
        )  # fmt: skip
        order = (
            case((deliveries.c.part == DIGEST, 0), else_=1),
            deliveries.c.not_before,
            deliveries.c.due_at,
        )
        found = self._store.rows(team, select(deliveries).where(is_due).order_by(*order))
        # Counted as they are read: those that cannot be take no other's place.
        return list(islice(self._read(found), limit))

    def acquire(
        self, row: DeliveryRow, now: datetime, window: timedelta
    ) -> tuple[DeliveryRow, Subscription] | None:
        """Take a due slot's turn: plan the next one, and return the newest due one if it may be posted.

        Older ones, and one that was due over `window` ago, are recorded as missed.
        """
        with self._ending(row.team) as ends:
            db = ends.db
            found = delivery_rows.reread(db, row)
            if found is None or found.state != "planned":
                return None
            kept = subscription_row(db, row.team, row.subscription)
            if kept is None or kept["paused"]:
                ends.end(found, "skipped", "paused" if kept else "unsubscribed")
                return None
            subscription = self._store.unreadable.one("subscriptions", kept, from_row)
            if subscription is None:
                delivery_rows.change(db, found, ("planned",), not_before=(now + UNREAD).timestamp(), why="")
                return None
            morning = after_quiet(subscription.quiet, subscription.zone, now)
            if morning > now:
                delivery_rows.change(db, found, ("planned",), not_before=morning.timestamp(), why=QUIET)
                return None
            since = moment(kept["since"])
            newest = self._newest(ends, subscription, found, since, now)
            plan_next(db, subscription, max(now, since))
            if newest is None:
                return None
            if now - newest.due_at > window:
                hours = window.total_seconds() / 3600
                why = f"not posted within {hours:g} {plural(hours, 'hour')}"
                ends.end(newest, "missed", why)
                return None
            return newest, subscription

    # -- claiming -----------------------------------------------------------------------------------------
    def claim(
        self, row: DeliveryRow, clock: Clock, content: str, facts: tuple[str, ...]
    ) -> DeliveryRow | float | None:
        """Claim a planned row, committed before this returns, and return it as claimed.

        None when somebody else did; seconds to wait when its channel had a message less than SPACING ago.
        """
        with self._store.writing(row.team) as db:
            # Not before the lock is held: another process may have claimed while it was waited for.
            now = clock()
            before = and_(
                deliveries.c.team_id == row.team, deliveries.c.channel == row.channel,
                # A little ahead: another process may know the time a little otherwise.
                deliveries.c.since <= (now + SPACING).timestamp(),
            )  # fmt: skip
            last = db.execute(select(func.max(deliveries.c.since)).where(before)).scalar()
            gone = now.timestamp() - (last or 0.0)
            if gone < SPACING.total_seconds():
                return float(SPACING.total_seconds() - gone)
            claimed = delivery_rows.change(
                db, row, ("planned",),
                state="claimed", attempt=row.attempt + 1, claimed_by=self.owner, since=now.timestamp(),
                content=content, facts=json.dumps(facts), why="", not_before=None,
            )  # fmt: skip
            return delivery_rows.reread(db, row) if claimed else None

    def expire_leases(self, team: str, now: datetime, lease: timedelta) -> int:
        """Call the claims unknown that nobody can still be working on, and return how many there are.

        A claim from further ahead than `lease` was made by a clock that has been put back since.
        """
        is_left = and_(deliveries.c.team_id == team, deliveries.c.state == "claimed", is_stale(now, lease))
        # Looked at without the write lock first: this is asked at every tick.
        if self._store.row(team, select(deliveries.c.slot).where(is_left).limit(1)) is None:
            return 0
        with self._store.writing(team) as db:
            unknown = {"state": "unknown", "not_before": now.timestamp(), "why": LEFT_BEHIND}
            return db.execute(update(deliveries).where(is_left).values(unknown)).rowcount

    # -- what came of it ----------------------------------------------------------------------------------
    def confirm(self, row: DeliveryRow, ts: str, late: bool, why: str = "", thread: str = "") -> bool:
        """Record that the attempt is posted as `ts`, and plan `thread` (content) below it; say whether it was recorded.

        False when the row is not that attempt's any more: then the caller has something to log.
        """
        with self._ending(row.team) as ends:
            db = ends.db
            state = "late" if late else "posted"
            # Planned as well: a call that outlived its lease may have been given up in the meantime.
            here = ("claimed", "unknown", "planned")
            done = delivery_rows.change(
                db, row, here, state=state, ts=ts, why=why, not_before=None, content=""
            )
            if done:
                ends.note(row, state)
            if done and thread:
                delivery_rows.add_part(db, row, THREAD, row.channel, thread, ts)
            return done

    def release(self, row: DeliveryRow, not_before: datetime, why: str, content: str | None = None) -> None:
        """Plan the row again for `not_before`, because the attempt surely posted nothing."""
        with self._store.writing(row.team) as db:
            kept = row.content if content is None else content
            delivery_rows.change(
                db, row, ("claimed", "unknown"),
                state="planned", not_before=not_before.timestamp(), why=why, content=kept,
            )  # fmt: skip

    def mark_unknown(self, row: DeliveryRow, look_at: datetime, why: str = "") -> None:
        """Record that nobody knows whether the attempt is posted; the channel is read at `look_at`.

        Without `why` the reason known before stays.
        """
        said = {"why": why} if why else {}
        with self._store.writing(row.team) as db:
            here = ("claimed", "unknown")
            delivery_rows.change(db, row, here, state="unknown", not_before=look_at.timestamp(), **said)

    def defer(self, row: DeliveryRow, not_before: datetime) -> None:
        """Leave a row for later: what is to be done about it could not be done now."""
        # It is nobody's wish that it waits for then.
        said = {"why": ""} if row.state == "planned" else {}
        with self._store.writing(row.team) as db:
            here = ("planned", "unknown")
            delivery_rows.change(db, row, here, not_before=not_before.timestamp(), **said)

    def skip(self, row: DeliveryRow, why: str) -> None:
        """Record that a planned row is not posted, as wished."""
        with self._ending(row.team) as ends:
            ends.end(row, "skipped", why)

    def end(
        self,
        row: DeliveryRow,
        state: Literal["failed", "unknown", "missed"],
        why: str,
        notice: tuple[str, str] | None = None,
    ) -> None:
        """Record the last word on a row; with `notice` (a person's id, content) its owner is told, once."""
        with self._ending(row.team) as ends:
            if ends.end(row, state, why) and notice is not None:
                delivery_rows.add_part(ends.db, row, f"notice: {state}", *notice)

    def pause(self, row: DeliveryRow, now: datetime, reason: str, notice: tuple[str, str] | None) -> None:
        """Record that the channel refused a row for `reason`, pause its subscription and tell its owner."""
        with self._ending(row.team) as ends:
            db = ends.db
            ended = ends.end(row, "failed", reason)
            kept = subscription_row(db, row.team, row.subscription)
            if kept is not None and not kept["paused"]:
                paused = replace(from_row(kept), paused=True, paused_until=None, pause_reason=reason)
                save_and_replan(db, paused, now, f"paused: {reason}")
            if ended and notice is not None:
                delivery_rows.add_part(db, row, "notice: paused", *notice)

    def tell(self, team: str, subscription: str, person: str, content: str, now: datetime) -> None:
        """Plan a message to a person about a digest that cannot be read, unless they were told before."""
        with self._store.writing(team) as db:
            delivery_rows.add_notice(db, team, subscription, person, content, now)

    # -- looking ------------------------------------------------------------------------------------------
    def lease(self, row: DeliveryRow, now: datetime, until: datetime) -> bool:
        """Take an unknown row for looking; say whether it was taken.

        False when another process has it or it is settled.
        """
        with self._store.writing(row.team) as db:
            here = delivery_rows.reread(db, row)
            if here is None or here.state != "unknown" or here.attempt != row.attempt:
                return False
            if here.not_before is None or here.not_before > now:
                return False
            return delivery_rows.change(db, row, ("unknown",), not_before=until.timestamp())

    def _newest(
        self, ends: _Ends, subscription: Subscription, found: DeliveryRow, since: datetime, now: datetime
    ) -> DeliveryRow | None:
        """Return the newest slot due by `now` if nothing became of it yet; older planned ones are missed, as far back as
        slots count, and no further than they are planned ahead: a row that tells a slot of long ago keeps nobody waiting.
        """
        for slot in slots(subscription, max(found.slot, since, now - HORIZON), now):
            state, why = ("skipped", HOLIDAY + slot.holiday) if slot.holiday else ("planned", "")
            insert(ends.db, subscription, slot, state, why)
        is_due = and_(
            deliveries.c.slot <= second(now),
            deliveries.c.slot >= second(found.slot),
            deliveries.c.state != "skipped",
        )
        due = (
            select(deliveries)
            .where(is_slot_of(found.team, found.subscription), is_due)
            .order_by(deliveries.c.slot)
        )
        # `found` is among them, and can be read.
        *older, newest = self._read(rows(ends.db, due))
        for row in older:
            if row.state == "planned":
                ends.end(row, "missed", SUPERSEDED)
        return newest if newest.state == "planned" else None

    @contextmanager
    def _ending(self, team: str) -> Iterator[_Ends]:
        """Yield a transaction in which rows may end; how digests ended is told once it is committed."""
        with self._store.writing(team) as db:
            ends = _Ends(db)
            yield ends
        for end in ends.told:
            self._ended(end)

    def _read(self, rows: Iterable[Row]) -> Iterator[DeliveryRow]:
        return self._store.unreadable.each("deliveries", rows, delivery_rows.from_columns)
