"""Which words of a statement answer, for showing them in bold."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from knowledge.model import Fact
from knowledge.search.intent import AnswerType
from knowledge.search.query import Query
from knowledge.text.normalize import normalize, stem, tokenize

# Words of statements, looked up again with every answer that shows one: more than all of them have. Some 300 bytes an
# entry.
_REMEMBERED: Final = 8192


def highlight(query: Query, fact: Fact) -> tuple[str, ...]:
    """Return the words of the statement that answer: those asked about, and the numbers where one is asked."""
    wanted = {
        term for concept in query.concepts for alternative, _ in concept.alternatives for term in alternative
    }
    words = re.findall(r"[\w’'.,%-]*\w%?", fact.statement)
    hits = [word for word in words if not wanted.isdisjoint(_stems(word))]
    if query.answer_type is AnswerType.QUANTITY:
        hits += [word for word in words if any(c.isdigit() for c in word)]
    return tuple(dict.fromkeys(hits))


@lru_cache(_REMEMBERED)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(map(stem, tokenize(normalize(word))))
