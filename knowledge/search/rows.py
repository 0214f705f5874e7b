"""Lists of numbers of any length, one after the other in one array: rows of a sparse matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Places = NDArray[np.int64]
Floats = NDArray[np.float32]
Truths = NDArray[np.bool_]
Keys = NDArray[np.uint64]


def rows_of(ends: Places, taken: Places) -> tuple[Places, Places]:
    """Return the rows of those `taken` of whose rows `ends` says where they end, and where among these each begin."""
    starts, counts = ends[taken], ends[taken + 1] - ends[taken]
    firsts = np.cumsum(counts) - counts
    return np.repeat(starts - firsts, counts) + np.arange(int(counts.sum())), firsts


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Row n is `held[ends[n] : ends[n + 1]]`; `ends` begins with 0."""

    held: Numbers
    ends: Places

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Rows:
        """Return `rows` as arrays."""
        lists = list(rows)
        held = np.fromiter(chain.from_iterable(lists), np.int32, sum(map(len, lists)))
        return cls(held, np.fromiter(accumulate(map(len, lists), initial=0), np.int64, len(lists) + 1))

    def __len__(self) -> int:
        return len(self.ends) - 1

    @property
    def lengths(self) -> Places:
        """Return how many numbers each row holds."""
        return np.diff(self.ends)

    @property
    def owners(self) -> Numbers:
        """Return for each number that is held the row that holds it."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)

    def take(self, rows: Places) -> tuple[Places, Numbers]:
        """Return what `rows` hold, one after the other, and for each number its place among `rows`."""
        places, _ = rows_of(self.ends, rows)
        return np.repeat(np.arange(len(rows)), self.ends[rows + 1] - self.ends[rows]), self.held[places]

    def only(self, rows: Places) -> Rows:
        """Return `rows` alone."""
        ends = np.concatenate(([0], np.cumsum(self.ends[rows + 1] - self.ends[rows])))
        return Rows(self.take(rows)[1], ends)

    def joined(self, other: Rows) -> Rows:
        """Return these rows, then the others."""
        return Rows(
            np.concatenate((self.held, other.held)),
            np.concatenate((self.ends, other.ends[1:] + self.ends[-1])),
        )
