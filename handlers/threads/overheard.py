"""What people say in a thread without naming the bot, which may be for it or for each other."""

from __future__ import annotations

from typing import Final

from handlers.answer import Answer
from handlers.request import Request
from handlers.services import Services
from handlers.threads import follow_up
from knowledge.search.intent import AnswerType
from knowledge.text.normalize import normalize, tokenize

# People say these to each other.
_TO_ANYBODY: Final = frozenset({"really", "are you sure", "is that true", "is this true", "真的吗"})


def may_be_asked(services: Services, request: Request) -> bool:
    """Say whether a text reads as a question, or as what follows on an answer; who is meant it does not tell."""
    text = request.text.rstrip()
    if " ".join(tokenize(normalize(text))) in _TO_ANYBODY:
        return False
    if text.endswith(("?", "？")) or follow_up.is_follow_up(text):
        return True
    query = services.base.parse(text)
    return bool(query.mentions) and query.answer_type is not AnswerType.ANYTHING


def is_worth_saying(answer: Answer) -> bool:
    """Say whether an answer is given to whom did not ask by name: where it answers, and shows what it answers by."""
    return answer.outcome == "answer" and bool(answer.lines or answer.sections or answer.picture)
