"""Which entries have a question among their asks: word for word, or in the very same terms, whatever their order.

One of two may leave open what is wanted, as keywords do: "population of Huainan" is "What is the population of Huainan?".
Whoever curated the ask said that the entry answers it, so that there is nothing left to be weighed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from knowledge.asked import key_of
from knowledge.search.corpus import Corpus
from knowledge.search.rows import Keys, Numbers, Places, Rows, Truths
from knowledge.search.terms import NAME, SORT

# "Hong Kong and": so many words to a name at most, with what joins it to the next.
_WORDS_TO_A_NAME = 3

# Any number will do, as long as it is always the same.
_SEED = 0


@dataclass(frozen=True, slots=True, eq=False)
class ExactAsks:
    """Finds a set of terms by the sum of a random number for each of them (Zobrist 1970); what says only what is wanted
    (`is_sort`) has none.
    """

    asks: Rows
    asked: Places
    is_sort: Truths
    is_name: Truths
    of_term: Keys
    keys: Keys
    texts: Keys

    @classmethod
    def of(cls, corpus: Corpus) -> ExactAsks:
        """Return the asks of `corpus` by their keys."""
        of_term = np.random.default_rng(_SEED).integers(
            np.iinfo(np.uint64).max, size=len(corpus.terms), dtype=np.uint64
        )
        is_sort = np.array([term.startswith(SORT) for term in corpus.terms], np.bool_)
        of_term[is_sort] = 0
        # Sums of unsigned numbers wrap around, and so do their differences.
        sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(of_term[corpus.asks.held], dtype=np.uint64)))
        keys = sums[corpus.asks.ends[1:]] - sums[corpus.asks.ends[:-1]]
        is_name = np.array([term.startswith(NAME) for term in corpus.terms], np.bool_)
        return cls(corpus.asks, corpus.asked, is_sort, is_name, of_term, keys, corpus.ask_keys)

    def entries(self, terms: Collection[int], words: int) -> Places:
        """Return the places of the entries with an ask of those terms, in order, for a question of so many words; none for
        what says nothing, and of names alone only for what is no more than those: "what did A get out of B" is not "A
        and B".
        """
        wanted = np.array(sorted(terms), np.int32)
        if self.is_sort[wanted].all():
            return np.zeros(0, np.int64)
        is_of_names = bool((self.is_sort | self.is_name)[wanted].all())
        if is_of_names and words > _WORDS_TO_A_NAME * len(wanted):
            return np.zeros(0, np.int64)
        key = self.of_term[wanted].sum(dtype=np.uint64)
        rows = [row for row in np.flatnonzero(self.keys == key).tolist() if self._holds(row, wanted)]
        entries = np.searchsorted(self.asked, rows, "right") - 1
        return np.array(sorted(set(entries.tolist())), np.int64)

    def with_text(self, said: str) -> Places:
        """Return the places of the entries with an ask that is word for word what was `said`, as it is read, in order."""
        rows = np.flatnonzero(self.texts == np.uint64(key_of(said)))
        return np.unique(np.searchsorted(self.asked, rows, "right") - 1)

    def _holds(self, row: int, wanted: Numbers) -> bool:
        differ = np.setxor1d(
            self.asks.held[self.asks.ends[row] : self.asks.ends[row + 1]], wanted, assume_unique=True
        )
        # Of two that want something each it has to be the same.
        return len(differ) <= 1 and bool(self.is_sort[differ].all())
