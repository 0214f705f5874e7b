"""What people say in a thread without naming the bot, which may be for it or for each other."""

from __future__ import annotations

from handlers.answer import Answer
from handlers.request import Request
from handlers.services import Services
from handlers.threads import follow_up
from knowledge.phrases import units
from knowledge.search.intent import AnswerType
from knowledge.vocabulary import WordUse


def may_be_asked(services: Services, request: Request) -> bool:
    """Say whether a text reads as a question, or as what follows on an answer; who is meant it does not tell."""
    text = request.text.rstrip()
    if WordUse.DOUBT in services.base.phrases.uses_of(units(text)):
        return False
    if text.endswith(("?", "？")) or follow_up.is_follow_up(services.base, text):
        return True
    query = services.base.parse(text)
    return bool(query.mentions) and query.answer_type is not AnswerType.ANYTHING


def is_worth_saying(answer: Answer) -> bool:
    """Say whether an answer is given to whom did not ask by name: where it answers, and shows what it answers by."""
    return answer.outcome == "answer" and bool(answer.lines or answer.sections or answer.picture)
