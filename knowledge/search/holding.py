"""Which entries hold something at all, nothing ranked: a refusal may deny only what none of them holds.

A text is what an entry states and is about, together with one of its asks: what two asks say is not said in one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from knowledge.search.corpus import Corpus
from knowledge.search.rows import Numbers, Places, Rows, Truths, rows_of


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Some texts: one truth each, and the entry that each is of."""

    held: Truths
    owners: Numbers

    def __and__(self, other: Texts) -> Texts:
        return Texts(self.held & other.held, self.owners)

    def __or__(self, other: Texts) -> Texts:
        return Texts(self.held | other.held, self.owners)

    def __bool__(self) -> bool:
        return bool(self.held.any())

    @property
    def entries(self) -> frozenset[int]:
        """Return the places of the entries that they are of."""
        return frozenset(np.unique(self.owners[self.held]).tolist())


class Holding:
    """The texts of a corpus by their terms. Immutable; any thread may look."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._numbers = {term: number for number, term in enumerate(corpus.terms)}
        counts = np.diff(corpus.asked)
        self._owners = np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    @property
    def none(self) -> Texts:
        """Return no texts."""
        return Texts(np.zeros(len(self._owners), np.bool_), self._owners)

    def warm(self) -> None:
        """Turn the rows over now, so that the first question need not wait for it."""
        for turned in (self._stated, self._named, self._in_asks):
            turned.rows_with(0)

    def of_all(self, terms: Iterable[str]) -> Texts:
        """Return the texts that hold all of `terms`; none where there are no terms."""
        held: Texts | None = None
        for term in terms:
            number = self._numbers.get(term)
            those = self.none if number is None else self._of_term(number)
            held = those if held is None else held & those
        return held or self.none

    def of_entries(self, entries: Collection[int]) -> Texts:
        """Return all texts of the entries at those places."""
        places = np.fromiter(entries, np.int64, len(entries))
        return self._texts(rows_of(self._corpus.asked, places)[0])

    def stating(self, terms: Iterable[str]) -> frozenset[int]:
        """Return the places of the entries that hold all of `terms` themselves, asks left out."""
        held: frozenset[int] | None = None
        for term in terms:
            number = self._numbers.get(term)
            those = frozenset[int]() if number is None else frozenset(self._stating(number).tolist())
            held = those if held is None else held & those
        return held or frozenset()

    def asking(self, terms: Iterable[str]) -> frozenset[int]:
        """Return the places of the entries that hold all of `terms` in one of their asks."""
        held = self.none
        for at, term in enumerate(terms):
            number = self._numbers.get(term)
            those = self.none if number is None else self._texts(self._in_asks.rows_with(number))
            held = held & those if at else those
        return held.entries

    def _of_term(self, number: int) -> Texts:
        of_entries, _ = rows_of(self._corpus.asked, self._stating(number))
        return self._texts(np.concatenate((of_entries, self._in_asks.rows_with(number))))

    def _stating(self, number: int) -> Places:
        return np.concatenate((self._stated.rows_with(number), self._named.rows_with(number)))

    def _texts(self, places: Places) -> Texts:
        held = np.zeros(len(self._owners), np.bool_)
        held[places] = True
        return Texts(held, self._owners)

    @cached_property
    def _stated(self) -> _Inverted:
        return _Inverted.of(self._corpus.stated, len(self._numbers))

    @cached_property
    def _named(self) -> _Inverted:
        return _Inverted.of(self._corpus.named, len(self._numbers))

    @cached_property
    def _in_asks(self) -> _Inverted:
        return _Inverted.of(self._corpus.asks, len(self._numbers))


@dataclass(frozen=True, slots=True, eq=False)
class _Inverted:
    """Rows by the terms that they hold: those of term n are `rows[ends[n] : ends[n + 1]]`."""

    rows: Places
    ends: Places

    @classmethod
    def of(cls, rows: Rows, terms: int) -> _Inverted:
        order = np.argsort(rows.held, kind="stable")
        counts = np.bincount(rows.held, minlength=terms)
        return cls(rows.owners[order].astype(np.int64), np.concatenate(([0], np.cumsum(counts))))

    def rows_with(self, term: int) -> Places:
        return self.rows[self.ends[term] : self.ends[term + 1]]
