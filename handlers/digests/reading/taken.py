"""What was understood of a wish so far, and the words that said it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.subjects import ParseError
from handlers.digests.reading.words import (
    Words,
)
from handlers.digests.reading.wrong import Thing, twice
from knowledge.base import FactBase


@dataclass
class Taken:
    """The words of a wish, what was understood of them, `wish`, and what was `given` of each thing with the words that said it: what
    contradicts them is named, so that no word is dropped.
    """

    base: FactBase
    words: Words
    wish: DigestChanges
    given: dict[str, tuple[Any, str]] = field(default_factory=dict)

    def _take(self, count: int, what: Thing, value: object) -> ParseError | None:
        """Take `count` words that say `value` of `what`; name them where others have said something else of it."""
        typed = self.words.take(count)
        held, first = self.given.setdefault(what, (value, typed))
        return None if held == value else ParseError.at(typed, twice(what, first))
