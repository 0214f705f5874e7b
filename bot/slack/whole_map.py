"""The map of the whole delta, which stands on every Home tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.map.cache import Map
from handlers.answer import Picture
from handlers.lookups.maps import selection
from handlers.services import Services
from knowledge.base import FactBase


@dataclass(slots=True)
class WholeMap:
    """The map as each team has it, worked out once for each base of theirs; any thread may ask."""

    _worked_out: dict[str, tuple[FactBase, Map | None]] = field(default_factory=dict)

    def of(self, team: str, services: Services, draw: Callable[[Picture], Map] | None) -> Map | None:
        """Return the map of the base of `services`, which is the team's; None where nothing is on it, or nobody draws."""
        if draw is None:
            return None
        known = self._worked_out.get(team)
        if known is None or known[0] is not services.base:
            picture = replace(selection.picture(services, ()), is_small=True)
            known = self._worked_out[team] = (services.base, draw(picture) if picture.spots else None)
        return known[1]
