"""Where names of the seeds stand in running text, by every spelling they have. Exact; guesses at no slip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.checks.literals import LiteralToken, literals, plain
from knowledge.model import Named


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first` to `last` (exclusive) spell one of the records `slugs`."""

    first: int
    last: int
    slugs: frozenset[str]


class Spellings:
    """The spellings in Latin letters of all named records, as runs of keys."""

    def __init__(self, named: Iterable[Named]) -> None:
        owners: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for record in named:
            for spelling in (*record.spellings(), record.name.split(" (")[0]):
                if keys := tuple(token.key for token in literals(plain(spelling))):
                    owners[keys].add(record.slug)
        self._owners = {keys: frozenset(slugs) for keys, slugs in owners.items()}
        self._longest: dict[str, int] = {}
        for keys in self._owners:
            self._longest[keys[0]] = max(len(keys), self._longest.get(keys[0], 0))

    def mentions(self, text: tuple[LiteralToken, ...]) -> tuple[Mention, ...]:
        """Return the longest spellings in `text` that hold a capital or a code, none overlapping."""
        found: list[Mention] = []
        position = 0
        while position < len(text):
            mention = self._at(text, position)
            if mention:
                found.append(mention)
            position = mention.last if mention else position + 1
        return tuple(found)

    def _at(self, text: tuple[LiteralToken, ...], start: int) -> Mention | None:
        longest = self._longest.get(text[start].key, 0)
        for end in range(min(len(text), start + longest), start, -1):
            keys = tuple(token.key for token in text[start:end])
            if keys in self._owners and any(
                token.capital or token.sort == "code" for token in text[start:end]
            ):
                return Mention(start, end, self._owners[keys])
        return None
