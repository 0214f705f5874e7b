"""What a list of names means, as people write one: by comma, by "and", by a stroke."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handlers.curation.statements.named import either
from handlers.curation.statements.places import told_apart
from handlers.say import Said, say
from handlers.services import Services
from knowledge.model import Topic
from knowledge.names.resolver import Ambiguous, Found, Outside, Suggestions

# Most of it also stands within names: "Science and Technology Commission".
_JOINING: Final = re.compile(r"\s*(?:[,;，；、\n/&+|·]|\band\b|\bplus\b|[和与及跟同])\s*", re.IGNORECASE)
_MOST_JOINED: Final = 6
"""Parts of which a name is made at the most."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a list of names means. `wrong` is a sentence for each that is none, and `meant` the list with what was probably
    meant in the place of what is nearly one.
    """

    slugs: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    meant: str = ""


def named(services: Services, typed: str) -> Names:
    """Return what a list of names means: all of it is looked at, whatever is wrong with one of them."""
    slugs: list[str] = []
    wrong: list[str] = []
    meant: list[str] = []
    for piece in _apart(services, typed.strip()):
        slug, why, instead = _named(services, piece)
        slugs += [slug] if slug else []
        wrong += [why] if why else []
        meant.append(instead)
    return Names(tuple(dict.fromkeys(slugs)), tuple(wrong), ", ".join(meant))


def _apart(services: Services, text: str) -> Iterator[str]:
    """Yield the names of a list, each as long as a known one goes."""
    joints = [(0, 0), *(found.span() for found in _JOINING.finditer(text)), (len(text), len(text))]
    at = 0
    while at < len(joints) - 1:
        ends = range(min(len(joints) - 1, at + _MOST_JOINED), at, -1)
        spans = {end: text[joints[at][1] : joints[end][0]].strip() for end in ends}
        known = (end for end in ends if spans[end] and _is_name(services, spans[end]))
        at, name = next(((end, spans[end]) for end in known), (at + 1, spans[at + 1]))
        if name:
            yield name


def _is_name(services: Services, text: str) -> bool:
    """Say whether a text is a name as a whole; what is no name is not guessed to be one before it is taken apart."""
    match services.base.resolve(told_apart(services.base, text), slips=False):
        case Found() | Ambiguous():
            return True
        case _:
            return False


def _named(services: Services, piece: str) -> tuple[str, str, str]:
    """Return the slug of a name, what is wrong with it, and how it is to stand in the list."""
    if _is_topic(services, piece):
        return "", say("“{name}” is a topic: choose it under Topics.", name=piece), piece
    match services.base.resolve(
        told_apart(services.base, piece), lambda record: not isinstance(record, Topic)
    ):
        case Found(record=record, match="exact" | "alias"):
            return record.slug, "", piece
        case Found(record=record):
            return (
                "",
                say("“{name}” is not known: {record} stands there now.", name=piece, record=record),
                record.name,
            )
        case Ambiguous(records=records):
            return (
                "",
                say("“{name}” may be {records}: choose it above.", name=piece, records=either(records)),
                piece,
            )
        case Suggestions(records=records):
            return (
                "",
                say(
                    "“{name}” is not known. Did you mean {records}?",
                    name=piece,
                    records=either(records),
                ),
                piece,
            )
        case Outside(place=place):
            return "", outside(piece, place.within), piece
        case _:
            return (
                "",
                say("“{name}” is not known to the base, and nothing is near it: take it out.", name=piece),
                piece,
            )


def _is_topic(services: Services, piece: str) -> bool:
    found = services.base.resolve(piece, slips=False)
    return isinstance(found, Found) and isinstance(found.record, Topic)


def outside(name: str, within: str) -> Said:
    """Return what is said of a place that the base holds nothing about."""
    return say("“{name}” is in {place}, outside the base.", name=name, place=within)
