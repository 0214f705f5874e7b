"""Subscriptions as rows, and the planned delivery that every running one has.

Each function works inside a transaction of its caller: a subscription and what is planned for it change
together, so that no slot can fall between them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, select, update

from bot.state.database.statements import first, insert_if_new
from bot.state.tables.schema import deliveries, subscriptions
from bot.state.unreadable import Row
from handlers.digests.holidays import COUNTRIES
from handlers.digests.schedule import HORIZON, due_at, on_day, slot_label, slots
from handlers.stored_digest import StoredDigest
from handlers.subscription import SKIPPED, Slot, Subscription

DIGEST: Final = "digest"
_ROUND: Final = "round_since"
HOLIDAY: Final = "public holiday: "
# What has columns of its own.
_COLUMNS: Final = {"id", "version", "channel"}
_NOTHING_DONE: Final[Mapping[str, Any]] = {
    "label": "", "attempt": 0, "claimed_by": "", "since": None, "ts": "", "why": "", "facts": "[]", "content": "",
    "thread_ts": "",
}  # fmt: skip
# The year 5138: what comes after can be reckoned with as well.
_LATEST: Final = 1e11


def as_row(kept: Subscription, since: datetime) -> dict[str, Any]:
    """Return the row of a subscription whose slots count after `since`."""
    assert kept.created_at is not None
    assert kept.edited_at is not None
    return {
        "team_id": kept.team,
        "id": kept.id,
        "channel": kept.channel,
        "owner": kept.owner,
        "plan": plan_of(kept),
        "paused": int(kept.paused),
        "paused_until": kept.paused_until.isoformat() if kept.paused_until else "",
        "pause_reason": kept.pause_reason,
        "version": kept.version,
        "created_at": kept.created_at.timestamp(),
        "edited_at": kept.edited_at.timestamp(),
        "since": since.timestamp(),
    }


def plan_of(kept: Subscription) -> str:
    """Return the column `plan`: what is posted and when, and since when a round of its facts counts."""
    chosen = StoredDigest.of(kept).model_dump(mode="json", exclude=_COLUMNS)
    since = {_ROUND: kept.round_since.timestamp()} if kept.round_since else {}
    return json.dumps(chosen | since, ensure_ascii=False)


def round_since(plan: str) -> float:
    """Return since when (Unix seconds) a round of facts counts, by the column `plan`; 0 where nobody had it start over."""
    found = json.loads(plan).get(_ROUND, 0.0)
    return float(found) if isinstance(found, int | float) and 0 <= found <= _LATEST else 0.0


def from_row(row: Row) -> Subscription:
    """Return the subscription of a row; it can be planned. Any exception where it cannot be read."""
    columns = {name: row[name] for name in _COLUMNS}
    stored = StoredDigest.model_validate_json(json.dumps(json.loads(row["plan"]) | columns))
    ZoneInfo(stored.zone)
    if stored.skip_holidays and stored.skip_holidays not in COUNTRIES:
        raise ValueError("a country whose holidays are not known")
    if not all(0 <= row[name] <= _LATEST for name in ("created_at", "edited_at", "since")):
        raise ValueError("a time that no clock has shown")
    return replace(
        stored.by(row["team_id"], row["owner"]),
        paused=bool(row["paused"]),
        paused_until=date.fromisoformat(row["paused_until"]) if row["paused_until"] else None,
        pause_reason=row["pause_reason"],
        created_at=moment(row["created_at"]),
        edited_at=moment(row["edited_at"]),
        round_since=moment(since) if (since := round_since(row["plan"])) else None,
    )


def moment(seconds: float) -> datetime:
    """Return Unix seconds as an aware time."""
    return datetime.fromtimestamp(seconds, UTC)


# Put together once: that takes longer than to carry it out.
_RUNNING: Final = select(subscriptions).where(
    subscriptions.c.team_id == bindparam("its_team"),
    subscriptions.c.id == bindparam("its_id"),
    subscriptions.c.removed_at.is_(None),
)
_NEXT_PLANNED: Final = select(deliveries.c.slot).where(
    deliveries.c.team_id == bindparam("its_team"),
    deliveries.c.subscription == bindparam("its_id"),
    deliveries.c.part == DIGEST,
    deliveries.c.state == "planned",
    deliveries.c.slot > bindparam("after"),
)


def second(at: datetime) -> int:
    """Return the Unix second that `at` falls in: slots are whole ones."""
    return math.floor(at.timestamp())


def subscription_row(db: Connection, team: str, subscription: str) -> Row | None:
    """Return the row of a subscription that was not removed."""
    return first(db, _RUNNING, {"its_team": team, "its_id": subscription})


def plan_next(db: Connection, kept: Subscription, after: datetime) -> None:
    """Plan the first slot after `after` that has no row yet; a later one planned already is enough.

    Holidays on the way there are recorded as skipped.
    """
    if kept.paused or _is_planned(db, kept, after):
        return
    for slot in slots(kept, after, after + HORIZON):
        state, why = ("skipped", HOLIDAY + slot.holiday) if slot.holiday else ("planned", "")
        if insert(db, kept, slot, state, why) and state == "planned":
            return


def unplan(db: Connection, team: str, subscription: str, now: datetime, why: str) -> None:
    """Forget what is to come, but not what somebody left out of it; what was due but is not posted yet is skipped for
    the reason `why`.
    """
    slots_of = is_slot_of(team, subscription)
    is_to_come = and_(
        deliveries.c.slot > second(now), deliveries.c.state.in_(("planned", "skipped", "missed")),
        deliveries.c.attempt == 0, deliveries.c.why != SKIPPED,
    )  # fmt: skip
    db.execute(delete(deliveries).where(slots_of, is_to_come))
    db.execute(
        update(deliveries)
        .where(slots_of, deliveries.c.state == "planned")
        .values(state="skipped", why=why, not_before=None, content="")
    )


def is_slot_of(team: str, subscription: str, slot: int | None = None) -> ColumnElement[bool]:
    """Return the condition for the rows of a subscription's slots, or for that of one."""
    is_of_it = and_(
        deliveries.c.team_id == team, deliveries.c.subscription == subscription, deliveries.c.part == DIGEST
    )
    return is_of_it if slot is None else and_(is_of_it, deliveries.c.slot == slot)


def replan(db: Connection, kept: Subscription, since: datetime, now: datetime) -> None:
    """Put what is planned right for the clock and the rules of the zone as they are now.

    After a clock that was ahead, rows stand for slots that have not come: they are planned again, unless
    something was posted for them.
    """
    is_to_come = and_(
        deliveries.c.slot > second(now),
        deliveries.c.state.in_(("planned", "missed")),
        deliveries.c.attempt == 0,
    )
    db.execute(delete(deliveries).where(is_slot_of(kept.team, kept.id), is_to_come))
    plan_next(db, kept, max(now, since))


def _move_skips(db: Connection, before: Subscription, after: Subscription, now: datetime) -> None:
    """Have what somebody left out stay left out where its day stays and its time or zone moves: what was skipped is that day's
    run. A skip whose day goes is forgotten.
    """
    is_left_out = and_(
        deliveries.c.slot > second(now), deliveries.c.state == "skipped", deliveries.c.why == SKIPPED,
        deliveries.c.attempt == 0,
    )  # fmt: skip
    left_out = (
        db.execute(select(deliveries.c.slot).where(is_slot_of(after.team, after.id), is_left_out))
        .scalars()
        .all()
    )
    # All go before the first comes: the new moment of one day may be the old one of another.
    for seconds in left_out:
        db.execute(delete(deliveries).where(is_slot_of(after.team, after.id, seconds)))
    for seconds in left_out:
        slot = on_day(after, moment(seconds).astimezone(ZoneInfo(before.zone)).date())
        if slot is not None and slot.at > now:
            insert(db, after, slot, "skipped", SKIPPED)


def save_and_replan(
    db: Connection, changed: Subscription, now: datetime, why: str, before: Subscription | None = None
) -> Subscription:
    """Write a changed subscription and plan it anew, inside a transaction; return it with its new version.

    With what it was `before`, days that were to be left out stay so at another time.
    """
    kept = replace(changed, version=changed.version + 1, edited_at=now)
    unplan(db, kept.team, kept.id, now, why)
    if before is not None:
        _move_skips(db, before, kept, now)
    is_it = and_(subscriptions.c.team_id == kept.team, subscriptions.c.id == kept.id)
    db.execute(update(subscriptions).where(is_it).values(as_row(kept, now)))
    plan_next(db, kept, now)
    return kept


def insert(db: Connection, kept: Subscription, slot: Slot, state: str, why: str = "") -> bool:
    """Insert a row for a slot unless it has one; say whether it was inserted."""
    due = due_at(kept, slot.at).timestamp()
    row = new_delivery(
        team_id=kept.team, subscription=kept.id, slot=second(slot.at), part=DIGEST, channel=kept.channel,
        label=slot_label(slot.local, kept.zone), state=state, due_at=due,
        not_before=due if state == "planned" else None, why=why,
    )  # fmt: skip
    return insert_if_new(db, deliveries, row)


def new_delivery(**columns: object) -> dict[str, Any]:
    """Return a row of the ledger about which nothing was done yet, but for these columns."""
    return {**_NOTHING_DONE, **columns}


def _is_planned(db: Connection, kept: Subscription, after: datetime) -> bool:
    values = {"its_team": kept.team, "its_id": kept.id, "after": second(after)}
    return db.execute(_NEXT_PLANNED, values).first() is not None
