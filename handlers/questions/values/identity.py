"""Who somebody is that a question asks about by name: "chairman and CEO of Joint Venture Silicon Valley"."""

from __future__ import annotations

import re
from typing import Final

from handlers.questions.values import printed
from handlers.questions.values.names import SAYS
from knowledge.base import FactBase
from knowledge.model import Fact, Named
from knowledge.search.query import Query
from knowledge.text.normalize import CHINESE, normalize

_IS: Final = re.compile(r"(?:, [^,]+,)? (?:is|was) (?:the |an? )?(?=\w)")
_WHO: Final = (
    re.compile(r"\bwho(?:'?s| is| was) ([\w'’ -]+?)(?= ?(?:$|[?.,;!]|\band\b))"),
    re.compile(rf"({CHINESE.pattern}+?)是(?:谁|何人|什么人)"),
    re.compile(rf"谁是({CHINESE.pattern}+)"),
)
# Less of a name than this in Chinese is that of many.
_LEAST: Final = 2


def of_whom(base: FactBase, query: Query) -> tuple[Named, ...]:
    """Return the persons of whom a question asks who they are; none where it asks anything else."""
    name = next(filter(None, (sign.search(normalize(query.text)) for sign in _WHO)), None)
    if name is None:
        return ()
    owners = {slug for concept in query.concepts if concept.surface == name[1] for slug in concept.owners}
    persons = (record for record in base.seeds.organisations if record.is_person)
    return tuple(record for record in persons if record.slug in owners or _is_called(record, name[1]))


def _is_called(record: Named, name: str) -> bool:
    """Say whether a name, or a part of it, is that of a person."""
    spellings = map(normalize, record.spellings())
    if CHINESE.search(name):
        return len(name) >= _LEAST and any(name in spelling for spelling in spellings)
    return any(f" {name} " in f" {spelling} " for spelling in spellings)


def told(base: FactBase, persons: tuple[Named, ...], fact: Fact) -> str:
    """Return what a statement says that one of `persons` is; "" where it says something else."""
    statement = SAYS.sub("", fact.statement).rstrip(".")
    for name in printed.names(base.names, fact)[:1]:
        if name.start == 0 and name.record in persons and (found := _IS.match(statement, name.end)):
            return statement[found.end() :]
    return ""
