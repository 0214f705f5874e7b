"""How large what is written and marked on a map is, and how much: in a message, and where a map stands beside much else."""

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


# On a phone of 320 points a map is 294 points wide or less, in a message and on Home: what is written there is 9 points high or more.
FULL: Final = Lettering(title=28.0, asked=24.0, named=22.5, key=22.5, note=22.5, marks=1.5, is_full=True)
SMALL: Final = Lettering(title=28.0, asked=24.0, named=22.5, key=22.5, note=22.5, marks=1.5, is_full=False)


def lettering(picture: Picture) -> Lettering:
    """Return how large it is on `picture`."""
    return SMALL if picture.is_small else FULL
