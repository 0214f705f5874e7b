"""How a question was read, as answers and refusals tell it."""

from __future__ import annotations

from handlers.answer import Match
from knowledge.search.query import Query


def match(query: Query) -> Match:
    """Return how the names and words of a question were found: "fuzzy" where one was read as another than was typed."""
    return "fuzzy" if any(concept.corrected for concept in query.concepts) else "search"


def subjects(query: Query) -> tuple[str, ...]:
    """Return the slugs that a question is about, which a follow-up may refer to."""
    return tuple(dict.fromkeys(owner for concept in query.concepts for owner in concept.owners[:1]))


def names_something(query: Query) -> bool:
    """Say whether a question names a record of the base."""
    return any(concept.is_name for concept in query.concepts)
