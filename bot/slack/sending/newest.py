"""Which press the answer in a view is to: two that were made quickly may be answered in the other order."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

# Views that are open at a time; of one that is forgotten nobody waits for an answer any more.
MOST: Final = 500


@dataclass(slots=True)
class Newest:
    """The newest press in each view that was answered; for many threads. The view that was answered longest ago is forgotten."""

    _answered: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def is_late(self, view_id: str, at: str) -> bool:
        """Say whether a press in the view, made `at` that ts of Slack's, comes after a newer one was answered; else it is the
        newest from now on. A press without a time is never late.
        """
        if not at:
            return False
        moment = float(at)
        with self._lock:
            if moment < self._answered.get(view_id, 0.0):
                return True
            self._answered[view_id] = moment
            self._answered.move_to_end(view_id)
            while len(self._answered) > MOST:
                self._answered.popitem(last=False)
        return False
