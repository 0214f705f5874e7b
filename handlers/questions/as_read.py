"""What was typed and what it was read as: for whoever asked, and for those whom the answer is shown to."""

from __future__ import annotations

import re

from knowledge.search.query import Query


def corrections(query: Query) -> tuple[str, ...]:
    """Return for whoever asked what was read as something else than was typed."""
    return tuple(f"“{c.surface}” read as {c.corrected}." for c in query.concepts if c.corrected)


def as_read(query: Query) -> str:
    """Return the question with what each slip in it was read as."""
    text = query.text
    for concept in query.concepts:
        if concept.corrected:
            text = concept.corrected.join(re.split(re.escape(concept.surface), text, flags=re.IGNORECASE))
    return text
