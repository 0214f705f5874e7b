"""How near in meaning entries are to a question, by the vectors of their statements, their asks and their near misses.

Every vector is compared: one product of a matrix and a vector, a few milliseconds for some ten thousand texts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final

import numpy as np

from knowledge.model import Entry
from knowledge.search.corpus import near_misses_of
from knowledge.search.rows import Floats, Keys, Places
from knowledge.search.vectors.embeddings import Embeddings, Encoder, Texts

# Questions whose likenesses are kept, as many as are ranked at once; some 70 kB each.
_REMEMBERED: Final = 16
# Of a question so many characters are read: the time it takes grows with them.
_MOST_CHARACTERS: Final = 512


@dataclass(frozen=True, eq=False)
class Likenesses:
    """Cosines between a question and every statement, near miss (`of_misses`) and ask (`of_asks`); 0 where an entry has none.

    Asks stand one entry's after the other's, and `firsts` says where each entry's begin; `lengths` are those of the sums of
    each entry's asks as vectors.
    """

    stated: Floats
    of_misses: Floats
    of_asks: Floats
    firsts: Places
    lengths: Floats

    @cached_property
    def asked(self) -> Floats:
        """Return the cosine with the nearest ask of each entry."""
        nearest: Floats = np.maximum.reduceat(self.of_asks, self.firsts)
        return nearest

    @cached_property
    def middle(self) -> Floats:
        """Return the cosine with the sum of the asks of each entry."""
        sums: Floats = np.add.reduceat(self.of_asks, self.firsts)
        return sums / self.lengths

    def without(self, ask: int) -> Likenesses:
        """Return the same as if the ask in that row, which the question is, were not there."""
        of_asks, lengths = self.of_asks.copy(), self.lengths.copy()
        entry = int(np.searchsorted(self.firsts, ask, "right")) - 1
        # |s - a|² = |s|² - 2 s·a + 1, and s·a is the sum of the cosines with a.
        with_it = float(lengths[entry] * self.middle[entry])
        lengths[entry] = math.sqrt(max(float(lengths[entry]) ** 2 - 2 * with_it + 1, 1))
        of_asks[ask] = 0
        return replace(self, of_asks=of_asks, lengths=lengths)


class DenseIndex:
    """The entries by the vectors of their texts. Immutable once built; any thread may search.

    `embeddings` are shared with others. `own` are the vectors beside these, made now, each in some 20 ms, where they were
    not handed in.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        encoder: Encoder,
        embeddings: Embeddings,
        own: Embeddings | None = None,
    ) -> None:
        texts = Texts.of(entries, encoder)
        self.own = embeddings.lacking(texts, own)
        self._encoder = encoder
        # What the entries of many teams share is in memory once.
        self._vectors = (embeddings.floats, self.own.floats)
        self._stated = _rows(embeddings, self.own, texts.statement_keys)
        rows = iter(_rows(embeddings, self.own, texts.question_keys).tolist())
        asked: list[list[int]] = []
        missed: list[int] = []
        for entry in entries:
            asked.append([next(rows) for _ in entry.asks] or [-1])
            missed.extend(next(rows) for _ in near_misses_of(entry))
        self._asked, self._of_asks = _in_rows(asked)
        self._missed = np.array(missed, np.int64)
        self._lengths = self._of_sums()
        self._remembered = lru_cache(_REMEMBERED)(self._likenesses)

    def likenesses(self, text: str) -> Likenesses:
        """Return how near in meaning every entry is to a question."""
        return self._remembered(text[:_MOST_CHARACTERS])

    def _likenesses(self, text: str) -> Likenesses:
        (vector,) = self._encoder.questions([text])
        # Behind them stands what an entry is like that does not have any.
        cosines = np.concatenate([*(vectors @ vector for vectors in self._vectors), np.zeros(1, np.float32)])
        of_asks = cosines[self._asked]
        return Likenesses(
            cosines[self._stated],
            cosines[self._missed],
            of_asks,
            self._of_asks,
            self._lengths,
        )

    def _of_sums(self) -> Floats:
        """Return the lengths of the sums of the asks of each entry; 1 of what has none."""
        vectors = np.concatenate([*self._vectors, np.zeros_like(self._vectors[0][:1])])
        lengths: Floats = np.linalg.norm(np.add.reduceat(vectors[self._asked], self._of_asks), axis=1)
        return np.where(lengths > 0, lengths, 1).astype(np.float32)


def _rows(shared: Embeddings, own: Embeddings, keys: Keys) -> Places:
    """Return the row of each key among the vectors that are shared, then those of one's own."""
    rows = shared.rows(keys)
    return np.where(rows < 0, len(shared) + own.rows(keys), rows)


def _in_rows(rows: Sequence[Sequence[int]]) -> tuple[Places, Places]:
    """Return all rows one after the other, and where each begins."""
    flat: Iterable[int] = (number for row in rows for number in row)
    ends = np.fromiter(accumulate(map(len, rows), initial=0), np.int64)
    return np.fromiter(flat, np.int64), ends[:-1]
