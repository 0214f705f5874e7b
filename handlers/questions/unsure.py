"""Free text in which the name of something is left open between several: what else is asked decides, or the reader does."""

from __future__ import annotations

from handlers.answer import Answer
from handlers.questions import answering, disambiguation
from handlers.questions.turned.left_over import of_the_others
from handlers.questions.turned.negated import of_what_is_not
from handlers.questions.turned.not_tied import of_no_tie
from handlers.records import about
from handlers.request import Request
from handlers.services import Services
from handlers.target import Target
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Suggestions
from knowledge.search.query import Query


def answer(services: Services, request: Request) -> Answer:
    """Return the answer to a free text. Where it rests on a name that is near to several, and more than one of them has
    an answer or nothing is asked but the name, it is asked which was meant.
    """
    if told := turned(services, request):
        return told
    found = answering.answer(services, request)
    if found.outcome != "answer":
        return found
    query = services.base.parse(request.text)
    if request.target is not None:
        query = disambiguation.read_as(query, request.target.ids)
    unsure = next((m for m in query.mentions if isinstance(m.resolution, Suggestions)), None)
    return found if unsure is None else _decided(services, request, query, unsure)


def turned(services: Services, request: Request) -> Answer | None:
    """Return the answer to a question of what is not so, or of others than those it names; None for any other."""
    return (
        of_the_others(services, request) or of_no_tie(services, request) or of_what_is_not(services, request)
    )


def _decided(services: Services, request: Request, query: Query, mention: Mention) -> Answer:
    near = mention.resolution
    records = near.records if isinstance(near, Suggestions) else ()
    if _asks_more(services, query, mention):
        targets = (Target.also(request.target, record.slug) for record in records)
        read = (answering.answer(services, request.saying(request.text, target)) for target in targets)
        answered = [one for one in read if one.outcome == "answer"]
        if len(answered) == 1:
            return answered[0]
    return about.did_you_mean(
        disambiguation.in_company_first(services, query, Suggestions(records, mention.typed)),
        lambda record: disambiguation.choice(request, record, record.name),
    )


def _asks_more(services: Services, query: Query, mention: Mention) -> bool:
    """Say whether a question says anything that tells beside a name. That things are compared tells nothing of which."""
    slight = services.base.lexicon.slight
    return not query.compares and any(
        c.surface != mention.typed and c.surface not in slight for c in query.concepts
    )
