"""/yrd: ask anything; also what a mention and a direct message stand for."""

from __future__ import annotations

from handlers.answer import Answer
from handlers.command import READ_AS, Command, Example, Verb
from handlers.questions import answering, unsure
from handlers.questions.by_name import answer_to
from handlers.questions.by_source import said_by
from handlers.questions.naming import described_as, document_alone, named_alone, stated, who_it_is
from handlers.questions.turned.not_tied import straight
from handlers.questions.whereabouts.lying import whether_it_lies
from handlers.questions.whereabouts.qualified import qualified
from handlers.records import about
from handlers.records.document_page import of_document
from handlers.request import QUESTION, Request
from handlers.say import say
from handlers.services import Services
from knowledge.model import Place
from knowledge.names.resolver import Ambiguous, Found, Outside, Suggestions
from knowledge.text.normalize import normalize, tokenize

_MOST_WORDS_OF_A_NAME = 4


def ask(services: Services, request: Request) -> Answer:
    """Return the answer to a question, or about the name that the text is, or the record that a button carries."""
    if request.target is not None:
        return about.of_target(services, request, request.target)
    resolution = services.base.resolve(request.text, slips=False)
    if isinstance(resolution, Outside):
        return answer_to(services, request, resolution)
    if isinstance(resolution, Found | Ambiguous):
        return _of_named(services, request, resolution)
    request = request.saying(straight(request.text))
    if told := whether_it_lies(services, request):
        return told
    if read := qualified(services.base, request.text):
        return read.told(ask(services, request.saying(read.text)))
    return unsure.turned(services, request) or _of_text(services, request)


def _of_text(services: Services, request: Request) -> Answer:
    """Return the answer to a text that is no name as it stands."""
    named = named_alone(services.base, request.text)
    # Whatever somebody says is more than who they are.
    if named and not (_is_of_person(named) and said_by(services.base, services.base.parse(request.text))):
        return _of_named(services, request, named)
    if document := document_alone(services.base, request.text):
        return of_document(services.base, request, document)
    if fact := who_it_is(services.base, request.text):
        return answering.with_facts(services, request, [fact])
    if not _is_all_there_is(services, request.text):
        return unsure.answer(services, request)
    resolution = services.base.resolve(request.text)
    if isinstance(resolution, Found | Ambiguous):
        return answer_to(services, request, resolution)
    answer = unsure.answer(services, request)
    is_near = isinstance(resolution, Suggestions) and isinstance(resolution.records[0], Place)
    # What /yrd-city would ask about is no riddle here.
    return answer_to(services, request, resolution) if answer.outcome == "unknown" and is_near else answer


def _is_of_person(named: Found | Ambiguous) -> bool:
    """Say whether a name is that of a person alone."""
    return isinstance(named, Found) and named.record.is_person


def _of_named(services: Services, request: Request, named: Found | Ambiguous) -> Answer:
    """Return the page of what is named, but of somebody who is described the fact that says so."""
    description = described_as(services.base, named)
    fact = stated(services.base, description) if description else None
    return answering.with_facts(services, request, [fact]) if fact else answer_to(services, request, named)


def _is_all_there_is(services: Services, text: str) -> bool:
    """Say whether a name with a slip in it is the whole text, and not a part of a question."""
    words = tokenize(normalize(text))
    return len(words) <= _MOST_WORDS_OF_A_NAME and not any(map(services.base.parser.is_word, words))


COMMAND = Command(
    name=QUESTION,
    usage=say("a question, a name, or help"),
    summary=say("Ask anything, in English or Chinese"),
    examples=(
        Example("Which district is twinned with Huainan?"),
        Example("What is Minhang twinned with?"),
        Example("淮南和哪个区结对？"),
        Example("What will the weather be tomorrow?", outcome="unknown"),
    ),
    handle=ask,
    verbs=(Verb(READ_AS, unsure.answer),),
    is_search=True,
)
