"""A question, taken apart: values only."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.asking import Asks
from knowledge.mentions import Mention
from knowledge.terms import Way


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question speaks of. `ways` are alternative sets of index terms with their weights.

    A way matches as its weakest term does. `owners` are the slugs a name stands for. `weight` is the
    concept's share in coverage; `shown` is the text it came from; `respelt` what a slip was read as.
    """

    shown: str
    weight: float
    ways: tuple[tuple[Way, float], ...] = ()
    owners: tuple[str, ...] = ()
    respelt: str = ""

    @property
    def is_name(self) -> bool:
        return bool(self.owners)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart. `mentions` are the names in it; `years` the years it asks for.

    `sorts` are the words for the sort of thing or person asked for, `measured` those for what a quantity is wanted
    of; `lists` says whether members are to be named, `compares` whether things are to be set side by side, `money`
    whether it is a sum that is wanted; `on_documents` and `on_sayings` whether it is about what a document is, or what
    somebody said.
    """

    text: str
    concepts: tuple[Concept, ...]
    mentions: tuple[Mention, ...]
    years: tuple[int, ...]
    asks: Asks
    sorts: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()
    lists: bool = False
    compares: bool = False
    money: bool = False
    on_documents: bool = False
    on_sayings: bool = False

    @property
    def weight(self) -> float:
        return sum(concept.weight for concept in self.concepts)
