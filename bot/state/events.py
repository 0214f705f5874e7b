"""Events of Slack's Events API: received, acknowledged, answered, each message once.

Whoever works on an event holds it by a lease that is renewed until the work is done: in this process by memory, for
others and after a restart by `held_until`. What was let go unanswered is told of once, by the ledger of deliveries,
which first looks whether an answer that was being posted is there. While another program holds state.db, events are
held by memory alone, and written down when it is free.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlite_utils import Database

from bot.ports import Place, Receipt
from bot.state.digests.delivery_rows import DeliveryRow, add_line, slot_key
from bot.state.digests.planning import moment
from bot.state.store import Store

# How long an event stays in hand after its process was last heard of.
LEASE: Final = timedelta(seconds=10)
# Whoever wrote longer ago no longer waits.
TOLD_WITHIN: Final = timedelta(hours=1)
# What was not acknowledged Slack sends again at once, after one minute and after five: docs.slack.dev/apis/events-api#retries
SECOND_RETRY: Final = timedelta(seconds=55)
SECOND_RETRY_OVER: Final = timedelta(seconds=90)
RETRIED_FOR: Final = timedelta(minutes=6)
# Slack delivers for 24 h at most (Delayed Events), so a day more is enough.
KEPT: Final = timedelta(hours=48)
# Events that are remembered while state.db cannot be written; beyond them the oldest is forgotten.
UNWRITTEN_MAX: Final = 10_000

Ending = Literal["answered", "unknown"]
_Key = dict[str, Any]
_Event = tuple[str, str]

_log = logging.getLogger(__name__)

_SAME: Final = "team_id = :team AND (event_id = :event OR (message = :message AND message != ''))"
# A lease from further ahead was given by a clock that has been put back since.
_IS_HELD: Final = "held_until >= :now AND held_until <= :ahead"
_LEFT: Final = f"answered_at IS NULL AND channel != '' AND NOT ({_IS_HELD})"


class StoredEvents:
    """The port Events, on state.db: what it has acknowledged outlives the process. Safe for many threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        # By team and event: the message that it brought.
        self._held: dict[_Event, str] = {}
        # Received and not answered, and Slack may not have the acknowledgement yet.
        self._unacknowledged: set[_Event] = set()
        # What is still to be written down.
        self._acknowledged: set[_Event] = set()
        self._ended: dict[_Event, _Key] = {}
        self._unwritten: OrderedDict[_Event, tuple[_Key, datetime, Place | None]] = OrderedDict()
        self._up_since: datetime | None = None

    def receive(
        self, team: str, event_id: str, channel: str, ts: str, now: datetime, place: Place | None = None
    ) -> Receipt:
        """Record an event and return how it stands; what is "new" or "again" is held until `release`."""
        key = _key(team, event_id, channel, ts)
        if self._is_held(key):
            return "in hand"
        try:
            with self._store.promptly(), self._noting(now) as db:
                receipt = _receive(db, key, now, place)
        except sqlite3.OperationalError as error:
            self._remember(key, now, place, str(error))
            receipt = "new"
        if receipt in ("new", "again"):
            with self._lock:
                self._held[team, event_id] = key["message"]
                self._unacknowledged.add((team, event_id))
        return receipt

    def posting(self, team: str, event_id: str, channel: str, ts: str, now: datetime) -> str:
        """Record that an answer is about to be posted; return what is to name it in its metadata.

        If nobody records what came of it, the conversation is read back for that before anybody is told to ask again.
        """
        key = _key(team, event_id, channel, ts)
        self._set_posting(team, event_id, now.timestamp())
        return slot_key(team, "", _slot(key["message"]), _part(event_id))

    def not_posted(self, team: str, event_id: str) -> None:
        """Record that the answer was surely not posted."""
        self._set_posting(team, event_id, None)

    def _set_posting(self, team: str, event_id: str, at: float | None) -> None:
        try:
            with self._store.promptly(), self._store.writing() as db:
                db.execute(
                    "UPDATE events SET posting_at = ? WHERE team_id = ? AND event_id = ?",
                    [at, team, event_id],
                )
        except sqlite3.Error as error:
            _log.warning("whether an answer is being posted was not recorded", extra={"error": str(error)})

    def answered(
        self, team: str, event_id: str, channel: str, ts: str, now: datetime, ending: Ending = "answered"
    ) -> None:
        """Record that the event, and the message it brought, was answered, or that nobody knows whether it was.

        Where state.db takes nothing just now, it is written down by `keep_up`: what is said is said.
        """
        key = _key(team, event_id, channel, ts) | {"now": now.timestamp(), "ending": ending}
        try:
            with self._store.promptly(), self._noting(now) as db:
                _end(db, key)
            self.release(team, event_id)
            with self._lock:
                self._unacknowledged.discard((team, event_id))
        except sqlite3.Error as error:
            _log.warning("that an event was answered is still to be recorded", extra={"error": str(error)})
            with self._lock:
                self._ended[team, event_id] = key

    def release(self, team: str, event_id: str) -> None:
        """Hold an event no longer: the work is over, and if it is unanswered its lease runs out."""
        with self._lock:
            if (team, event_id) not in self._ended:
                self._held.pop((team, event_id), None)

    def acknowledged(self, event_id: str) -> None:
        """Take note that Slack has the acknowledgement of an event, and so will not send it again."""
        with self._lock:
            known = {event for event in self._unacknowledged if event[1] == event_id}
            self._unacknowledged -= known
            self._acknowledged |= known

    def keep_up(self, now: datetime, line: str) -> int:
        """Renew what is held, write down what is not yet, and plan `line` (a Content) where somebody waits in vain.

        Return how many are told. That is for acknowledged events that nobody holds any more, and for others once Slack
        would have brought them again; after TOLD_WITHIN they are closed without a word.
        """
        self._up_since = self._up_since or now
        with self._lock:
            held, ended = tuple(self._held), dict(self._ended)
        if not (held or self._acknowledged or self._unwritten or _is_any_left(self._store.connection(), now)):
            return 0
        with self._noting(now) as db:
            for key in ended.values():
                _end(db, key)
            for team, event in held:
                db.execute(
                    "UPDATE events SET held_until = ? WHERE team_id = ? AND event_id = ? AND answered_at IS NULL",
                    [(now + LEASE).timestamp(), team, event],
                )
            told = _tell(db, now, line, self._up_since)
        with self._lock:
            for event_of_team in ended:
                self._ended.pop(event_of_team, None)
                self._held.pop(event_of_team, None)
        return told

    def _remember(self, key: _Key, now: datetime, place: Place | None, why: str) -> None:
        with self._lock:
            self._unwritten[key["team"], key["event"]] = (key, now, place)
            while len(self._unwritten) > UNWRITTEN_MAX:
                self._unwritten.popitem(last=False)
        _log.warning("an event is still to be written down", extra={"error": why})

    def _is_held(self, key: _Key) -> bool:
        team, message = key["team"], key["message"]
        with self._lock:
            if (team, key["event"]) in self._held:
                return True
            return bool(message) and any(
                held == message for (of, _), held in self._held.items() if of == team
            )

    @contextmanager
    def _noting(self, now: datetime) -> Iterator[Database]:
        """Yield a connection to write with, and write down in passing what is not yet: events, and acknowledgements."""
        with self._lock:
            known, unwritten = frozenset(self._acknowledged), dict(self._unwritten)
        with self._store.writing() as db:
            for key, received, place in unwritten.values():
                _receive(db, key, received, place)
            for team, event in known:
                db.execute(
                    "UPDATE events SET acknowledged_at = ? WHERE team_id = ? AND event_id = ?",
                    [now.timestamp(), team, event],
                )
            yield db
        with self._lock:
            self._acknowledged -= known
            for event_of_team in unwritten:
                self._unwritten.pop(event_of_team, None)


def _receive(db: Database, key: _Key, now: datetime, place: Place | None) -> Receipt:
    sql = f"SELECT answered_at, posting_at, {_IS_HELD} AS is_held FROM events WHERE {_SAME}"  # noqa: S608
    rows = list(db.query(sql, key | _at(now)))
    until = (now + LEASE).timestamp()
    if not rows:
        where = {"channel": place.channel, "thread": place.thread} if place else {}
        _insert(db, key, received_at=now.timestamp(), held_until=until, **where)
        return "new"
    if any(row["answered_at"] is not None for row in rows):
        return "answered"
    if any(row["is_held"] or row["posting_at"] is not None for row in rows):
        return "in hand"
    db.execute(f"UPDATE events SET held_until = :until WHERE {_SAME}", key | {"until": until})  # noqa: S608
    return "again"


def _end(db: Database, key: _Key) -> None:
    closed = db.execute(f"UPDATE events SET answered_at = :now, ending = :ending WHERE {_SAME}", key)  # noqa: S608
    if not closed.rowcount:
        _insert(db, key, received_at=key["now"], answered_at=key["now"], ending=key["ending"])


def _is_any_left(db: Database, now: datetime) -> bool:
    found = db.execute(f"SELECT 1 FROM events WHERE {_LEFT} LIMIT 1", _at(now))  # noqa: S608
    return found.fetchone() is not None


def _tell(db: Database, now: datetime, line: str, up_since: datetime) -> int:
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
        part=_part(row["event_id"]),
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


def _part(event_id: str) -> str:
    return f"notice: interrupted {event_id}"


def _key(team: str, event_id: str, channel: str, ts: str) -> _Key:
    return {"team": team, "event": event_id, "message": f"{channel}:{ts}" if channel and ts else ""}


def _at(now: datetime) -> dict[str, float]:
    return {"now": now.timestamp(), "ahead": (now + 2 * LEASE).timestamp()}


def _insert(db: Database, key: _Key, **columns: object) -> None:
    db.table("events").insert(
        {"team_id": key["team"], "event_id": key["event"], "message": key["message"], **columns}
    )
