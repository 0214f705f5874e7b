"""The title of somebody in a question: who has it is told by a fact that says so, and by no other."""

from __future__ import annotations

from knowledge.base import FactBase
from knowledge.lexicon import Lexicon
from knowledge.model import Fact
from knowledge.search.query import Query
from knowledge.text.normalize import normalize, stem, tokenize

# What ends the name of a place in Chinese may begin a title: the mayor of Huainan is 淮南市长.
_ENDS_OF_PLACES = "市省区县"


def titles(lexicon: Lexicon, query: Query) -> frozenset[str]:
    """Return the titles that a question speaks of: "mayor", 市长."""
    text = normalize(query.text)
    joined = f" {' '.join(tokenize(text))} "
    rest = text
    for concept in query.concepts:
        if concept.is_name:
            rest = rest.replace(concept.surface.rstrip(_ENDS_OF_PLACES) or concept.surface, " ")
    return frozenset(
        title for title in lexicon.titles if (f" {title} " in joined if title.isascii() else title in rest)
    )


def are_held(base: FactBase, asked: frozenset[str], fact: Fact) -> bool:
    """Say whether a fact speaks of all titles that are asked for: in its statement, or in an ask where it is about a person."""
    texts = (fact.statement, *(fact.asks if _is_about_person(base, fact) else ()))
    return all(any(_says(text, title) for text in texts) for title in asked)


def _is_about_person(base: FactBase, fact: Fact) -> bool:
    records = (base.entity(slug) for slug in fact.subjects)
    return any(record is not None and record.is_person for record in records)


def _says(text: str, title: str) -> bool:
    folded = normalize(text)
    if not title.isascii():
        return title in folded
    return f" {' '.join(map(stem, title.split()))} " in f" {' '.join(map(stem, tokenize(folded)))} "
