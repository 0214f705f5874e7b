"""Which words of a statement answer, for showing them in bold."""

from __future__ import annotations

import re

from knowledge.model import Fact
from knowledge.search.intent import AnswerType
from knowledge.search.query import Query
from knowledge.text.normalize import normalize, stem, tokenize


def highlight(query: Query, fact: Fact) -> tuple[str, ...]:
    """Return the words of the statement that answer: those asked about, and the numbers where one is asked."""
    wanted = {
        term for concept in query.concepts for alternative, _ in concept.alternatives for term in alternative
    }
    words = re.findall(r"[\w’'.,%-]*\w%?", fact.statement)
    hits = [w for w in words if any(stem(token) in wanted for token in tokenize(normalize(w)))]
    if query.answer_type is AnswerType.QUANTITY:
        hits += [word for word in words if any(c.isdigit() for c in word)]
    return tuple(dict.fromkeys(hits))
