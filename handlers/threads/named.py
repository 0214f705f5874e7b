"""The names in a text, each with where it stands there as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.services import Services
from knowledge.model import Named, Place
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Ambiguous, Found, Suggestions
from knowledge.text.normalize import CHINESE


@dataclass(frozen=True, slots=True)
class NamedAt:
    """A name that stands in a text from `start` to `end`; `records` are what it may stand for, none for a place outside."""

    start: int
    end: int
    typed: str
    records: tuple[Named, ...]
    is_sure: bool

    @property
    def sorts(self) -> frozenset[type[Named]]:
        """Return the sorts of record that it may stand for; what lies outside the base is a place."""
        return frozenset(map(type, self.records)) or frozenset({Place})

    @property
    def key(self) -> tuple[str, ...]:
        """Return what is the same of two names for the same."""
        return tuple(record.slug for record in self.records) or (self.typed,)

    @property
    def level(self) -> str:
        """Return the level of the place that it stands for, "" where it is none."""
        first = self.records[0] if self.records else None
        return first.level if isinstance(first, Place) else ""

    def is_of(self, *sorts: type[Named]) -> bool:
        """Say whether it stands for a record of those sorts."""
        return any(issubclass(own, sorts) for own in self.sorts)

    def spelt(self, services: Services, in_chinese: bool) -> str:
        """Return it as the base writes it, in that language; as it was typed, where that would say something else."""
        if not self.is_sure:
            return self.typed
        record = self.records[0]
        if not isinstance(record, Place) and in_chinese == (CHINESE.search(self.typed) is not None):
            # A word of the sentence, with no capital of its own.
            return self.typed
        for name in (record.chinese if in_chinese else "", record.name):
            read = services.base.resolve(name, slips=False) if name else None
            if isinstance(read, Found) and read.record.slug == record.slug:
                return name
        return self.typed


def names_in(services: Services, text: str) -> tuple[NamedAt, ...]:
    """Return the names in a text, in the order in which they stand there."""
    mentions = services.base.parse(text).mentions if text else ()
    found = (one for mention in mentions for one in _at(text, mention))
    return tuple(sorted(found, key=lambda name: name.start))


def _at(text: str, mention: Mention) -> Iterator[NamedAt]:
    """Yield where a mention stands; nowhere, where it was typed otherwise than it is read."""
    typed = mention.typed
    if CHINESE.search(typed):
        pattern = re.escape(typed)
    else:
        pattern = r"(?<!\w)" + r"[\W_]*".join(map(re.escape, typed.split())) + r"(?!\w)"
    if there := re.search(pattern, text, re.IGNORECASE):
        read = mention.resolution
        is_sure = isinstance(read, Found) and read.match != "fuzzy"
        yield NamedAt(there.start(), there.end(), there[0], _records(mention), is_sure)


def _records(mention: Mention) -> tuple[Named, ...]:
    match mention.resolution:
        case Found(record=record):
            return (record,)
        case Ambiguous(records=records) | Suggestions(records=records):
            return records
    return ()
