"""A row of the ledger, and how it is read and changed: only as the attempt that somebody means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlite_utils import Database

from bot.state.digests.planning import moment
from bot.state.unreadable import strings

_KEY: Final = "team_id = :team AND subscription = :subscription AND slot = :slot AND part = :part"


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


def reread(db: Database, row: DeliveryRow) -> DeliveryRow | None:
    """Return the row as it is now."""
    found = db.query(f"SELECT * FROM deliveries WHERE {_KEY}", _key(row))  # noqa: S608
    return next(map(from_columns, found), None)


def change(db: Database, row: DeliveryRow, states: tuple[str, ...], **values: object) -> bool:
    """Set columns of the row if it is in one of `states` and still the same attempt; say whether it was."""
    columns = ", ".join(f"{name} = :set_{name}" for name in values)
    sql = (
        f"UPDATE deliveries SET {columns} WHERE {_KEY} AND attempt = :attempt"  # noqa: S608 - names are ours
        " AND state IN (SELECT value FROM json_each(:states))"
    )
    bound = {f"set_{name}": value for name, value in values.items()}
    return bool(db.execute(sql, {**_key(row), **bound, "states": json.dumps(states)}).rowcount == 1)


def end(db: Database, row: DeliveryRow, state: str, why: str) -> bool:
    """Record the last word on a row; say whether it was still open."""
    open_states = ("planned", "claimed", "unknown")
    return change(db, row, open_states, state=state, why=why, not_before=None, content="")


def add_part(
    db: Database, row: DeliveryRow, part: str, channel: str, content: str, thread_ts: str = ""
) -> None:
    """Plan another message for the slot of `row`, unless it has that part already."""
    due = row.due_at.timestamp()
    db.execute(
        "INSERT INTO deliveries (team_id, subscription, slot, part, channel, label, state, due_at, not_before,"
        " attempt, claimed_by, ts, why, facts, content, thread_ts)"
        " VALUES (?, ?, ?, ?, ?, ?, 'planned', ?, ?, 0, '', '', '', '[]', ?, ?) ON CONFLICT DO NOTHING",
        [
            row.team, row.subscription, int(row.slot.timestamp()), part, channel, row.label, due, due,
            content, thread_ts,
        ],
    )  # fmt: skip


def add_line(db: Database, row: DeliveryRow) -> None:
    """Take up a message that belongs to no digest, unless it is there already: planned, or to be looked for."""
    db.execute(
        "INSERT INTO deliveries (team_id, subscription, slot, part, channel, label, state, due_at, not_before,"
        " attempt, claimed_by, since, ts, why, facts, content, thread_ts)"
        " VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?, '', ?, '', '', '[]', ?, ?) ON CONFLICT DO NOTHING",
        [
            row.team, row.subscription, int(row.slot.timestamp()), row.part, row.channel, row.state,
            row.due_at.timestamp(), row.due_at.timestamp(), row.attempt,
            row.since.timestamp() if row.since else None, row.content, row.thread_ts,
        ],
    )  # fmt: skip


def add_notice(db: Database, team: str, subscription: str, person: str, content: str, now: datetime) -> None:
    """Plan a message to a person about a subscription, and not about one slot of it; once."""
    db.execute(
        "INSERT INTO deliveries (team_id, subscription, slot, part, channel, label, state, due_at, not_before,"
        " attempt, claimed_by, ts, why, facts, content, thread_ts)"
        " VALUES (?, ?, 0, 'notice: unreadable', ?, '', 'planned', ?, ?, 0, '', '', '', '[]', ?, '')"
        " ON CONFLICT DO NOTHING",
        [team, subscription, person, now.timestamp(), now.timestamp(), content],
    )


def from_columns(row: Mapping[str, Any]) -> DeliveryRow:
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
        "team": row.team,
        "subscription": row.subscription,
        "slot": int(row.slot.timestamp()),
        "part": row.part,
        "attempt": row.attempt,
    }
