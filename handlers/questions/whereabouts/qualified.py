"""A province beside the name of a place, "Suzhou in Anhui", 江苏的台州: it decides which of several is meant, and may be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Final

from handlers.answer import Answer
from handlers.questions.whereabouts.lying import lies_in
from handlers.records.enumerated import one_of, sentences
from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.model import Named, Place
from knowledge.names.resolver import Ambiguous, Found
from knowledge.text.normalize import CHINESE, simplified

_I: Final = re.IGNORECASE
_LONGEST: Final = 400
# More names with their provinces make a list and no question.
_MOST: Final = 4
# What stands between a name and the province behind it; where both stand in a row, or nothing joins them, they may be two.
_BEFORE_A_PROVINCE: Final = re.compile(
    r"(?P<name>(?!(?:in|of)\b)[A-Za-z][A-Za-z’'-]*(?: (?!(?:in|of)\b)[A-Za-z’'-]+){0,2})(?P<joint>,? in |,? of |\s?\(|, ?|,? )(?:the )?$",
    _I,
)
_BEHIND_A_PROVINCE: Final = re.compile(
    r"(?:’s|'s)?(?: province(?:’s|'s)?)? (?P<name>[A-Za-z][A-Za-z’'-]*(?: [A-Za-z’'-]+){0,2})", _I
)
_END_OF_A_PROVINCE: Final = re.compile(r"(?: province)?(?P<bracket>\s?\))?", _I)
_IN_A_LIST: Final = re.compile(r"\s*(?:,|and\b|or\b|&)", _I)
# "Twinned with Hangzhou in Anhui" asks of Anhui.
_SAYS_WHERE: Final = re.compile(r"\b(?:with|to|from|by|for|and) $", _I)
_JOINT_IN_CHINESE: Final = re.compile(r"(?:省|市)?(?:境内)?的? ?")
_CLOSING: Final = re.compile(r"省? ?[)）]")
_IN_BRACKETS: Final = re.compile(r"(?P<name>[㐀-鿿]{2,8}) ?[(（]$")


@dataclass(frozen=True, slots=True)
class Qualified:
    """A text whose names have lost the provinces beside them: what each was read as, and what was said of where it lies that is not
    so.
    """

    text: str
    read: tuple[Said, ...]
    wrong: tuple[Said, ...]

    def told(self, answer: Answer) -> Answer:
        """Return the answer to the text, with what is wrong in it said first."""
        if self.wrong and answer.headline:
            answer = replace(answer, headline=sentences((*self.wrong, answer.headline)))
        elif self.wrong:
            answer = replace(answer, headline=sentences(self.wrong))
        return replace(answer, read=(*self.read, *answer.read))


@dataclass(frozen=True, slots=True)
class _Beside:
    """A name and a province beside it: where both stand in a text, and whether they can be nothing but one."""

    start: int
    end: int
    name: str
    province: Place
    is_sure: bool


def qualified(base: FactBase, text: str) -> Qualified | None:
    """Return a text with each name read by the province beside it; None where none is read otherwise than without it."""
    if len(text) > _LONGEST:
        return None
    text = simplified(text)
    made, read, wrong, at = "", list[Said](), list[Said](), 0
    for beside in islice(_besides(base, text), _MOST):
        if beside.start < at:
            continue
        record, said = _read(base, beside)
        if said is None and record is None:
            continue
        name = (
            beside.name if record is None else record.chinese if CHINESE.search(beside.name) else record.name
        )
        made += f"{text[at : beside.start]}{name}"
        at = beside.end
        if said is not None:
            wrong.append(said)
        elif record is not None and record not in _places(base, beside.name):
            typed = text[beside.start : beside.end].strip()
            read.append(
                say("“{typed}” read as {name}, {chinese}.", typed=typed, name=record, chinese=record.chinese)
            )
    made += text[at:]
    return Qualified(made, tuple(read), tuple(wrong)) if made != text else None


def _read(base: FactBase, beside: _Beside) -> tuple[Place | None, Said | None]:
    """Return the place that a province decides on, or else what is wrong with it; neither where nothing is to be decided."""
    spelt = _places(base, beside.name)
    there = [place for place in spelt if lies_in(base, place, beside.province)]
    if len(there) == 1:
        return (there[0] if len(spelt) > 1 else None), None
    if there or not spelt or beside.province in spelt:
        return None, None
    if not there and (alike := _sounding_alike(base, spelt, beside.province)):
        return alike, None
    if not beside.is_sure:
        return None, None
    around = [record for place in spelt if (record := _around(base, place))]
    if len(around) != len(spelt):
        return None, None
    said = say(
        "{name} lies in {around}, not in {province}.",
        name=spelt[0] if len(spelt) == 1 else beside.name,
        around=one_of(list(dict.fromkeys(around))),
        province=beside.province,
    )
    return None, said


def _places(base: FactBase, name: str) -> tuple[Place, ...]:
    read = base.resolve(name, lambda record: isinstance(record, Place), slips=False)
    records: tuple[Named, ...] = (
        (read.record,) if isinstance(read, Found) else read.records if isinstance(read, Ambiguous) else ()
    )
    return tuple(record for record in records if isinstance(record, Place))


def _sounding_alike(base: FactBase, spelt: tuple[Place, ...], province: Place) -> Place | None:
    """Return the only place in a province that is said as one of some elsewhere: 宿州 as 苏州."""
    said = {place.pinyin.casefold() for place in spelt if place.pinyin}
    alike = [
        place
        for place in base.seeds.places
        if place.pinyin and place.pinyin.casefold() in said and lies_in(base, place, province)
    ]
    return alike[0] if len(alike) == 1 else None


def _around(base: FactBase, place: Place) -> Named | None:
    return base.entity(place.province) if place.province else None


def _besides(base: FactBase, text: str) -> Iterator[_Beside]:
    provinces = base.provinces
    for found in _any_of(tuple(provinces)).finditer(text):
        province = provinces[found[0].casefold()]
        if CHINESE.match(found[0]):
            yield from _in_chinese(base, text, found, province)
        else:
            yield from _behind(base, text, found, province)
            yield from _before(base, text, found, province)


def _behind(base: FactBase, text: str, found: re.Match[str], province: Place) -> Iterator[_Beside]:
    """Yield the place whose name stands before a province."""
    before = _BEFORE_A_PROVINCE.search(text, max(0, found.start() - 60), found.start())
    if before is None:
        return
    end = _END_OF_A_PROVINCE.match(text, found.end())
    last = end.end() if end else found.end()
    is_open = before["joint"].strip() == "("
    if is_open and not (end and end["bracket"]):
        return
    if not is_open and end and end["bracket"]:
        last = end.start("bracket")
    words = before["name"].split(" ")
    for first in range(len(words)):
        name = " ".join(words[first:])
        if not _places(base, name):
            continue
        start = before.start() + len(before["name"]) - len(name)
        joint = before["joint"].strip(" ,").casefold()
        is_list = before["joint"].startswith(",") and not joint and _is_in_a_list(text, start, last)
        says_where = (
            joint in ("in", "of") and _SAYS_WHERE.search(text[:start]) and not text[last:].strip(" ?.!")
        )
        yield _Beside(start, last, name, province, not (before["joint"] == " " or is_list or says_where))
        return


def _is_in_a_list(text: str, start: int, end: int) -> bool:
    """Say whether a name and a province stand among others: "Hangzhou, Anhui and Shanghai"."""
    return text[:start].rstrip().endswith(",") or _IN_A_LIST.match(text, end) is not None


def _before(base: FactBase, text: str, found: re.Match[str], province: Place) -> Iterator[_Beside]:
    """Yield the place whose name stands behind a province."""
    behind = _BEHIND_A_PROVINCE.match(text, found.end())
    if behind is None:
        return
    words = behind["name"].split(" ")
    for last in range(len(words), 0, -1):
        name = " ".join(words[:last])
        if _places(base, name):
            yield _Beside(
                found.start(),
                behind.start("name") + len(name),
                name,
                province,
                behind[0].startswith(("'", "’")),
            )
            return


def _in_chinese(base: FactBase, text: str, found: re.Match[str], province: Place) -> Iterator[_Beside]:
    joint = _JOINT_IN_CHINESE.match(text, found.end())
    start = joint.end() if joint else found.end()
    for end in range(min(len(text), start + base.names.longest_in_chinese), start + 1, -1):
        if not CHINESE.match(text[start]) or not base.names.is_spelling(text[start:end]):
            continue
        # Of a longer name of something else it is but the beginning.
        if _places(base, text[start:end]):
            yield _Beside(found.start(), end, text[start:end], province, is_sure=True)
        return
    bracket = _IN_BRACKETS.search(text, max(0, found.start() - 10), found.start())
    closing = _CLOSING.match(text, found.end())
    if bracket is None or closing is None:
        return
    for first in range(len(bracket["name"])):
        name = bracket["name"][first:]
        if _places(base, name):
            yield _Beside(bracket.start() + first, closing.end(), name, province, is_sure=True)
            return


@lru_cache(maxsize=4)
def _any_of(spellings: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of some names, the longest first; English ones are whole."""
    longest = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    words = (one if CHINESE.match(one) else rf"\b{re.escape(one)}\b" for one in longest)
    return re.compile("|".join(words) or "(?!)", _I)
