"""Query -> facts, best first, each with how much of the question it covers.

A fact matches a concept by its statement, its expansion terms, the names of its subjects and topics. The score
is coverage: the share of the question's concepts, weighted by how rare they are (inverse document frequency,
Robertson and Sparck Jones 1976), that the fact matches. What a fact leaves uncovered is known, so that the
policy above can decline.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.lexicon import Lexicon
from knowledge.model import Fact, Mechanism, Named, Pairing, Place, Topic
from knowledge.search.intent import AnswerType
from knowledge.search.query import Concept, Query
from knowledge.search.terms import Alternative, index_terms
from knowledge.text.normalize import CHINESE, bigrams, normalize, stem, tokenize
from knowledge.tuning import TUNING, Tuning

# Concepts looked up last: a question in parts shares most of its words with each of them. Up to 50 kB an entry.
_REMEMBERED = 128


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A fact, the share of the question's weight it covers, and the concepts it does not match."""

    fact: Fact
    coverage: float
    score: float
    missed: tuple[Concept, ...]


class Index:
    """The facts by the words that find them. Immutable once built; any thread may search."""

    def __init__(
        self,
        facts: tuple[Fact, ...],
        entities: Mapping[str, Named],
        lexicon: Lexicon,
        tuning: Tuning = TUNING,
    ) -> None:
        self._lexicon, self._tuning = lexicon, tuning
        self._facts = facts
        self._entities = entities
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        self._by_owner: dict[str, dict[int, float]] = defaultdict(dict)
        self._terms_of_names: dict[str, tuple[str, ...]] = {}
        self._seen: set[str] = set()
        for number, fact in enumerate(facts):
            self._add(number, fact)
        self._about_documents = frozenset(n for n, f in enumerate(facts) if self._is_on_a_document(f))
        self.words = frozenset(self._seen)
        self._numbers = {fact.id: number for number, fact in enumerate(facts)}
        self._bm25_lengths = self._weighed_lengths()
        self._matches = lru_cache(_REMEMBERED)(self._look)

    def count(self, term: str) -> int:
        """Return how many facts hold an index term."""
        return len(self._postings.get(term, ()))

    def count_about(self, slug: str) -> int:
        """Return how many facts are about a subject or topic."""
        return len(self._by_owner.get(slug, ()))

    def idf(self, count: int) -> float:
        """Return the weight of what `count` facts hold: the fewer, the more it tells."""
        return math.log(1 + (len(self._facts) - count + 0.5) / (count + 0.5))

    def rank(self, query: Query) -> tuple[Hit, ...]:
        """Return facts that match any concept of `query`, best first."""
        total = query.weight
        if not total:
            return ()
        matches = [self._matches(concept) for concept in query.concepts]
        covered: defaultdict[int, float] = defaultdict(float)
        for concept, found in zip(query.concepts, matches, strict=True):
            for number, strength in found.items():
                covered[number] += concept.weight * strength
        if not query.on_documents:
            for number in self._about_documents & covered.keys():
                covered[number] *= self._tuning.about_documents
        # What fits the question better can overtake, but not by more than this many places.
        nearest = heapq.nlargest(
            self._tuning.most_hits, covered.items(), key=lambda entry: (entry[1], -entry[0])
        )
        hits = [self._hit(query, number, weight / total, matches) for number, weight in nearest]
        return self._fused(query, sorted(hits, key=lambda hit: -hit.score))

    def _fused(self, query: Query, hits: list[Hit]) -> tuple[Hit, ...]:
        """Put `hits` in the order that coverage and BM25 on the question's own words agree on.

        Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): it needs no scale common to the two.
        """
        held = [
            (self.idf(len(p)), p)
            for term in index_terms(query.text, self._lexicon.stop)
            if (p := self._postings.get(term))
        ]
        by_words = sorted(range(len(hits)), key=lambda place: -self._bm25(held, hits[place].fact))
        places = {place: rank for rank, place in enumerate(by_words)}
        fused, share = self._tuning.fused, self._tuning.own_words
        order = sorted(
            range(len(hits)), key=lambda place: -1 / (fused + place) - share / (fused + places[place])
        )
        return tuple(hits[place] for place in order)

    def _weighed_lengths(self) -> tuple[float, ...]:
        """Return for each fact how much its length, in terms, tells against a match, as BM25 counts it."""
        lengths = Counter(number for postings in self._postings.values() for number in postings)
        mean = sum(lengths.values()) / max(len(self._facts), 1) or 1.0
        k1, b = self._tuning.bm25_k1, self._tuning.bm25_b
        return tuple(k1 * (1 - b + b * lengths[number] / mean) for number in range(len(self._facts)))

    def _bm25(self, held: Sequence[tuple[float, Mapping[int, float]]], fact: Fact) -> float:
        """Return the score of `fact` by the terms of a question, each with its idf and its postings."""
        number = self._numbers[fact.id]
        most, length = self._tuning.bm25_k1 + 1, self._bm25_lengths[number]
        return sum(
            idf * most * weight / (weight + length)
            for idf, postings in held
            if (weight := postings.get(number))
        )

    def _hit(self, query: Query, number: int, coverage: float, matches: list[Mapping[int, float]]) -> Hit:
        fact = self._facts[number]
        fit = 1 + self._fit(query, fact)
        matched, malus = self._tuning.matched, self._tuning.length_malus
        missed = tuple(
            concept
            for concept, found in zip(query.concepts, matches, strict=True)
            if found.get(number, 0.0) < matched
        )
        length = malus * len(fact.statement.split())
        return Hit(fact, coverage, coverage * fit - length, missed)

    def _fit(self, query: Query, fact: Fact) -> float:
        """Return a small bonus for a fact with the time, or with a place not named already, that the question wants."""
        if query.answer_type is AnswerType.TIME and fact.date:
            return self._tuning.date_bonus
        if query.answer_type is AnswerType.PLACE:
            named = {owner for concept in query.concepts for owner in concept.owners}
            others = (slug for slug in fact.subjects if slug not in named)
            if any(isinstance(self._entities.get(slug), Place) for slug in others):
                return self._tuning.place_bonus
        return 0.0

    def _is_on_a_document(self, fact: Fact) -> bool:
        """Say whether a fact is on a document (its authors, its references), not on what the document is about."""
        topics = (self._entities.get(slug) for slug in fact.topics)
        return any(isinstance(topic, Topic) and topic.about_documents for topic in topics)

    def _look(self, concept: Concept) -> Mapping[int, float]:
        best: dict[int, float] = {}
        for owner in concept.owners:
            _keep_best(best, self._by_owner.get(owner, {}), 1.0)
        for alternative, weight in concept.alternatives:
            _keep_best(best, self._together(alternative), weight)
        return best

    def _together(self, alternative: Alternative) -> Mapping[int, float]:
        """Return the facts that hold every term of `alternative`, each as strongly as its weakest term.

        Of three terms and more, one may be missing, at a price.
        """
        if len(alternative) == 1:
            return self._postings.get(alternative[0], {})
        if len(alternative) == 2:
            first, second = (self._postings.get(term, {}) for term in alternative)
            return {number: min(first[number], second[number]) for number in first.keys() & second.keys()}
        held: defaultdict[int, list[float]] = defaultdict(list)
        for term in alternative:
            for number, strength in self._postings.get(term, {}).items():
                held[number].append(strength)
        return {
            number: min(strengths) * (len(strengths) / len(alternative)) ** 2
            for number, strengths in held.items()
            if len(strengths) >= len(alternative) - 1
        }

    def _add(self, number: int, fact: Fact) -> None:
        counts = self._tuning
        self._post(number, fact.statement, counts.statement)
        for term in fact.terms:
            self._post(number, term, counts.term)
        self._post(number, fact.speaker, counts.speaker)
        self._post(number, fact.caveat, counts.caveat)
        self._post(number, f"{fact.kind} {fact.stance}", counts.caveat)
        for figure in fact.figures:
            self._post(number, f"{figure.of} {figure.unit}", counts.figure)
        for position, slug in enumerate(fact.subjects):
            self._own(number, slug, 1.0 if position == 0 else counts.other_subject)
            self._post_names(number, slug)
        for slug in fact.topics:
            self._own(number, slug, counts.topic)
            self._post_names(number, slug)

    def _post_names(self, number: int, slug: str) -> None:
        if entity := self._entities.get(slug):
            if slug not in self._terms_of_names:
                terms = (term for spelling in entity.spellings() for term in self._terms(spelling))
                self._terms_of_names[slug] = tuple(dict.fromkeys(terms))
            is_wide = isinstance(entity, Mechanism | Topic)
            strength = self._tuning.topic_name if is_wide else self._tuning.subject_name
            self._post_terms(number, self._terms_of_names[slug], strength)
            if isinstance(entity, Pairing):
                for member in entity.members:
                    self._own(number, member, self._tuning.member)

    def _post(self, number: int, text: str, strength: float) -> None:
        self._post_terms(number, self._terms(text), strength)

    def _post_terms(self, number: int, terms: Iterable[str], strength: float) -> None:
        for term in terms:
            postings = self._postings[term]
            if postings.get(number, 0.0) < strength:
                postings[number] = strength

    def _terms(self, text: str) -> Iterator[str]:
        """Yield the index terms of `text`, and remember its words for reading slips."""
        for word in tokenize(normalize(text)):
            if CHINESE.match(word):
                yield from bigrams(word)
            elif word not in self._lexicon.stop:
                self._seen.add(word)
                yield stem(word)

    def _own(self, number: int, slug: str, strength: float) -> None:
        owned = self._by_owner[slug]
        owned[number] = max(strength, owned.get(number, 0.0))


def _keep_best(best: dict[int, float], found: Mapping[int, float], weight: float) -> None:
    for number, strength in found.items():
        if best.get(number, 0.0) < strength * weight:
            best[number] = strength * weight


def speaks_of_year(fact: Fact, year: int) -> bool:
    """Say whether a fact is about `year`: in its date, a figure or its words."""
    return (
        fact.date.startswith(str(year))
        or any(figure.year == year for figure in fact.figures)
        or str(year) in fact.statement
    )
