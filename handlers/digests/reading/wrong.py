"""What is said of a word that says otherwise than others do, or that is no day and no zone."""

from __future__ import annotations

from typing import Literal

from handlers.digests.reading.subjects import ParseError
from handlers.digests.reading.when import zones
from handlers.say import Said, say
from knowledge.dates import DAYS_IN_FULL

Thing = Literal[
    "monthday", "monthweek", "time", "part", "zone", "facts", "empty", "holidays", "quiet", "where", "regions"
]
"""What is said of a digest once."""


def twice(what: Thing, first: str) -> Said:
    """Return that `what` is said a second time, and otherwise."""
    match what:
        case "monthday":
            return say(
                "The day of the month is given twice: {first} came first. Type one of them.", first=first
            )
        case "monthweek":
            return say(
                "The weekday of the month is given twice: {first} came first. Type one of them.", first=first
            )
        case "time":
            return say("The time is given twice: {first} came first. Type one of them.", first=first)
        case "zone":
            return say("The time zone is given twice: {first} came first. Type one of them.", first=first)
        case "facts":
            return say(
                "The number of facts is given twice: {first} came first. Type one of them.", first=first
            )
        case "empty":
            return say(
                "What is done when nothing is new is given twice: {first} came first. Type one of them.",
                first=first,
            )
        case "holidays":
            return say(
                "What is done on public holidays is given twice: {first} came first. Type one of them.",
                first=first,
            )
        case "quiet":
            return say("Quiet hours are given twice: {first} came first. Type one of them.", first=first)
        case "regions":
            return say(
                "Whether other regions are meant too is said twice: {first} came first. Type one of them.",
                first=first,
            )
        case _:
            return say("That is given twice: {first} came first. Type one of them.", first=first)


def no_zone(typed: str, near: float) -> ParseError | None:
    """Return what is said of a word that is meant for a zone and names none."""
    if places := zones.places_of_clock(typed):
        said = say("“{word}” is the time of several places. Name one.", word=typed)
        return ParseError(typed, said, places)
    if (there := zones.places_of_offset(typed)) is not None:
        said = say("“{word}” is an offset. Name a place: its clocks may change in summer.", word=typed)
        return ParseError(typed, said, there)
    if "/" not in typed:
        return None
    said = say("“{word}” is no time zone I know; zones are named like Asia/Shanghai.", word=typed)
    return ParseError(typed, said, zones.near_zones(typed, near))


def no_weekday_of_a_month(typed: str, day: int) -> ParseError:
    """Return that a monthly digest has to be told which one of that day of the week."""
    name = DAYS_IN_FULL[day].lower()
    why = say(
        "Which one of the month? A monthly digest comes on the first {name} or the last {name}, say, or on a day:"
        " monthly 15, monthly last; weekly {day} comes every week.",
        name=name,
        day=short(day),
    )
    return ParseError.at(typed, why, (f"first {name}", f"last {name}"))


def short(day: int) -> str:
    """Return "mon" for 0."""
    return DAYS_IN_FULL[day][:3].lower()
