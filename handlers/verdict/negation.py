"""Whether a statement tells what is not so, where a question asks for that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Fact, Pairing, Place
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
_OUTSIDE: Final = "outside"
_ENDING: Final = re.compile(
    r"\b(?:go(?:es)? away|end|stop|cease|vanish|disappear|change)\b|消失|结束|停止|改变", _I
)
_LASTING: Final = re.compile(r"\b(?:persists?|remains?|lasts?|continues?|endures?|stays?)\b", _I)


def denies(base: FactBase, query: Query, asked: Negated, fact: Fact) -> bool:
    """Say whether a statement denies what a question denies: most of its words, or the place that all of them say; of what is not to
    end, whether it states that it lasts.
    """
    if _ENDING.search(asked.denied) and _LASTING.search(fact.statement):
        return True
    typed = asked.text[asked.start : asked.end].casefold()
    own = (one for one in query.concepts if one.surface.casefold() not in typed)
    words = [one for one in own if one.surface.casefold() in asked.denied]
    concepts = [one for one in words if not _is_of_place(base, one)] or (
        words if asked.way == _OUTSIDE else []
    )
    least = sum(concept.weight for concept in concepts) / 2
    return bool(concepts) and any(
        sum(concept.weight for concept in concepts if _has(base, part, concept, is_own=asked.is_of_kinds))
        > least
        for part in _denied_in(fact.statement)
    )


def _is_of_place(base: FactBase, concept: Concept) -> bool:
    """Say whether what is denied is named: of a topic it is the words that count."""
    return any(isinstance(base.entity(slug), Place | Pairing) for slug in concept.owners)


def _denied_in(statement: str) -> Iterator[str]:
    """Yield what a statement denies: the words behind each "not", up to where it goes on with something else."""
    for found in _STATED_NOT.finditer(statement):
        behind = _AND_ON.split(statement[found.end() :], maxsplit=1)[0]
        yield " ".join(behind.split()[:_MOST_BEHIND])


def _has(base: FactBase, text: str, concept: Concept, *, is_own: bool) -> bool:
    """Say whether a text has the words of a concept, or of another way to speak of it where it need not be its own."""
    said = frozenset(index_terms(text, base.lexicon.stop))
    return any(
        way and said.issuperset(way)
        for way in (concept.terms, *(way for way, _ in concept.alternatives if not is_own))
    )
