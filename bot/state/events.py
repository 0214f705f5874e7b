"""Events of Slack's Events API: received, acknowledged, answered, each message once.

Whoever works on an event holds it by a lease that is renewed until the work is done: in this process by memory, for
others and after a restart by `held_until`. What was let go unanswered is told of once, by the ledger of deliveries,
which first looks whether an answer that was being posted is there. While another program holds state.db, events are
held by memory alone, and what becomes of them is written down, in order, when it is free.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Literal

from sqlalchemy import Connection

from bot.ports import Place, Receipt
from bot.state import event_rows
from bot.state.errors import StateError, UnavailableError, UnknownCommitError
from bot.state.event_rows import Key, key_of
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM

# Slack delivers for 24 h at most (Delayed Events), so a day more is enough.
KEPT: Final = timedelta(hours=48)
# What is still to be written down, some four lines an event; beyond it the oldest is forgotten.
UNWRITTEN_MAX: Final = 40_000
# Events that are known to be answered while state.db cannot be read.
SAID_MAX: Final = 10_000

Ending = Literal["answered", "unknown"]
_Event = tuple[str, str]
_Deed = Callable[[Connection], object]

_log = logging.getLogger(__name__)


class StoredEvents:
    """The port Events, on state.db: what it has acknowledged outlives the process. Safe for many threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        # These by team and event: the message that it brought.
        self._held: dict[_Event, str] = {}
        # Received and not answered, and Slack may not have the acknowledgement yet.
        self._unacknowledged: dict[_Event, str] = {}
        # An answer is there, or may be.
        self._said: OrderedDict[_Event, str] = OrderedDict()
        # What is still to be written down, numbered, of which team.
        self._unwritten: deque[tuple[int, str, _Deed]] = deque()
        self._numbers = itertools.count()
        self._up_since: datetime | None = None

    def receive(
        self, team: str, event_id: str, channel: str, ts: str, now: datetime, place: Place | None = None
    ) -> Receipt:
        """Record an event and return how it stands; what is "new" or "again" is held until `release`."""
        key = _key(team, event_id, channel, ts)
        if self._is_among(self._held, key):
            return "in hand"
        receipt: Receipt | None = None
        try:
            with self._store.promptly(), self._noting(team) as db:
                receipt = event_rows.receive(db, key, now, place)
        except UnknownCommitError as error:
            # Written down or not, nobody else has taken it up.
            receipt = self._once_more(key, now, place, receipt) or self._received_unwritten(
                key, now, place, str(error)
            )
        except UnavailableError as error:
            receipt = self._received_unwritten(key, now, place, str(error))
        if receipt in ("new", "again"):
            with self._lock:
                self._held[team, event_id] = key["message"]
                self._unacknowledged[team, event_id] = key["message"]
        return receipt

    def answer_key(self, team: str, channel: str, ts: str) -> str:
        """Return what is to name the answer to a message in its metadata."""
        return event_rows.answer_key(_key(team, "", channel, ts))

    def posting(self, team: str, event_id: str, channel: str, ts: str, now: datetime) -> None:
        """Record that an answer is being posted, so that it may be there.

        If nobody records what came of it, the conversation is read back for that before anybody is told to ask again.
        """
        key = _key(team, event_id, channel, ts)
        self._say(key)
        self._note(team, lambda db: event_rows.set_posting(db, key, now.timestamp()))

    def not_posted(self, team: str, event_id: str) -> None:
        """Record that the answer was surely not posted."""
        with self._lock:
            key = key_of(team, event_id, self._said.pop((team, event_id), ""))
        self._note(team, lambda db: event_rows.set_posting(db, key, None))

    def answered(
        self, team: str, event_id: str, channel: str, ts: str, now: datetime, ending: Ending = "answered"
    ) -> None:
        """Record that the event, and the message it brought, was answered, or that nobody knows whether it was."""
        key = _key(team, event_id, channel, ts)
        self._say(key)
        self._note(team, lambda db: event_rows.end(db, key, now, ending))
        with self._lock:
            self._held.pop((team, event_id), None)
            self._unacknowledged.pop((team, event_id), None)

    def release(self, team: str, event_id: str) -> None:
        """Hold an event no longer: the work is over, and if it is unanswered its lease runs out."""
        with self._lock:
            self._held.pop((team, event_id), None)

    def acknowledged(self, event_id: str, now: datetime) -> None:
        """Take note that Slack has the acknowledgement of an event, and so will not send it again."""
        with self._lock:
            known = [event for event in self._unacknowledged if event[1] == event_id]
            keys = [key_of(*event, self._unacknowledged.pop(event)) for event in known]
        for key in keys:
            self._add(key["team"], partial(event_rows.acknowledge, key=key, now=now))

    def keep_up(self, now: datetime, line: str) -> int:
        """Renew what is held, write down what is not yet, and plan `line` (a Content) where somebody waits in vain.

        Return how many are told. That is for acknowledged events that nobody holds any more, and for others once Slack
        would have brought them again; after TOLD_WITHIN they are closed without a word.
        """
        self._up_since = self._up_since or now
        with self._store.reading(EVERY_TEAM) as db:
            left = event_rows.teams_left(db, now)
        with self._lock:
            held = [key_of(*event, message) for event, message in self._held.items()]
            teams = {*left, *(key["team"] for key in held), *(team for _, team, _ in self._unwritten)}
        told, failed = 0, None
        for team in sorted(teams):
            try:
                told += self._keep_up(team, held, now, line)
            except StateError as error:
                # The others' leases are renewed all the same.
                failed = error
        if failed is not None:
            raise failed
        return told

    def _keep_up(self, team: str, held: Sequence[Key], now: datetime, line: str) -> int:
        assert self._up_since is not None
        with self._store.promptly(), self._noting(team) as db:
            for key in held:
                if key["team"] == team:
                    event_rows.hold(db, key, now)
            return event_rows.tell(db, team, now, line, self._up_since)

    def _once_more(
        self, key: Key, now: datetime, place: Place | None, receipt: Receipt | None
    ) -> Receipt | None:
        """Have what may not have been written down written again, and return how it stood then."""
        if receipt in ("new", "again"):
            self._add(key["team"], lambda db: event_rows.receive(db, key, now, place))
        return receipt

    def _received_unwritten(self, key: Key, now: datetime, place: Place | None, why: str) -> Receipt:
        """Return how an event stands as far as is known while nothing can be written; it is written down later."""
        if self._is_among(self._said, key):
            return "answered"
        try:
            with self._store.promptly(), self._store.reading(key["team"]) as db:
                receipt = event_rows.standing(db, key, now)
        except UnavailableError:
            receipt = "new"
        if receipt in ("new", "again"):
            self._add(key["team"], lambda db: event_rows.receive(db, key, now, place))
            _log.warning("an event is still to be written down", extra={"error": why})
        return receipt

    def _is_among(self, events: Mapping[_Event, str], key: Key) -> bool:
        team, message = key["team"], key["message"]
        with self._lock:
            if (team, key["event"]) in events:
                return True
            return bool(message) and any(one == message for (of, _), one in events.items() if of == team)

    def _say(self, key: Key) -> None:
        with self._lock:
            self._said[key["team"], key["event"]] = key["message"]
            while len(self._said) > SAID_MAX:
                self._said.popitem(last=False)

    def _note(self, team: str, deed: _Deed) -> None:
        """Write down what became of an event; where state.db takes nothing just now, `keep_up` does: what is said is said."""
        self._add(team, deed)
        try:
            with self._store.promptly(), self._noting(team):
                pass
        except StateError as error:
            _log.warning("what became of an event is still to be written down", extra={"error": str(error)})

    def _add(self, team: str, deed: _Deed) -> None:
        with self._lock:
            self._unwritten.append((next(self._numbers), team, deed))
            while len(self._unwritten) > UNWRITTEN_MAX:
                self._unwritten.popleft()

    @contextmanager
    def _noting(self, team: str) -> Iterator[Connection]:
        """Yield a connection to write with, once it is written down what was not yet of the team.

        Another thread may do the same before it is crossed out: all of it, in order, comes to the same again.
        """
        with self._store.writing(team) as db:
            with self._lock:
                unwritten = [(number, deed) for number, of, deed in self._unwritten if of == team]
            for _, deed in unwritten:
                deed(db)
            yield db
        written = {number for number, _ in unwritten}
        if written:
            with self._lock:
                self._unwritten = deque(one for one in self._unwritten if one[0] not in written)


def _key(team: str, event_id: str, channel: str, ts: str) -> Key:
    return key_of(team, event_id, f"{channel}:{ts}" if channel and ts else "")
