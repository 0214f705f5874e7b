"""What a map shows: values only. `bot.map` draws it; nothing here knows of pixels or colours."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Document, Fact, Pairing, Place


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map. `asked` is what the map is of; `facts` counts those on the topic, 0 where none is asked."""

    place: Place
    asked: bool = False
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """A pairing on the map: the members that have a point, and the fact whose citation stands for it."""

    pairing: Pairing
    places: tuple[Place, ...]
    fact: Fact


@dataclass(frozen=True, slots=True)
class Picture:
    """A map of `title` (what it is of; "" for the whole delta). `undrawn` are pairings without two points or, on the map of all, of whole provinces."""

    key: str
    title: str
    chinese: str
    spots: tuple[Spot, ...]
    ties: tuple[Tie, ...]
    undrawn: tuple[Pairing, ...]
    documents: tuple[Document, ...]
    version: str
