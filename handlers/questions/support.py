"""What is shown below the fact that leads: on the point, or not at all."""

from __future__ import annotations

from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Fact, Topic
from knowledge.search.index import Hit
from knowledge.search.query import Concept, Query
from knowledge.search.terms import index_terms


def on_the_point(services: Services, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return the best of `hits`, and of the others those that are nearly as near, or about the same and say the word that tells.

    What a curator wrote the question down for always is.
    """
    if not hits:
        return ()
    lead, *others = hits
    base, telling = services.base, _telling(services.base, lead)
    best = max(hit.score for hit in hits)
    return (
        lead,
        *(hit for hit in others if hit.is_asked or best - hit.score <= _most(base, lead, hit, telling)),
    )


def own_word_first(base: FactBase, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return `hits` with those near the best first that state the one word which a question consists of, and not another for it."""
    if len(query.concepts) != 1 or query.concepts[0].is_name or not hits:
        return hits
    words, least = query.concepts[0].terms, hits[0].score - base.tuning.beside_the_best
    first = [
        hit
        for hit in hits
        if hit.score >= least
        and words
        and set(words).issubset(index_terms(hit.fact.statement, base.lexicon.stop))
    ]
    return (*first, *(hit for hit in hits if hit not in first))


def _most(base: FactBase, lead: Hit, hit: Hit, telling: Concept | None) -> float:
    """Return how much less than the best a fact may score that has so much in common with the one that leads; below 0 where
    it is unlikely to answer.
    """
    tuning = base.tuning
    about, also = _subjects(base, lead.fact), _subjects(base, hit.fact)
    most = [tuning.beside_the_best]
    if about.isdisjoint(also):
        most.append(tuning.beside_on_another)
    elif not (about <= also or also <= about):
        most.append(tuning.beside_on_others_too)
    if telling is not None and telling in hit.missed:
        most.append(tuning.beside_without_word)
    return min(most) if hit.likely >= tuning.related else -1


def _telling(base: FactBase, lead: Hit) -> Concept | None:
    """Return the word that tells most of those of a question that the best fact says; None where it says none that tells."""
    slight = base.lexicon.slight
    words = [c for c in lead.held if not c.is_name and c.weight and c.surface not in slight]
    return max(words, key=lambda concept: concept.weight, default=None)


def _subjects(base: FactBase, fact: Fact) -> frozenset[str]:
    """Return what a fact is about, without topics and what all is part of."""
    return frozenset(
        slug
        for slug in fact.subjects
        if slug not in base.going_without_saying and not isinstance(base.entity(slug), Topic)
    )
