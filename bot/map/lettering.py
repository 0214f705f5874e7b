"""How large what is written and marked on a map is: for a message, and for where a map is shown half as wide or less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers.answer import Picture


@dataclass(frozen=True, slots=True)
class Lettering:
    """Sizes of letters in pixels of a map of full width, and by how much marks and lines are larger than there.

    Without `is_full` names stand in Latin letters alone, and below the map no more than who drew its coasts: what else is to be
    told stands where the map is.
    """

    title: float
    asked: float
    named: float
    key: float
    note: float
    marks: float
    is_full: bool

    @property
    def head(self) -> float:
        """Return how high title and count are."""
        return self.title + self.key + 20


# As wide as Slack shows pictures in messages.
FULL: Final = Lettering(title=22.0, asked=14.0, named=12.0, key=12.0, note=10.5, marks=1.0, is_full=True)
# On a phone of 320 points Home shows a map 294 points wide: what is written there is 9 points high or more.
SMALL: Final = Lettering(title=28.0, asked=24.0, named=22.5, key=22.5, note=22.5, marks=1.5, is_full=False)


def lettering(picture: Picture) -> Lettering:
    """Return how large it is on `picture`."""
    return SMALL if picture.is_small else FULL
