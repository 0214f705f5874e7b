"""Questions of what is not so: a fact that says just that answers them; no fact that says what is so does."""

from __future__ import annotations

from handlers.answer import Answer, Choice
from handlers.questions import answering, disambiguation
from handlers.questions.understood import subjects
from handlers.request import QUESTION, Request
from handlers.say import say
from handlers.services import Services
from handlers.verdict.negation import affirms, denies
from knowledge.model import Fact
from knowledge.search.negation import negated


def of_what_is_not(services: Services, request: Request) -> Answer | None:
    """Return the facts that state what is not so, or that the base tells what is so alone, with the question that asks for that;
    None for any other question, and for one that a curator wrote down.
    """
    question = negated(request.text)
    if question is None:
        return None
    base = services.base
    query = disambiguation.resolve(services, base.parse(request.text))
    hits = base.rank(query)
    if any(hit.is_asked for hit in hits):
        return None
    facts = tuple(hit for hit in hits if isinstance(hit.entry, Fact))
    stating = tuple(hit for hit in facts if denies(base, query, question, hit.fact))
    if not stating and not any(affirms(base, query, question, hit.fact) for hit in facts[:1]):
        stating = tuple(hit for hit in facts if not affirms(base, query, question, hit.fact))
    told = answering.of_hits(services, request, query, stating)
    return told or Answer(
        headline=say("The base tells what is so, and not what is not."),
        outcome="unknown",
        choices=put_otherwise(services, request, question.positive),
        context=subjects(query),
    )


def put_otherwise(services: Services, request: Request, question: str) -> tuple[Choice, ...]:
    """Return the button that asks another question instead, where the base answers that; none where it does not."""
    if not question or answering.answer(services, request.saying(question)).outcome != "answer":
        return ()
    return (Choice("put-otherwise", question, QUESTION, question),)
