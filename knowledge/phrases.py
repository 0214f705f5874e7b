"""The phrases that whole messages are made of which are no questions: greetings, thanks, "which topics are there", "more"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from knowledge.model import WordList
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import WordUse

_LONGEST: Final = 100
"""Characters of a message that may be such; what is longer says more than that."""
_MOST_CUTS: Final = 8
_FIRST: Final = 24
"""Characters among which the first word of a message ends."""
# Where a message may be cut in two: behind a word, or behind any Chinese character.
_CUT: Final = re.compile(r"(?<=[㐀-鿿])|(?<=\S)(?=\s)|(?<=\w)(?=[^\w\s'’-])")


def units(text: str) -> tuple[str, ...]:
    """Return what the phrases of a message are made of: its words and numbers, and each of its Chinese characters.

    Nothing of a message that is too long to be made of phrases.
    """
    if len(text) > _LONGEST:
        return ()
    return _units(text)


@lru_cache(maxsize=1_000)
def _units(text: str) -> tuple[str, ...]:
    tokens = tokenize(normalize(text))
    return tuple(unit for token in tokens for unit in (token if CHINESE.match(token) else (token,)))


@dataclass(frozen=True, slots=True)
class Phrases:
    """The uses of each phrase of a base (its units), and how long those are that begin with a unit, the longest first."""

    _uses: Mapping[tuple[str, ...], frozenset[WordUse]] = field(default_factory=dict)
    _lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    _beginning: Mapping[str, frozenset[WordUse]] = field(default_factory=dict)

    @classmethod
    def of(cls, lists: Iterable[WordList]) -> Phrases:
        """Return the phrases among the word lists of a base."""
        uses: defaultdict[tuple[str, ...], set[WordUse]] = defaultdict(set)
        for entry in lists:
            for written in entry.words if entry.use.is_of_message else ():
                uses[_units(written)].add(entry.use)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        beginning: defaultdict[str, set[WordUse]] = defaultdict(set)
        for phrase, held in uses.items():
            lengths[phrase[0]].add(len(phrase))
            beginning[phrase[0]] |= held
        return cls(
            {phrase: frozenset(held) for phrase, held in uses.items()},
            {first: tuple(sorted(held, reverse=True)) for first, held in lengths.items()},
            {first: frozenset(held) for first, held in beginning.items()},
        )

    def uses_of(self, message: Sequence[str]) -> frozenset[WordUse]:
        """Return the uses of the one phrase that all of `message` (its units) is; none where it is none."""
        return self._uses.get(tuple(message), frozenset())

    def cover(self, message: Sequence[str], uses: Set[WordUse]) -> frozenset[WordUse] | None:
        """Return the uses of phrases that make up all of `message` (its units), each of one of `uses`; None where none do.

        Of several ways to make it up the one with the longest phrases first counts.
        """
        return self._cover(tuple(message), uses, 0, set()) if message else None

    def _cover(
        self, message: tuple[str, ...], uses: Set[WordUse], at: int, dead: set[int]
    ) -> frozenset[WordUse] | None:
        if at == len(message):
            return frozenset()
        for length in self._lengths.get(message[at], ()) if at not in dead else ():
            held = self._uses.get(message[at : at + length])
            if held and at + length <= len(message) and not held.isdisjoint(uses):
                rest = self._cover(message, uses, at + length, dead)
                if rest is not None:
                    return rest | (held & uses)
        dead.add(at)
        return None

    def may_begin(self, text: str, words: Set[str] = frozenset()) -> bool:
        """Say whether a phrase, or one of `words`, begins like `text`: what does not is made of none."""
        first = _units(text[:_FIRST])[:1]
        return bool(first) and (first[0] in self._lengths or first[0] in words)

    def leading(self, text: str, uses: Set[WordUse]) -> Iterator[int]:
        """Yield the places in `text` up to which it is made of phrases of `uses`, the furthest first."""
        first = _units(text[:_FIRST])[:1]
        if not first or self._beginning.get(first[0], frozenset()).isdisjoint(uses):
            return
        cuts = [found.start() for found in _CUT.finditer(text, 0, _LONGEST)][:_MOST_CUTS]
        if len(text) <= _LONGEST:
            cuts.append(len(text))
        for cut in reversed(cuts):
            if self.cover(units(text[:cut]), uses) is not None:
                yield cut

    def trailing(self, text: str, uses: Set[WordUse]) -> Iterator[int]:
        """Yield the places in `text` behind its first word from which on it is made of phrases of `uses`, the furthest back first."""
        last = max(0, len(text) - _LONGEST)
        cuts = [found.start() for found in _CUT.finditer(text, last) if 0 < found.start() < len(text)]
        for cut in cuts[-_MOST_CUTS:]:
            if self.cover(units(text[cut:]), uses) is not None:
                yield cut
