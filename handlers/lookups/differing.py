"""What the documents differ on: everything that is recorded of it, or what is on one name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from handlers.answer import Answer, Choice
from handlers.records import about, disagreements
from handlers.request import Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.verdict.articles import name_in_a_sentence
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.names.resolver import Found
from knowledge.phrases import units
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import WordUse

_PER_PAGE: Final = 5
_LONGEST_NAME: Final = 8
_AROUND: Final = frozenset(
    {WordUse.DISAGREEMENTS, WordUse.DISAGREEING, WordUse.BETWEEN, WordUse.SOURCES}
    | {WordUse.LISTING, WordUse.LISTS, WordUse.PLEASE}
)


def asked_of(base: FactBase, text: str) -> str | None:
    """Return the name of what a text asks the documents' disagreements on and nothing else, "" where on anything; None where it
    asks something else.
    """
    message = units(text)
    if _is_asked(base, message):
        return ""
    return next((record.slug for record in _named_beside(base, message)), None)


def _is_asked(base: FactBase, message: Sequence[str]) -> bool:
    said = base.phrases.cover(message, _AROUND) or frozenset()
    return WordUse.DISAGREEMENTS in said or {WordUse.DISAGREEING, WordUse.SOURCES} <= said


def _named_beside(base: FactBase, message: Sequence[str]) -> Iterator[Named]:
    """Yield what is named by a part of a message of which all else asks for disagreements, the longest part first."""
    for length in range(min(len(message) - 1, _LONGEST_NAME), 0, -1):
        for start in range(len(message) - length + 1):
            if not _is_asked(base, (*message[:start], *message[start + length :])):
                continue
            named = message[start : start + length]
            found = base.resolve(("" if CHINESE.match(named[0]) else " ").join(named), slips=False)
            if isinstance(found, Found):
                yield found.record


def differing(services: Services, request: Request) -> Answer:
    """Return the page of what the documents differ on that is asked for: on the record that is named in the text, if one is."""
    record = services.base.entity(asked_of(services.base, request.text) or "")
    told = disagreements.recorded(services, record)
    in_chinese = CHINESE.search(request.text) is not None
    groups = (((_title(in_chinese=in_chinese), told),),)
    answer = about.listing(
        request, _said(services.base, record, len(told), in_chinese=in_chinese), groups, _PER_PAGE
    )
    return replace(
        answer,
        choices=(_all(in_chinese=in_chinese),) if record else (),
        context=(record.slug,) if record else (),
        in_chinese=in_chinese,
    )


def _all(*, in_chinese: bool) -> Choice:
    # Its text tells in which script.
    label, text = ("全部分歧", "分歧") if in_chinese else (say("All disagreements"), "")
    return Choice("list-disagreements", label, "list", text, str(WordUse.DISAGREEMENTS))


def _title(*, in_chinese: bool) -> str:
    return "分歧" if in_chinese else say("Disagreements")


def _said(base: FactBase, record: Named | None, number: int, *, in_chinese: bool) -> str:
    if in_chinese:
        name = (record.chinese or record.name) if record else ""
        on = f"在{name}方面" if name else ""
        return f"各文献{on}有 {number} 处记录在案的分歧。" if number else f"各文献{on}没有记录在案的分歧。"
    if record is None:
        return say_many(
            "The documents differ, or contradict themselves, on {count} matter.",
            "The documents differ, or contradict themselves, on {count} matters.",
            number,
        )
    if not number:
        return say(
            "No disagreement of the documents is recorded on {name}.", name=name_in_a_sentence(base, record)
        )
    return say_many(
        "The documents differ, or contradict themselves, on {count} matter that touches {name}.",
        "The documents differ, or contradict themselves, on {count} matters that touch {name}.",
        number,
        name=name_in_a_sentence(base, record),
    )
