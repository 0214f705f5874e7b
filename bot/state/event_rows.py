"""The rows of events in state.db: how one stands, what became of it, and who is told of what was let go.

One message is one matter, under however many ids of events Slack delivers it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, TypedDict

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from bot.ports import Place, Receipt
from bot.state.database.statements import rows
from bot.state.digests.delivery_rows import DeliveryRow, add_line, slot_key
from bot.state.digests.planning import moment
from bot.state.tables.schema import events
from bot.state.unreadable import Row

# How long an event stays in hand after its process was last heard of.
LEASE: Final = timedelta(seconds=10)
# Whoever wrote longer ago no longer waits.
TOLD_WITHIN: Final = timedelta(hours=1)
# What was not acknowledged Slack sends again at once, after one minute and after five: docs.slack.dev/apis/events-api#retries
SECOND_RETRY: Final = timedelta(seconds=55)
SECOND_RETRY_OVER: Final = timedelta(seconds=90)
RETRIED_FOR: Final = timedelta(minutes=6)


class Key(TypedDict):
    """Which event: `message` is channel:ts, "" where it brings none."""

    team: str
    event: str
    message: str


def key_of(team: str, event_id: str, message: str) -> Key:
    """Return the key of an event."""
    return Key(team=team, event=event_id, message=message)


def answer_key(key: Key) -> str:
    """Return what names the answer to a message in its metadata."""
    return slot_key(key["team"], "", _slot(key["message"]), _part(key["message"]))


def standing(db: Connection, key: Key, now: datetime) -> Receipt:
    """Return how an event stands; changes nothing."""
    columns = (events.c.answered_at, events.c.posting_at, _is_in_hand(now).label("is_held"))
    found = rows(db, select(*columns).where(_is_same(key)))
    if not found:
        return "new"
    if any(row["answered_at"] is not None for row in found):
        return "answered"
    if any(row["is_held"] or row["posting_at"] is not None for row in found):
        return "in hand"
    return "again"


def receive(db: Connection, key: Key, now: datetime, place: Place | None) -> Receipt:
    """Record an event, hold what is "new" or "again", and return how it stood."""
    receipt = standing(db, key, now)
    if receipt == "new":
        where = {"channel": place.channel, "thread": place.thread} if place else {}
        _insert(db, key, received_at=now.timestamp(), held_until=(now + LEASE).timestamp(), **where)
    elif receipt == "again":
        hold(db, key, now)
    return receipt


def hold(db: Connection, key: Key, now: datetime) -> None:
    """Renew the lease of an event that is not answered."""
    is_open = and_(_is_same(key), events.c.answered_at.is_(None))
    db.execute(update(events).where(is_open).values(held_until=(now + LEASE).timestamp()))


def acknowledge(db: Connection, key: Key, now: datetime) -> None:
    """Record that Slack has the acknowledgement."""
    db.execute(update(events).where(_is_same(key)).values(acknowledged_at=now.timestamp()))


def set_posting(db: Connection, key: Key, at: float | None) -> None:
    """Record since when an answer may be there, None where it surely is not."""
    db.execute(update(events).where(_is_same(key)).values(posting_at=at))


def end(db: Connection, key: Key, now: datetime, ending: str) -> None:
    """Close an event, and whatever else brought its message."""
    how = {"answered_at": now.timestamp(), "ending": ending}
    if not db.execute(update(events).where(_is_same(key)).values(how)).rowcount:
        _insert(db, key, received_at=now.timestamp(), **how)


def teams_left(db: Connection, now: datetime) -> set[str]:
    """Return the teams of which nobody holds an event that was not answered."""
    return set(db.execute(select(events.c.team_id).where(_is_left(now)).distinct()).scalars())


def tell(db: Connection, team: str, now: datetime, line: str, up_since: datetime) -> int:
    """Close what nobody holds any more of a team; take up `line` where it can still be of use, and return how often."""
    told = 0
    for row in rows(db, select(events).where(events.c.team_id == team, _is_left(now))):
        age = now.timestamp() - row["received_at"]
        may_be_answered = row["posting_at"] is not None
        if row["acknowledged_at"] is None and not may_be_answered and _may_come_again(row, now, up_since):
            continue
        is_of_use = age < TOLD_WITHIN.total_seconds()
        if is_of_use:
            add_line(db, _line(row, now, line))
            told += 1
        ending = ("unknown" if may_be_answered else "told") if is_of_use else "too old"
        is_it = and_(events.c.team_id == team, events.c.event_id == row["event_id"])
        db.execute(update(events).where(is_it).values(answered_at=now.timestamp(), ending=ending))
    return told


def _may_come_again(row: Row, now: datetime, up_since: datetime) -> bool:
    """Say whether Slack may still send again what it may not have the acknowledgement of."""
    received = moment(row["received_at"])
    over = SECOND_RETRY_OVER if up_since <= received + SECOND_RETRY else RETRIED_FOR
    return received <= now < received + over


def _line(row: Row, now: datetime, line: str) -> DeliveryRow:
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


def _is_same(key: Key) -> ColumnElement[bool]:
    """Return the condition for an event, and for whatever else brought its message."""
    is_it = events.c.event_id == key["event"]
    if key["message"]:
        is_it = or_(is_it, events.c.message == key["message"])
    return and_(events.c.team_id == key["team"], is_it)


def _is_in_hand(now: datetime) -> ColumnElement[bool]:
    """Return the condition for what somebody works on. A lease from further ahead was given by a clock that was put back."""
    until = events.c.held_until
    return and_(until >= now.timestamp(), until <= (now + 2 * LEASE).timestamp())


def _is_left(now: datetime) -> ColumnElement[bool]:
    """Return the condition for what was not answered, and nobody works on, and somebody is to be told of."""
    is_held = and_(events.c.held_until.is_not(None), _is_in_hand(now))
    return and_(events.c.answered_at.is_(None), events.c.channel != "", ~is_held)


def _insert(db: Connection, key: Key, **columns: object) -> None:
    row = {"team_id": key["team"], "event_id": key["event"], "message": key["message"]}
    db.execute(insert(events).values(row | columns))
