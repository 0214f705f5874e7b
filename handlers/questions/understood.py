"""How a question was read, as answers and refusals tell it."""

from __future__ import annotations

import re

from handlers.answer import Match
from handlers.say import say
from knowledge.names.near import is_one_edit
from knowledge.search.query import Query
from knowledge.text.normalize import as_typed


def match(query: Query) -> Match:
    """Return how the names and words of a question were found: "fuzzy" where one was read as another than was typed."""
    return "fuzzy" if any(concept.corrected for concept in query.concepts) else "search"


def subjects(query: Query) -> tuple[str, ...]:
    """Return the slugs that a question is about, which a follow-up may refer to."""
    return tuple(dict.fromkeys(owner for concept in query.concepts for owner in concept.owners[:1]))


def names_something(query: Query) -> bool:
    """Say whether a question names a record of the base."""
    return any(concept.is_name for concept in query.concepts)


def corrections(query: Query) -> tuple[str, ...]:
    """Return for whoever asked what was read as something else than was typed: a name, or a word that may be another. What is
    one slip from one word needs no telling.
    """
    return tuple(
        say("“{typed}” read as {read}.", typed=as_typed(concept.surface, query.text), read=concept.corrected)
        for concept in query.concepts
        if concept.corrected and (concept.is_name or not is_one_edit(concept.surface, concept.corrected))
    )


def as_read(query: Query) -> str:
    """Return the question with what each slip in it was read as."""
    text = query.text
    for concept in query.concepts:
        if concept.corrected:
            text = concept.corrected.join(re.split(re.escape(concept.surface), text, flags=re.IGNORECASE))
    return text
