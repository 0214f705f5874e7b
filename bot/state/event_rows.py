"""The rows of events in state.db: how one stands, what became of it, and who is told of what was let go.

One message is one matter, under however many ids of events Slack delivers it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlite_utils import Database

from bot.ports import Place, Receipt
from bot.state.digests.delivery_rows import DeliveryRow, add_line, slot_key
from bot.state.digests.planning import moment

# How long an event stays in hand after its process was last heard of.
LEASE: Final = timedelta(seconds=10)
# Whoever wrote longer ago no longer waits.
TOLD_WITHIN: Final = timedelta(hours=1)
# What was not acknowledged Slack sends again at once, after one minute and after five: docs.slack.dev/apis/events-api#retries
SECOND_RETRY: Final = timedelta(seconds=55)
SECOND_RETRY_OVER: Final = timedelta(seconds=90)
RETRIED_FOR: Final = timedelta(minutes=6)

Key = dict[str, Any]
"""Which event: "team", "event", and "message" (channel:ts), "" where it brings none."""

_SAME: Final = "team_id = :team AND (event_id = :event OR (message = :message AND message != ''))"
# A lease from further ahead was given by a clock that has been put back since.
_IS_HELD: Final = "held_until >= :now AND held_until <= :ahead"
_LEFT: Final = f"answered_at IS NULL AND channel != '' AND NOT ({_IS_HELD})"


def key_of(team: str, event_id: str, message: str) -> Key:
    """Return the key of an event."""
    return {"team": team, "event": event_id, "message": message}


def answer_key(key: Key) -> str:
    """Return what names the answer to a message in its metadata."""
    return slot_key(key["team"], "", _slot(key["message"]), _part(key["message"]))


def standing(db: Database, key: Key, now: datetime) -> Receipt:
    """Return how an event stands; changes nothing."""
    sql = f"SELECT answered_at, posting_at, {_IS_HELD} AS is_held FROM events WHERE {_SAME}"  # noqa: S608
    rows = list(db.query(sql, key | _at(now)))
    if not rows:
        return "new"
    if any(row["answered_at"] is not None for row in rows):
        return "answered"
    if any(row["is_held"] or row["posting_at"] is not None for row in rows):
        return "in hand"
    return "again"


def receive(db: Database, key: Key, now: datetime, place: Place | None) -> Receipt:
    """Record an event, hold what is "new" or "again", and return how it stood."""
    receipt = standing(db, key, now)
    if receipt == "new":
        where = {"channel": place.channel, "thread": place.thread} if place else {}
        _insert(db, key, received_at=now.timestamp(), held_until=(now + LEASE).timestamp(), **where)
    elif receipt == "again":
        hold(db, key, now)
    return receipt


def hold(db: Database, key: Key, now: datetime) -> None:
    """Renew the lease of an event that is not answered."""
    until = {"until": (now + LEASE).timestamp()}
    db.execute(
        f"UPDATE events SET held_until = :until WHERE {_SAME} AND answered_at IS NULL",  # noqa: S608
        key | until,
    )


def acknowledge(db: Database, key: Key, now: datetime) -> None:
    """Record that Slack has the acknowledgement."""
    db.execute(f"UPDATE events SET acknowledged_at = :now WHERE {_SAME}", key | _at(now))  # noqa: S608


def set_posting(db: Database, key: Key, at: float | None) -> None:
    """Record since when an answer may be there, None where it surely is not."""
    db.execute(f"UPDATE events SET posting_at = :at WHERE {_SAME}", key | {"at": at})  # noqa: S608


def end(db: Database, key: Key, now: datetime, ending: str) -> None:
    """Close an event, and whatever else brought its message."""
    how = {"now": now.timestamp(), "ending": ending}
    closed = db.execute(
        f"UPDATE events SET answered_at = :now, ending = :ending WHERE {_SAME}",  # noqa: S608
        key | how,
    )
    if not closed.rowcount:
        _insert(db, key, received_at=how["now"], answered_at=how["now"], ending=ending)


def is_any_left(db: Database, now: datetime) -> bool:
    """Say whether nobody holds an event that was not answered."""
    found = db.execute(f"SELECT 1 FROM events WHERE {_LEFT} LIMIT 1", _at(now))  # noqa: S608
    return found.fetchone() is not None


def tell(db: Database, now: datetime, line: str, up_since: datetime) -> int:
    """Close what nobody holds any more; take up `line` where it can still be of use, and return how often."""
    told = 0
    for row in list(db.query(f"SELECT * FROM events WHERE {_LEFT}", _at(now))):  # noqa: S608
        age = now.timestamp() - row["received_at"]
        may_be_answered = row["posting_at"] is not None
        if row["acknowledged_at"] is None and not may_be_answered and _may_come_again(row, now, up_since):
            continue
        is_of_use = age < TOLD_WITHIN.total_seconds()
        if is_of_use:
            add_line(db, _line(row, now, line))
            told += 1
        ending = ("unknown" if may_be_answered else "told") if is_of_use else "too old"
        db.execute(
            "UPDATE events SET answered_at = ?, ending = ? WHERE team_id = ? AND event_id = ?",
            [now.timestamp(), ending, row["team_id"], row["event_id"]],
        )
    return told


def _may_come_again(row: dict[str, Any], now: datetime, up_since: datetime) -> bool:
    """Say whether Slack may still send again what it may not have the acknowledgement of."""
    received = moment(row["received_at"])
    over = SECOND_RETRY_OVER if up_since <= received + SECOND_RETRY else RETRIED_FOR
    return received <= now < received + over


def _line(row: dict[str, Any], now: datetime, line: str) -> DeliveryRow:
    """Return the message to whoever waits; where an answer was being posted, that is looked for first."""
    posting_at = row["posting_at"]
    return DeliveryRow(
        team=row["team_id"],
        subscription="",
        slot=_slot(row["message"]),
        part=_part(row["message"]),
        channel=row["channel"],
        label="",
        state="planned" if posting_at is None else "unknown",
        due_at=now,
        not_before=now,
        attempt=0 if posting_at is None else 1,
        since=None if posting_at is None else moment(posting_at),
        facts=(),
        content=line,
        thread_ts=row["thread"],
    )


def _slot(message: str) -> datetime:
    """Return the second in which a message ("channel:ts") was written."""
    return moment(int(float(message.rpartition(":")[2] or 0)))


def _part(message: str) -> str:
    return f"notice: interrupted {message}"


def _at(now: datetime) -> dict[str, float]:
    return {"now": now.timestamp(), "ahead": (now + 2 * LEASE).timestamp()}


def _insert(db: Database, key: Key, **columns: object) -> None:
    db.table("events").insert(
        {"team_id": key["team"], "event_id": key["event"], "message": key["message"], **columns}
    )
