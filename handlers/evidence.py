"""What is judged: a fact that was found, or an excerpt of a document, by what the rules look at in either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from knowledge.base import FactBase
from knowledge.search.index import Hit, speaks_of_year
from knowledge.search.query import Concept
from knowledge.text.normalize import normalize, stem, tokenize
from knowledge.vocabulary import Region


class Evidence(Protocol):
    """What may answer a question, and what of the question it leaves out."""

    @property
    def coverage(self) -> float:
        """Return the share of what is asked that it covers."""
        ...

    @property
    def least(self) -> float:
        """Return the share of what is asked that its sort has to cover."""
        ...

    @property
    def least_of_words(self) -> float:
        """Return the share of the words, names left out, that its sort has to cover."""
        ...

    @property
    def missed(self) -> tuple[Concept, ...]:
        """Return the concepts that it does not speak of."""
        ...

    @property
    def missed_names(self) -> tuple[Concept, ...]:
        """Return those of the concepts that it misses without which it cannot answer, because they are names."""
        ...

    @property
    def text(self) -> str:
        """Return its words."""
        ...

    @property
    def has_figures(self) -> bool:
        """Say whether a number in it has been curated."""
        ...

    @property
    def has_date(self) -> bool:
        """Say whether its date has been curated."""
        ...

    def speaks_of_year(self, year: int) -> bool:
        """Say whether it is about `year`."""
        ...

    def unsaid(self, wanted: Iterable[Concept]) -> tuple[Concept, ...]:
        """Return those of `wanted` that it should say itself, whatever else led to it, and does not."""
        ...

    def unmeasured(self, wanted: Iterable[Concept]) -> tuple[Concept, ...]:
        """Return those of `wanted` that its words or its numbers should speak of and do not."""
        ...


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """A fact that was found."""

    base: FactBase
    hit: Hit

    @property
    def coverage(self) -> float:
        """Return the share of the question's weight that the index found in it."""
        return self.hit.coverage

    @property
    def least(self) -> float:
        """Return the share that a fact has to cover."""
        return self.base.tuning.enough

    @property
    def least_of_words(self) -> float:
        """Return the share of the words that a fact has to cover."""
        return self.base.tuning.enough_of_words

    @property
    def missed(self) -> tuple[Concept, ...]:
        """Return the concepts that the index did not find in it."""
        return self.hit.missed

    @property
    def missed_names(self) -> tuple[Concept, ...]:
        """Return the places and bodies that it misses: the right thing in another city is wrong."""
        return missing_names(self.base, self.hit)

    @property
    def text(self) -> str:
        """Return its statement."""
        return self.hit.fact.statement

    @property
    def has_figures(self) -> bool:
        """Say whether it has figures."""
        return bool(self.hit.fact.figures)

    @property
    def has_date(self) -> bool:
        """Say whether it has a date."""
        return bool(self.hit.fact.date)

    def speaks_of_year(self, year: int) -> bool:
        """Say whether its date, a figure or its statement is of `year`."""
        return speaks_of_year(self.hit.fact, year)

    def unsaid(self, wanted: Iterable[Concept]) -> tuple[Concept, ...]:
        """Return those of `wanted` that neither statement nor speaker nor the names of its subjects say.

        What only its index terms speak of may lead to a fact, but "which bank" wants a fact that names one.
        """
        fact = self.hit.fact
        names = (record.name for slug in fact.subjects if (record := self.base.entity(slug)))
        return _not_among(_terms(fact.statement, fact.speaker, *names), wanted)

    def unmeasured(self, wanted: Iterable[Concept]) -> tuple[Concept, ...]:
        """Return those of `wanted` that neither statement nor figures speak of."""
        figures = (f"{figure.of} {figure.unit}" for figure in self.hit.fact.figures)
        return _not_among(_terms(self.hit.fact.statement, *figures), wanted)


def missing_names(base: FactBase, hit: Hit) -> tuple[Concept, ...]:
    """Return the names without which the fact of `hit` cannot answer: what it misses of places and bodies.

    Not a way or a topic, which may be spoken of without being named; nor what goes without saying, like the delta,
    except of a fact on another region.
    """
    is_elsewhere = hit.fact.region is Region.ELSEWHERE
    return tuple(
        concept
        for concept in hit.missed
        if concept.is_name
        and not concept.alternatives
        and (is_elsewhere or not goes_without_saying(base, concept))
    )


def goes_without_saying(base: FactBase, concept: Concept) -> bool:
    """Say whether a name is that of the whole region or country, which most facts do not repeat."""
    return base.going_without_saying.issuperset(concept.owners)


def _terms(*said: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokenize(normalize(" ".join(said))))


def _not_among(said: frozenset[str], wanted: Iterable[Concept]) -> tuple[Concept, ...]:
    """Return those of `wanted` that no words of `said` speak of."""
    return tuple(
        c for c in wanted if not any(said.issuperset(alternative) for alternative, _ in c.alternatives)
    )
