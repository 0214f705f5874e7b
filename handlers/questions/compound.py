"""Questions that several facts answer together: comparisons, double questions, names joined by "and"."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.answerability import answering
from handlers.evidence import goes_without_saying
from handlers.services import Services
from knowledge.search.index import Hit
from knowledge.search.query import Concept, Query
from knowledge.text.normalize import CHINESE

_CLAUSE = re.compile(
    r"(?:,|;|\?)\s*(?:and\s+)?(?=(?:how|what|which|who|when|where|why)\b)|\band\s+(?=(?:how|what|which|who|when|where|why)\b)|[，；？](?=.)",
    re.I,
)
_AND = re.compile(r"\s(?:and|plus|or)\s|&|[和与及]", re.I)
# How much lower than the first a hit may score, as a logarithm of odds, to be shown before it for its subject.
_NEAR = 2
# "Compare how A helps B with how C helps D" sets two ties side by side.
_TIES = re.compile(r"\s(?:with|and|to) how\s", re.I)


def answer_parts(services: Services, query: Query) -> tuple[Hit, ...]:
    """Return the best hits for each part of a question; none unless it has parts and each has one."""
    if len(query.concepts) > services.base.tuning.most_concepts_of_parts:
        return ()
    if not query.compares:
        return _each_clause(services, query) or _each_name(services, query)
    if not _TIES.search(query.text):
        return _each_name(services, query) or _each_clause(services, query)
    return _each_tie(services, query) or _each_clause(services, query) or _each_name(services, query)


def _each_tie(services: Services, query: Query) -> tuple[Hit, ...]:
    """Return the best hits for each of two ties compared; none unless both have one."""
    return _together(services, [services.base.parse(side) for side in _TIES.split(query.text, maxsplit=1)])


def _each_name(services: Services, query: Query) -> tuple[Hit, ...]:
    """Return the best hits for each name that a question joins by "and"; none unless every name has one."""
    names = [c for c in query.concepts if c.is_name and not goes_without_saying(services.base, c)]
    # What compares, and Chinese does so without a word for "and", sets its names side by side.
    if not 2 <= len(names) <= 4 or not (query.compares or _AND.search(query.text)):
        return ()
    sides = [tuple(c for c in query.concepts if c is name or not c.is_name) for name in names]
    # A year may be printed with one side of a comparison only.
    found = _answers_of(services, [replace(query, concepts=side, years=()) for side in sides])
    return _in_turn([_about(name, hits) for name, hits in zip(names, found, strict=True)] if found else [])


def _each_clause(services: Services, query: Query) -> tuple[Hit, ...]:
    """Return the best hits for each half of a double question; none unless both have one."""
    cut = next((found for found in _CLAUSE.finditer(query.text) if _are_clauses(query.text, found)), None)
    if cut is None:
        return ()
    clauses = query.text[: cut.start()], query.text[cut.end() :]
    first, second = (services.base.parse(clause) for clause in clauses)
    if not first.concepts or not second.concepts:
        return ()
    if not any(concept.is_name for concept in second.concepts):
        names = tuple(concept for concept in first.concepts if concept.is_name)
        second = replace(second, concepts=(*names, *second.concepts))
    elif (
        sum(concept.weight for concept in second.concepts if not concept.is_name) < services.base.tuning.tells
    ):
        words = tuple(concept for concept in first.concepts if not concept.is_name)
        second = replace(second, concepts=(*second.concepts, *words))
    return _together(services, [first, second])


def _are_clauses(text: str, cut: re.Match[str]) -> bool:
    """Say whether both sides of a cut are long enough to ask something by themselves."""
    left, right = text[: cut.start()], text[cut.end() :]
    return all(len(side.split()) >= 3 or len(CHINESE.findall(side)) >= 4 for side in (left, right))


def _about(name: Concept, hits: list[Hit]) -> list[Hit]:
    """Return the nearest of `hits`, those first whose first subject is `name`: others mention it beside something else."""
    near = [hit for hit in hits if hit.score >= hits[0].score - _NEAR]
    return sorted(near, key=lambda hit: hit.entry.subjects[0] not in name.owners)


def _together(services: Services, queries: list[Query]) -> tuple[Hit, ...]:
    """Return the two best hits of each query in turn; none unless every query has one."""
    return _in_turn(_answers_of(services, queries))


def _answers_of(services: Services, queries: list[Query]) -> list[list[Hit]]:
    """Return the hits of each query, best first; nothing unless every query has an answer."""
    found = [
        list(answering(services.base, query, services.base.rank(query), services.rules)) for query in queries
    ]
    return found if all(found) else []


def _in_turn(found: list[list[Hit]]) -> tuple[Hit, ...]:
    """Return the two best of each list, first the best of each."""
    inturn = [hits[place] for place in range(2) for hits in found if place < len(hits)]
    return tuple({hit.fact.id: hit for hit in inturn}.values())
