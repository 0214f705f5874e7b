"""Events as bot.state.events keeps them, and in memory while state.db cannot be written: nobody waits for a lock."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import OrderedDict
from datetime import datetime
from typing import Final

from bot.ports import Receipt
from bot.state.events import StoredEvents
from bot.state.store import Store

_log = logging.getLogger(__name__)

# Messages that are remembered while state.db cannot be written; beyond them the oldest is forgotten.
HELD_MAX: Final = 10_000

_Event = tuple[str, str, str, str]


class EventsWhileLocked(StoredEvents):
    """Answers are given though state.db is locked; what was received meanwhile is written down as soon as it can be."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._held: OrderedDict[_Event, datetime | None] = OrderedDict()
        self._lock = threading.Lock()

    def receive(self, team: str, event_id: str, channel: str, ts: str, now: datetime) -> Receipt:
        """Record an event and return how it stands, as the memory knows it where state.db does not say."""
        event = (team, event_id, channel, ts)
        try:
            with self._store.promptly():
                self._write_down(now)
                return super().receive(*event, now)
        except sqlite3.OperationalError as error:
            return self._hold(event, str(error))

    def answered(self, team: str, event_id: str, channel: str, ts: str, now: datetime) -> None:
        """Record that the event was answered, later if need be."""
        event = (team, event_id, channel, ts)
        try:
            with self._store.promptly():
                super().answered(*event, now)
        except sqlite3.OperationalError:
            with self._lock:
                self._held[event] = now
        else:
            with self._lock:
                self._held.pop(event, None)

    def _hold(self, event: _Event, error: str) -> Receipt:
        same = {(event[0], event[1]), (event[0], *event[2:])}
        with self._lock:
            for held, at in self._held.items():
                if same & {(held[0], held[1]), (held[0], *held[2:])}:
                    return "in hand" if at is None else "answered"
            self._held[event] = None
            while len(self._held) > HELD_MAX:
                self._held.popitem(last=False)
        _log.warning("an event was not written down yet", extra={"error": error})
        return "new"

    def _write_down(self, now: datetime) -> None:
        with self._lock:
            held = list(self._held.items())
        for event, at in held:
            if at is None:
                super().receive(*event, now)
            else:
                super().answered(*event, at)
            with self._lock:
                if self._held.get(event) == at:
                    self._held.pop(event, None)
