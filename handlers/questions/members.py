"""Lists: a question that asks which of a kind there are is shown one fact on each before more on any."""

from __future__ import annotations

import re

from knowledge.search.index import Hit
from knowledge.search.query import Query

# "Which alliances ...", "list the members of ...", not "which is" and not "what does".
_MEMBERS = re.compile(
    r"\b(?:which|what|list|name|give|tell)\s(?:(?:me|us|all|of|the|are)\s)*(?:\w+\s)?(?!does\b)\w{3,}(?<![isu])s\b|哪些|哪几",
    re.I,
)


def asks_for_members(query: Query) -> bool:
    """Say whether a question asks for several of a kind."""
    return bool(_MEMBERS.search(query.text))


def one_of_each_first(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return `hits` with the two best first, then the best on each other first subject, then the others in order."""
    seen = {hit.fact.subjects[0] for hit in hits[:2]}
    first, others = list(hits[:2]), list[Hit]()
    for hit in hits[2:]:
        subject = hit.fact.subjects[0]
        (others if subject in seen else first).append(hit)
        seen.add(subject)
    return (*first, *others)
