"""Which words are terms of the field, said by the facts far more often than in everyday English, and which are everyday words.

The measure is "weirdness" (Ahmad, Gillam and Tostevin 1999): how often facts say a word, by how often it is said
anywhere. Of Chinese no such counts are at hand: there it counts that several facts are asked for by it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, Self

from knowledge.model import Fact, Gap
from knowledge.text.normalize import CHINESE, bigrams, normalize, stem, tokenize

_LEAST_ENTRIES: Final = 5
"""Facts and gaps that are asked for by a word or a pair of Chinese characters, for it to be a term by that."""
_RARITY: Final = 100_000
"""Words among which an everyday one stands once."""


@dataclass(frozen=True, slots=True)
class Termhood:
    """`terms` are index terms of the field, `everyday` folded forms of English words."""

    terms: frozenset[str]
    everyday: frozenset[str]

    @classmethod
    def of(
        cls, facts: Iterable[Fact], gaps: Iterable[Gap], counts: Mapping[str, int], times_as_often: float
    ) -> Self:
        """Return what is of the field of `facts`, and what is not; `counts` say how often English words are said
        anywhere, and a term is said so many times as often by the facts, or by what readers ask of these and of `gaps`.
        """
        facts = tuple(facts)
        asked = [entry.asks for entry in (*facts, *gaps)]
        anywhere: Counter[str] = Counter()
        for word, count in counts.items():
            anywhere[stem(word)] += count
        every = sum(counts.values())
        stated = [(fact.statement,) for fact in facts]
        english = chain(
            _more_often(stated, 1, anywhere, every, times_as_often),
            _more_often(asked, _LEAST_ENTRIES, anywhere, every, times_as_often),
        )
        pairs = Counter(pair for asks in asked for pair in set(_pairs(asks)))
        chinese = (pair for pair, count in pairs.items() if count >= _LEAST_ENTRIES)
        everyday = (word for word, count in counts.items() if count * _RARITY >= every)
        return cls(frozenset((*english, *chinese)), frozenset(everyday))

    def is_of_field(self, terms: Iterable[str]) -> bool:
        """Say whether one of these index terms is of the field."""
        return not self.terms.isdisjoint(terms)

    def is_everyday(self, phrase: str) -> bool:
        """Say whether all words of a folded phrase are everyday ones."""
        return self.everyday.issuperset(phrase.split())


def _more_often(
    entries: Iterable[Iterable[str]], least: int, anywhere: Mapping[str, int], every: int, times: float
) -> Iterator[str]:
    """Yield the English terms that stand in so many `entries` at the least, and are said there so many times as often as
    `anywhere` among `every` word.
    """
    said: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for texts in entries:
        terms = [stem(word) for text in texts for word in _words(text) if not CHINESE.match(word)]
        said.update(terms)
        held.update(set(terms))
    share = math.fsum(said.values()) / max(1, every)
    return (
        term
        for term, count in said.items()
        if held[term] >= least and count > times * share * anywhere.get(term, 0)
    )


def _words(text: str) -> list[str]:
    return tokenize(normalize(text))


def _pairs(asks: Iterable[str]) -> Iterator[str]:
    return (pair for ask in asks for word in _words(ask) if CHINESE.match(word) for pair in bigrams(word))
