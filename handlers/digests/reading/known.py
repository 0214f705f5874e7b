"""The names of topics, places and mechanisms that stand anywhere in a text, whatever else it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handlers.digests.reading.subjects import before_denial, is_name, is_postable
from handlers.digests.reading.words import Words
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.names.resolver import Ambiguous, Found

_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A name as it can be typed, and the record that it is; of one that several have, all of them."""

    typed: str
    records: tuple[Named, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        """Return the slugs of what it may be."""
        return tuple(record.slug for record in self.records)


def names_in(base: FactBase, text: str) -> tuple[Known, ...]:
    """Return the names in `text` of what a digest can follow and the base has facts on, each once, as they come."""
    return tuple({name.slugs: name for name in _names_in(base, text)}.values())[:_MOST]


def wanted_in(base: FactBase, text: str) -> tuple[Known, ...]:
    """Return the names in `text` that a digest is wished on: none behind a word that leaves out, such as "no" or 不含."""
    return names_in(base, before_denial(text))


def _names_in(base: FactBase, text: str) -> Iterator[Known]:
    for concept in base.parse(text).concepts:
        if not concept.is_name:
            continue
        match base.resolve(concept.corrected or concept.surface, is_postable):
            case Found(record=record) if base.facts_of(record):
                yield Known(record.slug, (record,))
            case Ambiguous(records=records):
                yield Known(concept.surface, tuple(records))


def apart(base: FactBase, text: str) -> tuple[str, str]:
    """Return what stands before the days, times and options of a text, and those."""
    words = Words(text.split())
    head = words.until_options(lambda phrase: is_name(base, phrase))
    return head, words.rest()
