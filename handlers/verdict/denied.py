"""What a refusal says that the base does not hold: a value, which sentences are made of and anybody can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Lacking = Literal["name", "pairing", "figure", "year", "word", "together"]
"""What of a question no fact holds: a name; a pairing of its places; a figure of what it names; a year; a word; or each of
the things asked, but not all of them in one fact.
"""


@dataclass(frozen=True, slots=True)
class Denied:
    """What no fact of the base holds, all of it at once: `names` (which stand for `slugs`, as far as they are known),
    `words` and `year`. `years` are those for which a figure is held that is lacking for `year`.
    """

    lacking: Lacking
    names: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    year: int | None = None
    years: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """Return what the base does not hold, whole and in plain words."""
        names, words = listed(self.names, "or"), listed([f"“{word}”" for word in self.words], "or")
        match self.lacking:
            case "name":
                return f"Nothing on {names}."
            case "pairing":
                return f"No pairing of {listed(self.names)} is recorded."
            case "figure":
                return _no_figure(self)
            case "year" if self.names:
                return f"The base has nothing on {names} for {self.year}."
            case "year":
                return f"The base has nothing for {self.year}."
            case "word":
                return f"The base says nothing of {words}."
            case "together":
                return _not_together((*(f"“{word}”" for word in self.words), *self.names))


def listed(things: Sequence[str], joined_by: str = "and") -> str:
    """Return "A", "A and B", "A, B and C"."""
    *others, last = things or ("",)
    return f"{', '.join(others)} {joined_by} {last}" if others else last


def _no_figure(denied: Denied) -> str:
    attribute, name = listed(denied.words), listed(denied.names)
    if denied.year is None:
        return f"The base has no {attribute} of {name}."
    if not denied.years:
        return f"The base has no {attribute} of {name} for {denied.year}."
    years = listed(list(map(str, denied.years)))
    return f"The base has no {attribute} of {name} for {denied.year}; it has one for {years}."


def _not_together(things: Sequence[str]) -> str:
    if len(things) == 2:
        one, other = things
        return f"The base speaks of {one} and of {other}, but in no one fact of both."
    return f"No one fact of the base speaks of {listed(things)} together."
