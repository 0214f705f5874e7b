"""Which of several question words that are joined, "where and when", nothing answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from handlers.questions.refusing.refusal import NOTHING_OF
from handlers.questions.values import value_of
from handlers.questions.values.printed import names, times
from handlers.questions.values.wanted import wanted
from handlers.services import Services
from handlers.verdict.answerability import answering
from knowledge.base import FactBase
from knowledge.model import Fact, Organisation, Place
from knowledge.search.intent import AnswerType
from knowledge.search.query import Query
from knowledge.vocabulary import Level

_KINDS: Final = {
    "who": AnswerType.PERSON, "whom": AnswerType.PERSON, "where": AnswerType.PLACE, "when": AnswerType.TIME,
    "谁": AnswerType.PERSON, "何地": AnswerType.PLACE, "哪里": AnswerType.PLACE, "何处": AnswerType.PLACE,
    "何时": AnswerType.TIME, "什么时候": AnswerType.TIME,
}  # fmt: skip
_WORD: Final = r"(?:(?:by|with|from|for) )?\b(who|whom|where|when)\b"
_CHINESE: Final = "(谁|何地|哪里|何处|何时|什么时候)"
# "Where and when was ...", "when was ..., and by whom?", 何时何地.
_JOINED: Final = (
    re.compile(rf"{_WORD}(?:,? and|,) {_WORD}", re.IGNORECASE),
    re.compile(rf"{_WORD}(?=.*,? and {_WORD}\W*$)", re.IGNORECASE),
    re.compile(rf"{_CHINESE}(?:[和与、,，])?(?:在|由)?{_CHINESE}"),
)
_TAIL: Final = re.compile(rf",? and {_WORD}(?=\W*$)", re.IGNORECASE)
_WIDE: Final = (Level.COUNTRY, Level.REGION)


def lacking(services: Services, query: Query, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return a sentence for each question word, of several that a question joins, which neither `facts` nor the base answers."""
    shown = tuple(facts)
    kinds = dict(_joined(query.text))
    return tuple(
        NOTHING_OF[kind]
        for kind, alone in kinds.items()
        if len(kinds) > 1
        and not any(says(services.base, query, kind, fact) for fact in shown)
        and not _is_answered(services, alone)
    )


def says(base: FactBase, query: Query, kind: AnswerType, fact: Fact) -> bool:
    """Say whether a statement prints what might answer a question word: a time, or a name that the question does not say."""
    if kind is AnswerType.REASON:
        return False
    if kind is AnswerType.TIME:
        return bool(times(fact.statement) or fact.date)
    named = wanted(base.lexicon, query).named
    new = [one.record for one in names(base.names, fact) if one.record.slug not in named]
    if kind is AnswerType.PLACE:
        return any(isinstance(record, Place) and record.level not in _WIDE for record in new)
    return any(isinstance(record, Organisation) for record in new)


def _is_answered(services: Services, text: str) -> bool:
    query = services.base.parse(text)
    hits = answering(services.base, query, services.base.rank(query), services.rules)
    return bool(hits) and bool(value_of(services, query, hits[0].fact))


def _joined(text: str) -> Iterator[tuple[AnswerType, str]]:
    """Yield what each question word that is joined asks for, with the question as it were with that word alone."""
    for pattern in _JOINED:
        if found := pattern.search(text):
            for word in found.groups():
                yield (
                    _KINDS[word.lower()],
                    _TAIL.sub("", f"{text[: found.start()]}{word}{text[found.end() :]}"),
                )
            return
