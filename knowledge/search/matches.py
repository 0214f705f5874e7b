"""Which terms of a question the entries hold, field by field: what features are computed from."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from knowledge.model import Entry, Fact
from knowledge.search.asked import Asked
from knowledge.search.corpus import Corpus
from knowledge.search.density import beside_misses
from knowledge.search.query import Query
from knowledge.search.rows import Floats, Places, Rows, Truths, rows_of
from knowledge.search.terms import NAME
from knowledge.search.vectors.dense import Likenesses
from knowledge.tuning import Tuning


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """The entries as arrays: what is known of every one of them before anything is asked."""

    corpus: Corpus
    tuning: Tuning
    idf: Floats
    """Of each term, by how many entries hold it."""
    ask_norms: Floats
    """1 by the length of each as a vector, names left out, 0 of what holds nothing; the next are of near misses."""
    miss_norms: Floats
    asks_bm25: Floats
    """What BM25 adds to a count below the line, by the length beside the mean, for the asks of an entry together."""
    asks_count: Places
    """How many asks each entry has."""
    on_documents: Truths
    is_gap: Truths

    @classmethod
    def of(
        cls,
        entries: tuple[Entry, ...],
        corpus: Corpus,
        idf: Floats,
        about_documents: frozenset[str],
        tuning: Tuning,
    ) -> Fields:
        """Return what is known of `entries`, which `corpus` holds; terms weigh `idf`."""
        is_name = [term.startswith(NAME) for term in corpus.terms]
        return cls(
            corpus,
            tuning,
            idf,
            _norms(corpus.asks, np.where(is_name, np.float32(0), idf)),
            _norms(corpus.near_misses, idf),
            _bm25_norms(_beside_mean(np.diff(corpus.asks.ends[corpus.asked])), tuning),
            # What has none has an empty row.
            np.diff(np.concatenate(([0], np.cumsum(corpus.asks.lengths > 0)))[corpus.asked]),
            np.array(
                [isinstance(e, Fact) and not about_documents.isdisjoint(e.topics) for e in entries], np.bool_
            ),
            np.array([not isinstance(entry, Fact) for entry in entries], np.bool_),
        )

    def match(
        self, query: Query, asked: Asked, found: Places, held: Floats, likenesses: Likenesses | None
    ) -> Matches:
        """Return what the entries `found` hold of what is asked: `held` says how often, by field, entry and column;
        `likenesses` are those of all entries.
        """
        # Behind the terms stands one that counts nothing, for the end of what is summed up.
        of_terms = np.zeros(len(self.idf) + 1, np.float32)
        of_terms[asked.terms[: asked.own]] = asked.weights**2 * ~asked.is_name
        stated, named, in_asks = held
        corpus = self.corpus
        rows, firsts = rows_of(corpus.asked, found)
        misses, _ = rows_of(corpus.missed, found)
        return Matches(
            self,
            asked,
            found,
            np.array([concept.weight for concept in query.concepts], np.float32),
            np.array([concept.binds for concept in query.concepts], np.bool_),
            np.array([concept.written_as_name for concept in query.concepts], np.bool_),
            stated,
            named,
            in_asks,
            rows,
            firsts,
            _shared(corpus.asks, corpus.asked, found, rows, of_terms),
            misses,
            _shared(corpus.near_misses, corpus.missed, found, misses, of_terms),
            likenesses,
        )


def _shared(texts: Rows, ends: Places, found: Places, rows: Places, of_terms: Floats) -> Floats:
    """Return the sums of what terms count (`of_terms`) over each text of the entries `found`, whose `rows` those are; each
    has the rows of `texts` up to its place in `ends`.
    """
    # What an entry has lies together: to copy fifty runs is faster than to point at thousands of numbers.
    runs = zip(texts.ends[ends[found]].tolist(), texts.ends[ends[found + 1]].tolist(), strict=True)
    last = np.array([len(of_terms) - 1], np.int32)
    held = np.concatenate([*(texts.held[start:end] for start, end in runs), last])
    lengths = texts.ends[rows + 1] - texts.ends[rows]
    # Of a text that holds nothing the sum is that of its neighbour's first term; its norm is 0.
    sums: Floats = np.add.reduceat(of_terms.take(held), np.cumsum(lengths) - lengths)
    return sums


def _norms(texts: Rows, idf: Floats) -> Floats:
    lengths = np.sqrt(np.bincount(texts.owners, (idf**2)[texts.held], len(texts)))
    return np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0).astype(np.float32)


def _beside_mean(lengths: Places) -> Floats:
    return (lengths / (float(lengths.mean() if len(lengths) else 0.0) or 1.0)).astype(np.float32)


def _bm25_norms(lengths: Floats, tuning: Tuning) -> Floats:
    norms: Floats = np.float32(tuning.bm25_k1) * (1 - tuning.bm25_b + tuning.bm25_b * lengths)
    return norms.astype(np.float32)


@dataclass(eq=False)
class Matches:
    """What the entries `found` hold of what is asked, by columns: `stated` and `named` are 1 where it stands in the
    statement or among the names, `in_asks` says in how many asks.

    `weights` are those of the concepts, `is_name` which of them are names of places, and `written_as_name` which are other
    words so written. `ask_rows` are the rows of the asks of the entries, and `firsts` where among them those of each begin;
    `shared` is what each ask shares with the question, names left out, in squares of idf. `misses` are the same of near
    misses.
    `likenesses` are those of all entries, None where there is no encoder.
    """

    fields: Fields
    asked: Asked
    found: Places
    weights: Floats
    is_name: Truths
    written_as_name: Truths
    stated: Floats
    named: Floats
    in_asks: Floats
    ask_rows: Places
    firsts: Places
    shared: Floats
    miss_rows: Places
    misses: Floats
    likenesses: Likenesses | None

    def without(self, *, ask: int) -> Matches:
        """Return the same as if the ask in that row were not there."""
        places = np.flatnonzero(self.ask_rows == ask)
        asks = self.fields.corpus.asks
        in_asks, shared = self.in_asks.copy(), self.shared.copy()
        in_asks[np.searchsorted(self.firsts, places, "right") - 1] -= np.isin(
            self.asked.terms, asks.held[asks.ends[ask] : asks.ends[ask + 1]]
        )
        shared[places] = 0
        likenesses = self.likenesses and self.likenesses.without(ask)
        return replace(self, in_asks=in_asks, shared=shared, likenesses=likenesses)

    @cached_property
    def strengths(self) -> Floats:
        """Return how strongly each entry expresses each concept, in any of its fields: what is written as a name is not
        expressed by asks, in which anything may stand.
        """
        in_any, itself = np.split(self._all_strengths, 2)
        strengths: Floats = np.where(self.written_as_name, itself, in_any)
        return strengths

    @property
    def coverage(self) -> Floats:
        """Return the share of the question's weight that each entry expresses, in any of its fields."""
        return self._shares[: len(self.found)]

    @property
    def stated_coverage(self) -> Floats:
        """Return the share of the question's weight that each entry expresses itself, asks left out."""
        return self._shares[len(self.found) :]

    def word_coverage(self, is_word: Truths) -> Floats:
        """Return the share of the weight of the concepts that are words which each entry expresses; 1 where none is."""
        weights = self.weights * is_word
        total = float(weights.sum())
        if not total:
            return np.ones(len(self.found), np.float32)
        return (self.strengths @ weights / total).astype(np.float32)

    @cached_property
    def _shares(self) -> Floats:
        shares: Floats = self._all_strengths @ self.weights / (float(self.weights.sum()) or 1.0)
        return shares

    @cached_property
    def _all_strengths(self) -> Floats:
        """Return the strengths by all fields, then those by all but the asks."""
        itself = np.maximum(self.stated, self.named)
        present = np.concatenate((np.maximum(itself, np.minimum(self.in_asks, 1)), itself))
        if self.asked.phrases.shape[1]:
            present = np.concatenate((present, self._together(present)), axis=1)
        strengths = np.zeros((len(present), len(self.weights)), np.float32)
        if len(self.asked.ways):
            # Ways first: the largest of a few long rows is found faster than that of many short ones.
            ways = present.T[self.asked.ways] * self.asked.strong[:, None]
            strengths[:, self.asked.expressed] = np.maximum.reduceat(ways, self.asked.firsts, axis=0).T
        return strengths

    def _together(self, present: Floats) -> Floats:
        """Return how much of each phrase each row holds: of three terms and more one may be missing, at a price."""
        terms = self.asked.phrases.sum(axis=0)
        held = present @ self.asked.phrases
        share: Floats = np.where(held >= np.where(terms == 2, terms, terms - 1), held / terms, 0.0) ** 2
        return share

    def bm25_of_asks(self) -> Floats:
        """Return BM25 of the question's own terms in all asks of each entry together, as a share of the most there could
        be.
        """
        own = self.in_asks[:, : self.asked.own]
        norms = self.fields.asks_bm25[self.found, None]
        share: Floats = (own / (own + norms)) @ self.asked.weights
        return share / np.float32(self.asked.total or 1.0)

    def nearest_ask(self) -> Floats:
        """Return the cosine between the question and the nearest ask of each entry, names left out of both; terms weigh
        their idf.
        """
        nearest: Floats = np.maximum.reduceat(self._cosines_of_asks, self.firsts)
        return nearest

    def asks_beside_misses(self) -> Floats:
        """Return by how much denser the asks of each entry lie about the question than near misses and the asks of gaps do, of
        all the entries, names left out: as a logarithm.
        """
        misses = _cosines(self.misses, self.fields.miss_norms[self.miss_rows], self._squares)
        is_gap = self.fields.is_gap[self.found]
        counts, tuning = self.fields.asks_count[self.found], self.fields.tuning
        each, _ = beside_misses(
            self._cosines_of_asks, self.firsts, counts, is_gap, misses, tuning, tuning.about_in_words
        )
        return each

    @cached_property
    def _cosines_of_asks(self) -> Floats:
        return _cosines(self.shared, self.fields.ask_norms[self.ask_rows], self._squares)

    @property
    def _squares(self) -> float:
        """Return what the question's own terms weigh together, squared, names left out."""
        names = self.asked.weights[self.asked.is_name]
        return self.asked.squares - float(names @ names)


def _cosines(shared: Floats, norms: Floats, squares: float) -> Floats:
    """Return the cosine of each text with a question whose own terms weigh `squares` all together, squared."""
    length = math.sqrt(max(squares, 0.0))
    return shared * norms / np.float32(length or 1.0)
