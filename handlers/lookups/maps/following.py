"""What follows on a map that was shown last: another, made of it, or why it stays as it is and what can be said instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from handlers.answer import Answer, Choice
from handlers.lookups.maps import on_it, spoken
from handlers.lookups.maps.changing import changed, names_of, wanted
from handlers.lookups.maps.clauses import LONGEST, clauses
from handlers.lookups.maps.wanted import Wanted, written
from handlers.paging import Earlier
from handlers.records.enumerated import all_of
from handlers.request import MAP, MAP_IN_CHINESE
from handlers.say import Said, say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.search.intent import AnswerType
from knowledge.text.normalize import CHINESE, simplified

CAN_SAY: Final = say(
    "After a map you can say “without Shanghai”, “only ports”, “in Zhejiang”, “also Ningbo”, “only twinnings”, “with the doubtful ones” or “bigger”, several at once too."
)
NOT_READ: Final = say("I cannot tell what of the map that is to change, so it stays as it is.")
WHOLE: Final = Wanted("")
"""The map of the whole delta."""
_LONGEST_CHANGE: Final = 48
# What is said of nothing but what is on a map, when one was shown last.
_OF_A_MAP: Final = re.compile(
    r"(?:(?:please|now|and|but|ok|can you|could you|show|draw)[\s,]+)*(?:without|exclud(?:e|ing)|except|minus|hide|omit|drop|remove|delete|leave out|take out|includ(?:e|ing)|add|only)\s"
    r"|(?:请|现在|再|那|帮我)*(?:不要|不含|不看|不画|去掉|去除|删掉|删除|拿掉|排除|隐藏|只看|仅看|只要|只显示|只画|只留|加上|再加|包括|除了|把.+(?:去掉|删掉|加上))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class After:
    """The map that is `asked` for now, and how it is remembered; or `why` the one before it stays, as it `was`, and what was to be
    `added` to it.
    """

    asked: str = ""
    earlier: Earlier | None = None
    why: Said | None = None
    was: Wanted = WHOLE
    added: tuple[str, ...] = ()


def read(
    base: FactBase, text: str, before: Callable[[], str | None], *, is_question: bool, swaps: bool
) -> After | None:
    """Return what a text makes of the map `before` it, whose names and the like are told when they are needed; None where it makes
    nothing of it, or there was none. What speaks of the map alone and cannot be read is told so, if it `is_question` at all. Where
    the map was drawn of an answer it `swaps` no name: "and Ningbo?" goes on with the question.
    """
    said = simplified(text.strip())
    if len(said) > LONGEST:
        return None
    parts = clauses(base, said)
    if not swaps and any(part.deed == "swap" and part.things.names for part in parts):
        return None
    is_read = bool(parts)
    is_of_map = is_question and _speaks_of_map(base, said)
    if not (is_read or is_of_map) or (argument := before()) is None:
        return None
    was = wanted(base, spoken.without_words_around(base, argument))
    change = changed(base, was, said) if is_read else None
    if change is None:
        return After(why=NOT_READ)
    if change.now is None:
        return After(why=change.why, was=was, added=change.added)
    if change.now == was == WHOLE:
        return None
    return _asked(change.now, in_chinese=CHINESE.search(said) is not None)


def names_alone(base: FactBase, argument: str) -> Earlier | None:
    """Return what a question that follows on a map follows on: the names of what it is of; None for the whole delta."""
    was = wanted(base, spoken.without_words_around(base, argument))
    names = names_of(base, was)
    return Earlier(" and ".join(names)) if names else None


def stays(services: Services, after: After | None, earlier: Earlier | None) -> Answer:
    """Return what says why the map stays as it is, and what can be said of it; NOT_READ where it is not known what is asked for."""
    why = after.why if after and after.why else NOT_READ
    missing = on_it.missing(services, after.was, after.added) if after else ()
    if missing:
        why = on_it.why_not(missing)
    choices = tuple(map(on_it.choice, missing))
    return Answer(headline=why, outcome="refused", notes=(CAN_SAY,), follows=earlier, choices=choices)


def without(asked: str, names: Sequence[Named]) -> Choice:
    """Return the button for the map that is `asked` for, of which things of some names are left out."""
    return Choice("map", say("Map without {names}", names=all_of(names)), MAP, asked, "")


def _asked(now: Wanted, *, in_chinese: bool) -> After:
    word = MAP_IN_CHINESE if in_chinese else MAP
    named = written(replace(now, larger=False), in_chinese=in_chinese)
    asked = f"{word} {named}".strip()
    larger = ("，放大" if in_chinese else ", larger") if named else (" 放大" if in_chinese else " larger")
    return After(f"{asked}{larger if now.larger else ''}", Earlier(asked))


def _speaks_of_map(base: FactBase, text: str) -> bool:
    is_short = len(text) <= _LONGEST_CHANGE and not text.endswith(("?", "？"))
    return (
        is_short and _OF_A_MAP.match(text) is not None and base.parse(text).answer_type is AnswerType.ANYTHING
    )
