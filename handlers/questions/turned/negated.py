"""Questions of what is not so: a fact that says just that answers them; no fact that says what is so does."""

from __future__ import annotations

import re
from typing import Final

from handlers.answer import Answer, Choice
from handlers.questions import answering, disambiguation
from handlers.questions.refusing import related
from handlers.questions.turned.positive import positive
from handlers.questions.understood import as_read, subjects
from handlers.records.lists import PAIRINGS
from handlers.request import QUESTION, Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.verdict.negation import denies
from knowledge.model import Fact
from knowledge.search.negation import Negated, asks_for_something, negated
from knowledge.search.query import Query

_OF_PAPERS: Final = re.compile(
    r"\b(?:papers?|documents?|sources?|authors?|plans?)\b|论文|文献|作者|文件", re.IGNORECASE
)
OF_TIES: Final = say("The base holds which places are paired, not which are not.")
"""What is said where it is asked what is tied to nothing."""
OF_KINDS: Final = say("The base holds no list of what is not so, only what its documents state.")
"""The same of any other list."""
NOTHING: Final = say("I found no fact that says what is not so here.")
"""The same of anything else."""


def of_what_is_not(services: Services, request: Request) -> Answer | None:
    """Return the facts that state what is not so, or that the base has no such list, with the question of what is so; None for any
    other question, and for one that a curator wrote down.
    """
    base = services.base
    question = negated(request.text) or negated(as_read(base.parse(request.text)))
    if question is None:
        return None
    query = disambiguation.resolve(services, base.parse(request.text))
    hits = base.rank(query)
    if any(hit.is_asked for hit in hits):
        return None
    stating = tuple(
        hit for hit in hits if isinstance(hit.entry, Fact) and denies(base, query, question, hit.fact)
    )
    return answering.of_hits(services, request, query, stating) or Answer(
        headline=_said(services, query, question),
        outcome="unknown",
        choices=put_otherwise(services, request, query, positive(question)),
        context=subjects(query),
    )


def _said(services: Services, query: Query, question: Negated) -> Said:
    is_of_ties = query.partners or query.twins or not services.base.lexicon.of_ties.isdisjoint(_words(query))
    if is_of_ties and question.is_of_kinds and not _OF_PAPERS.search(question.text):
        return OF_TIES
    return OF_KINDS if question.is_of_kinds else NOTHING


def _words(query: Query) -> frozenset[str]:
    return frozenset(concept.corrected or concept.surface for concept in query.concepts)


def put_otherwise(services: Services, request: Request, query: Query, question: str) -> tuple[Choice, ...]:
    """Return the button that asks another question instead, where the base answers that; else those for the pages of what is
    named, or the lists of what is held.
    """
    is_asked = question and (asks_for_something(question) or services.base.parse(question).mentions)
    if is_asked and answering.answer(services, request.saying(question)).outcome == "answer":
        return (Choice("put-otherwise", question, QUESTION, question),)
    is_named = any(concept.is_name for concept in query.concepts)
    is_of_ties = query.partners or query.twins
    return (PAIRINGS,) if is_of_ties and not is_named else related.choices(services, query)
