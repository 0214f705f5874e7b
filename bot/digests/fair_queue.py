"""Whose message goes next: channels take turns, and one that must wait holds up no other."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable

from bot.state.digests.delivery_rows import DeliveryRow


class FairQueue:
    """Rows to be handled, by channel. Times are monotonic seconds. For one thread at a time."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[DeliveryRow]] = OrderedDict()
        self._held: dict[str, float] = {}

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, rows: Iterable[DeliveryRow]) -> None:
        """Queue rows behind those of their channel; a channel that is new comes last."""
        for row in rows:
            self._waiting.setdefault(row.channel, deque()).append(row)

    def hold(self, channel: str, until: float) -> None:
        """Keep a channel waiting until a moment."""
        self._held[channel] = max(until, self._held.get(channel, until))

    def take(self, now: float, busy: Iterable[str]) -> DeliveryRow | None:
        """Return the next row of the first channel that is neither busy nor held, and move it to the end."""
        occupied = set(busy)
        for channel, rows in self._waiting.items():
            if channel in occupied or self._held.get(channel, now) > now:
                continue
            row = rows.popleft()
            del self._waiting[channel]
            if rows:
                self._waiting[channel] = rows
            return row
        return None

    def soonest(self, busy: Iterable[str]) -> float | None:
        """Return when the next held channel may go on; None when none waits for time to pass."""
        occupied = set(busy)
        waits = [self._held[c] for c in self._waiting if c in self._held and c not in occupied]
        return min(waits, default=None)

    def clear(self) -> None:
        """Forget the rows, not who is held: the ledger has them."""
        self._waiting.clear()
