"""A row of the ledger, and how it is read and changed: only as the attempt that somebody means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, select, update

from bot.state.database.statements import first, insert_if_new
from bot.state.digests.planning import moment, new_delivery, second
from bot.state.tables.schema import deliveries
from bot.state.unreadable import Row, strings


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A part of a delivery that is to be posted or looked for. `content` is "" until it is composed.

    `channel` is a channel, or the person whom a notice is for. `attempt` counts the claims.
    """

    team: str
    subscription: str
    slot: datetime
    part: str
    channel: str
    label: str
    state: str
    due_at: datetime
    not_before: datetime | None
    attempt: int
    since: datetime | None
    facts: tuple[str, ...]
    content: str
    thread_ts: str

    @property
    def slot_key(self) -> str:
        """Return what names this row in the metadata of its message."""
        return slot_key(self.team, self.subscription, self.slot, self.part)


def slot_key(team: str, subscription: str, slot: datetime, part: str) -> str:
    """Return what names a message in its metadata."""
    return f"{team}:{subscription}:{slot:%Y-%m-%dT%H:%M:%SZ}:{part}"


def reread(db: Connection, row: DeliveryRow) -> DeliveryRow | None:
    """Return the row as it is now."""
    found = first(db, _REREAD, _bound(row))
    return from_columns(found) if found else None


def change(db: Connection, row: DeliveryRow, states: tuple[str, ...], **values: object) -> bool:
    """Set columns of the row if it is in one of `states` and still the same attempt; say whether it was."""
    is_same = {**_bound(row), "its_attempt": row.attempt, "its_states": states}
    return db.execute(_CHANGE, {**is_same, **values}).rowcount == 1


def end(db: Connection, row: DeliveryRow, state: str, why: str) -> bool:
    """Record the last word on a row; say whether it was still open."""
    open_states = ("planned", "claimed", "unknown")
    return change(db, row, open_states, state=state, why=why, not_before=None, content="")


def add_part(
    db: Connection, row: DeliveryRow, part: str, channel: str, content: str, thread_ts: str = ""
) -> None:
    """Plan another message for the slot of `row`, unless it has that part already."""
    due = row.due_at.timestamp()
    planned = {"channel": channel, "label": row.label, "state": "planned", "due_at": due, "not_before": due}
    said = {"content": content, "thread_ts": thread_ts}
    insert_if_new(db, deliveries, new_delivery(**_key(row) | {"part": part} | planned | said))


def add_line(db: Connection, row: DeliveryRow) -> None:
    """Take up a message that belongs to no digest, unless it is there already: planned, or to be looked for."""
    due = row.due_at.timestamp()
    where = {"channel": row.channel, "content": row.content, "thread_ts": row.thread_ts}
    how = {
        "state": row.state, "due_at": due, "not_before": due, "attempt": row.attempt,
        "since": row.since.timestamp() if row.since else None,
    }  # fmt: skip
    insert_if_new(db, deliveries, new_delivery(**_key(row) | where | how))


def add_notice(
    db: Connection, team: str, subscription: str, person: str, content: str, now: datetime
) -> None:
    """Plan a message to a person about a subscription, and not about one slot of it; once."""
    key = {"team_id": team, "subscription": subscription, "slot": 0, "part": "notice: unreadable"}
    due = {"state": "planned", "due_at": now.timestamp(), "not_before": now.timestamp()}
    insert_if_new(db, deliveries, new_delivery(**key, **due, channel=person, content=content))


def from_columns(row: Row) -> DeliveryRow:
    """Return the record of a row of the table; any exception where it cannot be read."""
    if row["state"] == "unknown" and row["since"] is None:
        raise ValueError("nobody knows since when")
    return DeliveryRow(
        team=row["team_id"],
        subscription=row["subscription"],
        slot=moment(row["slot"]),
        part=row["part"],
        channel=row["channel"],
        label=row["label"],
        state=row["state"],
        due_at=moment(row["due_at"]),
        not_before=moment(row["not_before"]) if row["not_before"] is not None else None,
        attempt=row["attempt"],
        since=moment(row["since"]) if row["since"] is not None else None,
        facts=strings(row["facts"]),
        content=row["content"],
        thread_ts=row["thread_ts"],
    )


def _key(row: DeliveryRow) -> dict[str, Any]:
    return {
        "team_id": row.team,
        "subscription": row.subscription,
        "slot": second(row.slot),
        "part": row.part,
    }


def _bound(row: DeliveryRow) -> dict[str, Any]:
    return {f"its_{name}": value for name, value in _key(row).items()}


# Put together once: that takes longer than to carry them out.
_IS: Final = and_(*(column == bindparam(f"its_{column.name}") for column in deliveries.primary_key))
_REREAD: Final = select(deliveries).where(_IS)
_CHANGE: Final = update(deliveries).where(
    _IS,
    deliveries.c.attempt == bindparam("its_attempt"),
    deliveries.c.state.in_(bindparam("its_states", expanding=True)),
)
