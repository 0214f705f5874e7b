"""Whether a fact bears on a question closely enough for a part of it to be shown as the answer."""

from __future__ import annotations

from functools import lru_cache

from handlers.questions.values import printed
from handlers.questions.values.wanted import LOCALITIES, Wanted
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Pairing, Place, Topic
from knowledge.search.query import Concept, Query
from knowledge.search.terms import index_terms
from knowledge.text.normalize import CHINESE


def bears_on(base: FactBase, query: Query, asked: Wanted, fact: Fact) -> bool:
    """Say whether a fact speaks of all that a question names, and of most of what it says."""
    spoken = _spoken_of(base, fact)
    told = {
        concept.surface: _is_told(base, spoken, fact, concept)
        for concept in query.concepts
        if _is_record(base, concept)
    }
    if told and not (any(told.values()) if asked.is_compound else all(told.values())):
        return False
    words = [
        concept
        for concept in query.concepts
        if concept.surface not in told
        and not _goes_without_saying(base, concept)
        # What is shown is a place.
        and not (concept.surface == asked.noun in LOCALITIES)
    ]
    named = sum(concept.weight for concept in query.concepts if told.get(concept.surface))
    total = sum(concept.weight for concept in words)
    tuning = base.tuning
    of_words = 0.0 if asked.partner else tuning.value_of_words * total
    least = max(tuning.value_of_all * (total + named) - named, of_words)
    said, asks = _terms(fact, base.lexicon.stop)
    # One word tells little, unless the statement says every other with it.
    is_said = len(query.concepts) > 1 and all(_says(said, (), concept) for concept in words)
    if not (asked.partner or is_said or _tells(base, query)):
        return False
    open_ = [concept for concept in words if not (_says(said, (), concept) or _is_reread(spoken, concept))]
    covered = total - sum(concept.weight for concept in open_)
    if covered >= least and not any(concept.binds for concept in open_):
        return True
    return any(_covers(said, ask, open_, least - covered) for ask in asks)


def _tells(base: FactBase, query: Query) -> bool:
    """Say whether a question, or its part, tells what is asked: "where of having a home" does not, with one word and no name."""
    telling = [concept for concept in query.concepts if not _is_light(base, concept)]
    words = [word for concept in telling for word in concept.surface.split()]
    return len(words) > 1 or any(concept.is_name or CHINESE.search(concept.surface) for concept in telling)


def _is_light(base: FactBase, concept: Concept) -> bool:
    return base.lexicon.light.issuperset(concept.surface.split())


def _covers(said: frozenset[str], ask: tuple[str, ...], concepts: list[Concept], least: float) -> bool:
    """Say whether an ask speaks of that much of what the statement leaves open, and of all that binds."""
    left = [concept for concept in concepts if not _says(said, ask, concept)]
    covered = sum(concept.weight for concept in concepts) - sum(concept.weight for concept in left)
    return covered >= least and not any(concept.binds for concept in left)


def _is_reread(spoken: frozenset[str], concept: Concept) -> bool:
    """Say whether a slip was read as a name that is spoken of."""
    return bool(concept.corrected) and not spoken.isdisjoint(concept.owners)


def _is_told(base: FactBase, spoken: frozenset[str], fact: Fact, concept: Concept) -> bool:
    return not spoken.isdisjoint(concept.owners) or holds(base, fact, concept)


def _goes_without_saying(base: FactBase, concept: Concept) -> bool:
    return not base.going_without_saying.isdisjoint(concept.owners)


def _is_record(base: FactBase, concept: Concept) -> bool:
    """Say whether a concept names what a fact must speak of: no topic, and no delta, which goes without saying."""
    records = [record for slug in concept.owners if (record := base.entity(slug))]
    return bool(records) and not any(
        isinstance(record, Topic | Mechanism) or record.slug in base.going_without_saying
        for record in records
    )


def _spoken_of(base: FactBase, fact: Fact) -> frozenset[str]:
    """Return the slugs of what a statement prints or is about, with the members of pairings and the provinces of cities."""
    slugs = {*fact.subjects, *fact.topics, *(one.record.slug for one in printed.names(base.names, fact))}
    for record in [record for slug in slugs if (record := base.entity(slug))]:
        if isinstance(record, Pairing):
            slugs.update(record.members)
        elif isinstance(record, Place) and record.province:
            slugs.add(record.province)
    return frozenset(slugs)


def holds(base: FactBase, fact: Fact, concept: Concept) -> bool:
    """Say whether a name is that of who holds what a fact states, or wrote what it is from."""
    said = (fact.speaker, *(author for slug in fact.documents for author in base.document(slug).authors))
    names = [record.name for slug in concept.owners if (record := base.entity(slug))]
    return any(name in one for name in names for one in said)


def states(base: FactBase, fact: Fact, concept: Concept) -> bool:
    """Say whether the statement of a fact, or what its figures are of, speaks of a concept in some of its words."""
    return _says(_terms(fact, base.lexicon.stop)[0], (), concept)


def _says(said: frozenset[str], ask: tuple[str, ...], concept: Concept) -> bool:
    """Say whether a statement, or the ask beside it, speaks of a concept in some of its words."""
    forms = (*(form for form, _ in concept.alternatives), concept.terms)
    return any(form and all(term in said or term in ask for term in form) for form in forms)


@lru_cache(1024)
def _terms(fact: Fact, stop: frozenset[str]) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """Return the index terms of a statement with its figures, and those of each of its asks that the statement lacks."""
    figures = (f"{one.of} {one.unit}" for one in fact.figures)
    said = frozenset(term for text in (fact.statement, *figures) for term in index_terms(text, stop))
    asks = (tuple(term for term in index_terms(ask, stop) if term not in said) for ask in fact.asks)
    return said, tuple(filter(None, asks))
