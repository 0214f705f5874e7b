"""Which modals show the card of a proposal, so that one that somebody has open says what another did meanwhile.

It is kept in the process that showed them, as long as people look at a modal; elsewhere, and after a restart, one is told by the next press.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from handlers.answer import CardOf

# Modals that are open at a time; one that is forgotten is told of by the next press in it.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A modal of `user`, of that id, as it stood when it had that `hash`: the card of a proposal of the team under what else
    makes the `view`, of which `head` blocks stand above the card.
    """

    team: str
    user: str
    id: str
    hash: str
    card_of: CardOf
    view: Mapping[str, Any]
    head: int


@dataclass(slots=True)
class OpenCards:
    """The modals that show a card; for many threads. The one that was shown longest ago is forgotten."""

    _shown: OrderedDict[str, OpenCard] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, card: OpenCard) -> None:
        """Record that a modal shows that."""
        with self._lock:
            self._shown[card.id] = card
            self._shown.move_to_end(card.id)
            while len(self._shown) > MOST:
                self._shown.popitem(last=False)

    def forget(self, view_id: str) -> None:
        """Record that a modal shows no card any more."""
        with self._lock:
            self._shown.pop(view_id, None)

    def stands(self, card: OpenCard) -> bool:
        """Say whether a modal shows that still, as far as is known."""
        with self._lock:
            return self._shown.get(card.id) is card

    def of(self, team: str) -> tuple[OpenCard, ...]:
        """Return what the modals of a team show."""
        with self._lock:
            return tuple(card for card in self._shown.values() if card.team == team)
