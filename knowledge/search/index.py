"""Query -> entries, best first: a linear model over a few named features says how well each answers.

Candidates are found by BM25 (Robertson and Zaragoza 2009) over all that an entry says: statement, names, asks. What
they are compared by stands in `knowledge.search.features`; what each feature counts was learned (`make learn`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.asked import read
from knowledge.model import Entry, Fact, Weight
from knowledge.search.asked import Asked
from knowledge.search.corpus import Corpus
from knowledge.search.exact import ExactAsks
from knowledge.search.features import FEATURES, VERDICT, features, of_verdict
from knowledge.search.matches import Fields, Matches
from knowledge.search.negation import is_turned_alike
from knowledge.search.query import Concept, Query
from knowledge.search.rows import Floats, Places, Rows, Truths, rows_of
from knowledge.search.terms import name_term
from knowledge.search.vectors.dense import DenseIndex, Likenesses
from knowledge.tuning import TUNING, Tuning

# Questions ranked last: as many as are answered at once, and their parts. Some 30 kB an entry.
_REMEMBERED: Final = 16
# Of an entry: statement, names, asks.
_FIELDS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """An entry, how near it is, and how likely it answers; `concepts` are those of the question, of which it misses some.

    `judged` are its features for the verdict; `is_asked` says that the question is one of its asks.
    """

    entry: Entry
    score: float
    likely: float
    concepts: tuple[Concept, ...]
    misses: Truths
    judged: Floats
    is_asked: bool

    @property
    def missed(self) -> tuple[Concept, ...]:
        """Return the concepts that it does not match."""
        return tuple(compress(self.concepts, self.misses.tolist()))

    @property
    def held(self) -> tuple[Concept, ...]:
        """Return the concepts that it matches."""
        return tuple(compress(self.concepts, (~self.misses).tolist()))

    @property
    def features(self) -> tuple[float, ...]:
        """Return what it was judged by: the features of `VERDICT`, in order."""
        return tuple(self.judged.tolist())

    def feature(self, name: str) -> float:
        """Return one of the features by its name; ValueError where there is none of that name."""
        return float(self.judged[VERDICT.index(name)])

    @property
    def stated(self) -> float:
        """Return the share of the question's weight that it speaks of itself, asks left out."""
        return self.feature("stated coverage")

    @property
    def fact(self) -> Fact:
        """Return the entry that is a fact; TypeError where it is a gap."""
        if not isinstance(self.entry, Fact):
            raise TypeError(f"{self.entry.id} is no fact")
        return self.entry


@dataclass(frozen=True, slots=True, eq=False)
class _Postings:
    """For each term the entries that hold it, what a match weighs in each, its idf included, and how often it stands in
    each field of an entry: statement, names, asks.
    """

    entries: Rows
    impacts: Floats
    fields: NDArray[np.uint16]
    idf: Floats
    counts: Places

    @classmethod
    def of(cls, corpus: Corpus, tuning: Tuning) -> _Postings:
        """Return the terms of `corpus`."""
        terms, entries = max(len(corpus.terms), 1), len(corpus.stated)
        of_asks = np.repeat(np.repeat(np.arange(entries), np.diff(corpus.asked)), corpus.asks.lengths)
        keys = np.concatenate(
            (
                (corpus.stated.held * np.int64(entries) + corpus.stated.owners) * _FIELDS,
                (corpus.named.held * np.int64(entries) + corpus.named.owners) * _FIELDS + 1,
                (corpus.asks.held * np.int64(entries) + of_asks) * _FIELDS + 2,
            )
        )
        # By term, then by entry, then by field.
        keys.sort()
        pairs, of_fields = np.divmod(keys, _FIELDS)
        firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
        fields = np.column_stack([_sums(of_fields == place, firsts) for place in range(_FIELDS)])
        held, owners = np.divmod(pairs[firsts], max(entries, 1))
        counts = fields.sum(axis=1)
        lengths = np.bincount(owners, counts, entries)
        k1, b = tuning.bm25_k1, tuning.bm25_b
        norms = k1 * (1 - b + b * lengths / (lengths.mean() if entries else 1.0))
        df = np.bincount(held, minlength=terms)
        idf = np.log1p((entries - df + 0.5) / (df + 0.5))
        impacts = idf[held] * counts / (counts + norms[owners])
        ends = np.concatenate(([0], np.cumsum(df)))
        return cls(
            Rows(owners.astype(np.int32), ends),
            impacts.astype(np.float32),
            fields.astype(np.uint16),
            idf.astype(np.float32),
            df,
        )


def _sums(counted: Truths, firsts: Places) -> Places:
    """Return how many of each run of `counted` are true; runs begin at `firsts`."""
    before = np.concatenate(([0], np.cumsum(counted)))
    sums: Places = np.diff(before[np.append(firsts, len(counted))])
    return sums


def _highest(scores: Floats, most: int) -> Places:
    """Return where the highest `most` of `scores` are, in the order of their places."""
    most = min(most, len(scores))
    return np.sort(np.argpartition(-scores, most - 1)[:most]) if most else np.zeros(0, np.int64)


class Index:
    """The entries by the terms that find them. Immutable once built; any thread may search."""

    def __init__(
        self,
        entries: Sequence[Entry],
        corpus: Corpus,
        weights: Sequence[Weight],
        about_documents: frozenset[str],
        tuning: Tuning = TUNING,
        dense: DenseIndex | None = None,
        own: Collection[str] = (),
    ) -> None:
        """Index `entries`, of which a team has the facts with the ids `own`: few ask for those, and they are looked at besides."""
        self.entries = tuple(entries)
        self._own = np.array([n for n, entry in enumerate(self.entries) if entry.id in own], np.int64)
        self.words = corpus.words
        self._tuning = tuning
        self._dense = dense
        self._remembered = lru_cache(_REMEMBERED)(self._ranked)
        self._numbers: Mapping[str, int] = {term: number for number, term in enumerate(corpus.terms)}
        self._postings = _Postings.of(corpus, tuning)
        self._exact = ExactAsks.of(corpus)
        self._fields = Fields.of(self.entries, corpus, self._postings.idf, about_documents, tuning)
        known = {weight.feature: weight.beside_encoder() if dense else weight for weight in weights}
        self.weights: Mapping[str, Weight] = MappingProxyType(known)
        self._rank = np.array([known[name].rank if name in known else 0.0 for name in FEATURES], np.float32)
        self._answers = np.array(
            [known[name].answers if name in known else 0.0 for name in VERDICT], np.float32
        )

    def count(self, term: str) -> int:
        """Return how many entries hold an index term."""
        number = self._numbers.get(term)
        return 0 if number is None else int(self._postings.counts[number])

    def count_about(self, slug: str) -> int:
        """Return how many entries name a record or are about it."""
        return self.count(name_term(slug))

    def idf(self, count: int) -> float:
        """Return the weight of what `count` entries hold: the fewer, the more it tells."""
        return math.log(1 + (len(self.entries) - count + 0.5) / (count + 0.5))

    def rank(self, query: Query) -> tuple[Hit, ...]:
        """Return the entries nearest to `query`, best first. Ranked once, however often a command asks."""
        return self._remembered(query)

    def _ranked(self, query: Query) -> tuple[Hit, ...]:
        exact = frozenset(self._asked(query))
        matches = self._matches(query, exact)
        if matches is None:
            return ()
        entries = tuple(self.entries[number] for number in matches.found.tolist())
        table = features(query, matches, entries)
        scores = table @ self._rank
        judged = of_verdict(table, scores)
        likely = 1 / (1 + np.exp(-(judged @ self._answers)))
        # What a curator wrote down as a question of an entry is one.
        is_asked = np.array([number in exact for number in matches.found.tolist()], np.bool_)
        likely[is_asked] = 1.0
        order = np.argsort(-scores, kind="stable")
        is_missed = matches.strengths[order] < self._tuning.matched
        return tuple(
            Hit(entries[place], score, chance, query.concepts, missed, row, asked)
            for place, score, chance, missed, row, asked in zip(
                order.tolist(),
                scores[order].tolist(),
                likely[order].tolist(),
                is_missed,
                judged[order],
                is_asked[order].tolist(),
                strict=True,
            )
        )

    def matches(self, query: Query) -> Matches | None:
        """Return what the entries nearest to `query` hold of it; None where none holds anything."""
        return self._matches(query, frozenset(self._asked(query)))

    def _matches(self, query: Query, exact: frozenset[int]) -> Matches | None:
        unknown = self.idf(0) * self._tuning.out_of_vocabulary
        asked = Asked.of(query, self._numbers, self._postings.idf, unknown)
        places, _ = rows_of(self._postings.entries.ends, asked.terms)
        columns = np.repeat(np.arange(len(asked.terms)), self._postings.counts[asked.terms])
        found = self._candidates(asked, places, columns)
        if not exact.issubset(found.tolist()):
            found = np.union1d(found, np.fromiter(exact, np.int64, len(exact)))
        likenesses = self._dense.likenesses(query.in_chinese or query.text) if self._dense else None
        if likenesses is not None:
            found = np.union1d(found, self._nearest_in_meaning(likenesses))
        if not len(found):
            return None
        rows = np.full(len(self.entries), -1, np.int32)
        rows[found] = np.arange(len(found))
        of_found = rows[self._postings.entries.held[places]]
        kept = np.flatnonzero(of_found >= 0)
        held = np.zeros((_FIELDS, len(found), len(asked.terms)), np.float32)
        held[:, of_found[kept], columns[kept]] = self._postings.fields[places[kept]].T
        return self._fields.match(query, asked, found, held, likenesses)

    def _asked(self, query: Query) -> Iterator[int]:
        """Yield the entries of which the question is an ask: word for word, or else in the same terms."""
        said = read(query.text)
        word_for_word = self._exact.with_text(read(query.in_chinese) if query.in_chinese else said).tolist()
        if word_for_word:
            yield from word_for_word
            return
        terms = query.terms_and_years
        known = {self._numbers[term] for term in terms if term in self._numbers}
        if len(known) == len(terms):
            same = self._exact.entries(known, len(said.split())).tolist()
            # In terms an ask is the same with a "not" and without.
            yield from (one for one in same if is_turned_alike(query.text, self.entries[one]))

    def _candidates(self, asked: Asked, places: Places, columns: Places) -> Places:
        """Return the entries, at most `most_hits` and so many of the team's own, that BM25 finds nearest by the question's own terms and other ways of
        saying them: by the postings in `places`, which are those of the terms in `columns`.
        """
        shares = np.full(len(asked.terms), self._tuning.other_words, np.float32)
        shares[: asked.own] = 1
        scores = np.zeros(len(self.entries), np.float32)
        np.add.at(
            scores, self._postings.entries.held[places], self._postings.impacts[places] * shares[columns]
        )
        nearest = _highest(scores, self._tuning.most_hits)
        if len(self._own):
            own = self._own[_highest(scores[self._own], self._tuning.most_own)]
            nearest = np.union1d(nearest, own)
        return nearest[scores[nearest] > 0]

    def _nearest_in_meaning(self, likenesses: Likenesses) -> Places:
        """Return the entries whose statements are nearest, those with the nearest asks, and those whose asks are nearest
        together, so many of each.
        """
        most = min(self._tuning.most_by_meaning, len(self.entries))
        sorts = (likenesses.stated, likenesses.asked, likenesses.middle)
        return np.concatenate([np.argpartition(-cosines, most - 1)[:most] for cosines in sorts])
