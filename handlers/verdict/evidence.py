"""What is judged: a fact that was found, or an excerpt of a document, by what the rules look at in either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from knowledge.base import FactBase
from knowledge.model import Fact, Place
from knowledge.search.features import speaks_of_year
from knowledge.search.index import Hit
from knowledge.search.query import Concept, Query
from knowledge.text.normalize import normalize
from knowledge.vocabulary import Region


class Evidence(Protocol):
    """What may answer a question, and what of the question it leaves out."""

    def is_near_enough(self, query: Query) -> bool:
        """Say whether it has to do with the question enough to answer, whatever it lacks in particular."""
        ...

    @property
    def bound_by(self) -> frozenset[str]:
        """Return the names of the rules of which none may be broken."""
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


# The right thing in another city or another year is wrong. What else a fact lacks is weighed, with what it holds, in how
# likely it answers.
BINDING: Final = frozenset({"near", "name", "year", "share", "pairing", "time"})


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """A fact that was found."""

    base: FactBase
    hit: Hit

    def is_near_enough(self, query: Query) -> bool:
        """Say whether it is likely enough that the fact answers; a word or two that ask nothing want what states them."""
        tuning = self.base.tuning
        # Statements are in English.
        if query.is_bare and query.text.isascii():
            is_told = self.hit.feature("stated coverage") >= tuning.synonym
            return is_told and self.hit.likely >= tuning.related
        return self.hit.likely >= (tuning.likely if self.base.encoder else tuning.likely_by_words)

    @property
    def bound_by(self) -> frozenset[str]:
        """Return the rules that no fact may break; the others are weighed in how likely it answers."""
        return BINDING

    @property
    def missed(self) -> tuple[Concept, ...]:
        """Return the concepts that the index did not find in it, nor in its asks."""
        return self.hit.missed

    @property
    def missed_names(self) -> tuple[Concept, ...]:
        """Return the places and bodies that it misses: the right thing in another city is wrong, and so is the figure of a
        region for one of its members.
        """
        fact = self.hit.fact
        of_others = (
            concept
            for concept in (self.hit.held if fact.figures else ())
            if not goes_without_saying(self.base, concept) and is_but_a_member(self.base, fact, concept)
        )
        return (*missing_names(self.base, self.hit), *of_others)

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


def missing_names(base: FactBase, hit: Hit) -> tuple[Concept, ...]:
    """Return the names without which the fact of `hit` cannot answer: what it misses of places and bodies.

    Not a way or a topic, which may be spoken of without being named; nor what goes without saying, like the delta,
    except of a fact on another region.
    """
    is_elsewhere = isinstance(hit.entry, Fact) and hit.entry.region is Region.ELSEWHERE
    return tuple(
        concept
        for concept in hit.missed
        if concept.binds and (is_elsewhere or not goes_without_saying(base, concept))
    )


def is_but_a_member(base: FactBase, fact: Fact, concept: Concept) -> bool:
    """Say whether a name is that of a place which a fact neither names nor is about, but through what it is a member of."""
    places = [record for slug in concept.owners if isinstance(record := base.entity(slug), Place)]
    if not places or not set(concept.owners).isdisjoint(fact.subjects):
        return False
    said = normalize(fact.statement)
    return not any(normalize(spelling) in said for place in places for spelling in place.spellings())


def goes_without_saying(base: FactBase, concept: Concept) -> bool:
    """Say whether a name is that of the whole region or country, which most facts do not repeat."""
    return base.going_without_saying.issuperset(concept.owners)
