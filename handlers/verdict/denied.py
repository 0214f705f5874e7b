"""What a refusal says that the base does not hold: a value, which sentences are made of and anybody can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.say import say

Lacking = Literal[
    "name", "pairing", "twinning", "figure", "year", "count", "office", "word", "together", "either"
]
"""What of a question no fact holds: a name; a pairing of its places; one as between twins, where some other is held; a figure of
what it names; a year; how many there are of something; who holds an office there; a word; each of the things asked, but not all
of them in one fact; or words of any place of one name.
"""


@dataclass(frozen=True, slots=True)
class Denied:
    """What no fact of the base holds, all of it at once: `names` (which stand for `slugs`, as far as they are known),
    `words` and `year`. `years` are those for which a figure is held that is lacking for `year`; `part_of` names what a place
    without a partner is part of, `tied_by` what ties places that are no twins.
    """

    lacking: Lacking
    names: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    year: int | None = None
    years: tuple[int, ...] = ()
    part_of: tuple[str, ...] = ()
    tied_by: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return what the base does not hold, whole and in plain words."""
        names, words = listed(self.names, "or"), listed([f"“{word}”" for word in self.words], "or")
        match self.lacking:
            case "name":
                return say("Nothing on {names}.", names=names)
            case "pairing":
                return _no_pairing(self)
            case "twinning":
                return _no_twinning(self)
            case "figure":
                return _no_figure(self)
            case "count":
                return _no_count(self)
            case "year":
                return _nothing_for(names, str(self.year))
            case "office":
                return say(
                    "The documents name no {office} of {place}.", office=listed(self.words), place=names
                )
            case "word":
                return say("The base says nothing of {words}.", words=words)
            case "together" | "either":
                return _not_together(self)


def listed(things: Sequence[str], joined_by: str = "and") -> str:
    """Return "A", "A and B", "A, B and C", each once."""
    *others, last = dict.fromkeys(things) or ("",)
    return f"{', '.join(others)} {joined_by} {last}" if others else last


def _nothing_for(names: str, year: str) -> str:
    if not names:
        return say("The base has nothing for {year}.", year=year)
    return say("The base has nothing on {names} for {year}.", names=names, year=year)


def _no_pairing(denied: Denied) -> str:
    places = listed(denied.names)
    if not denied.part_of:
        return say("No pairing of {places} is recorded.", places=places)
    return say(
        "No city is recorded as paired with {places}. It is part of {areas}.",
        places=places,
        areas=listed(denied.part_of),
    )


def _no_twinning(denied: Denied) -> str:
    places, ties = listed(denied.names), listed(denied.tied_by)
    if len(denied.names) == 1:
        return say(
            "No twinning of {place} is recorded. It is tied otherwise: {ties}.", place=places, ties=ties
        )
    return say(
        "No twinning of {places} is recorded. They are tied otherwise: {ties}.", places=places, ties=ties
    )


def _no_figure(denied: Denied) -> str:
    attribute, name = listed(denied.words), listed(denied.names, "or")
    if denied.year is None and " of " in attribute:
        return say("The base has no {attribute} for {name}.", attribute=attribute, name=name)
    if denied.year is None:
        return say("The base has no {attribute} of {name}.", attribute=attribute, name=name)
    year = str(denied.year)
    if not denied.years:
        return say(
            "The base has no {attribute} of {name} for {year}.", attribute=attribute, name=name, year=year
        )
    return say(
        "The base has no {attribute} of {name} for {year}; it has one for {years}.",
        attribute=attribute,
        name=name,
        year=year,
        years=listed(list(map(str, denied.years))),
    )


def _no_count(denied: Denied) -> str:
    things, names = listed(denied.words), listed(denied.names, "or")
    if not names:
        return say("The base has no number of {things}.", things=things)
    return say("The base has no number of {things} for {names}.", things=things, names=names)


def _not_together(denied: Denied) -> str:
    words = [f"“{word}”" for word in denied.words]
    if denied.lacking == "either":
        places = listed(denied.names, "or")
        return say("The base has nothing on {words} of {places}.", words=listed(words, "or"), places=places)
    things = (*words, *denied.names)
    if len(things) == 2:
        one, other = things
        return say(
            "The base has facts on {one} and on {other}, but none on both together.", one=one, other=other
        )
    return say("The base has facts on {things}, but none on all of them together.", things=listed(things))
