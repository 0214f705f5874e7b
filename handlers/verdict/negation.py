"""Whether a statement tells what is not so, where a question asks for that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.search.negation import Negated
from knowledge.search.query import Concept, Query
from knowledge.search.terms import index_terms

_I: Final = re.IGNORECASE
_STATED_NOT: Final = re.compile(
    r"\b(?:not(?! only| just| merely)|no(?! longer than)|never|neither|nor|cannot|without|lacks?|lacking|unable|fails?|failed|weakly"
    r"|insufficient|outside|excluded?)\b|n['’]t\b",
    _I,
)
_AND_ON: Final = re.compile(r"[;:.]|, (?:and|but|which|while)\b")
_MOST_BEHIND: Final = 8


def denies(base: FactBase, query: Query, asked: Negated, fact: Fact) -> bool:
    """Say whether a statement denies a word that a question denies."""
    concepts = _denied(query, asked)
    return any(_has(base, part, concept) for part in _denied_in(fact.statement) for concept in concepts)


def affirms(base: FactBase, query: Query, asked: Negated, fact: Fact) -> bool:
    """Say whether a statement may affirm what a question denies: a word of that, or anything where a list is asked for."""
    denied = _denied(query, asked)
    is_of_ties = any(concept.surface in base.lexicon.of_ties for concept in denied)
    if asked.is_of_kinds or is_of_ties:
        return True
    return any(_has(base, fact.statement, concept) for concept in denied)


def _denied(query: Query, asked: Negated) -> list[Concept]:
    return [one for one in query.concepts if not one.is_name and one.surface.casefold() in asked.denied]


def _denied_in(statement: str) -> Iterator[str]:
    """Yield what a statement denies: the words behind each "not", up to where it goes on with something else."""
    for found in _STATED_NOT.finditer(statement):
        behind = _AND_ON.split(statement[found.end() :], maxsplit=1)[0]
        yield " ".join(behind.split()[:_MOST_BEHIND])


def _has(base: FactBase, text: str, concept: Concept) -> bool:
    """Say whether a text has the words of a concept, or of another way to speak of it."""
    said = frozenset(index_terms(text, base.lexicon.stop))
    return any(
        way and said.issuperset(way) for way in (concept.terms, *(way for way, _ in concept.alternatives))
    )
