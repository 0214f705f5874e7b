"""What a question leaves out by name, "apart from Chuzhou", 除了滁州, and the same question without that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.names.resolver import Ambiguous, Found
from knowledge.search.negation import LEAVING_OUT, LEAVING_OUT_BEHIND, LEAVING_OUT_IN_CHINESE
from knowledge.text.normalize import CHINESE, simplified

_I: Final = re.IGNORECASE
# "What sets A apart from B" leaves nothing out.
_SET_APART: Final = re.compile(
    r"\b(?:sets?|setting|tells?|told|telling|keeps?|kept|stands?|stood|far|wide|lies?|lying)\b[^,;]*\bapart from",
    _I,
)
_NAMES_END: Final = re.compile(
    r"[;:?!.]|\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|who|which|what|where)\b",
    _I,
)
_JOINED: Final = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+", _I)
_OF_THEM: Final = re.compile(
    r"^(?:the\s+)?(?:(?:those|ones|cit(?:y|ies)|towns?|districts?|places?|count(?:y|ies))\s+(?:of|in)\s+)?",
    _I,
)
_GOES_ON: Final = re.compile(r"\s*,?\s*(?:and|or|&)\s|\s*,\s*[A-Z]")
_ELSE: Final = re.compile(r"\s+else\b|\b(?:others?|another)\s+(?=[a-z])", _I)
_JOINED_IN_CHINESE: Final = re.compile(r"、|以及|和|与|及")
_ELSE_IN_CHINESE: Final = re.compile(r"^外[，,]?|还(?=[有和与跟包])|另外|其他|其它")
_LONGEST: Final = 80
_MOST: Final = 4
_LONGEST_IN_CHINESE: Final = 24
_LONGEST_QUESTION: Final = 400


@dataclass(frozen=True, slots=True)
class LeavingOut:
    """What a question leaves out: `records`, as they were `typed`, and the question without that."""

    records: tuple[Named, ...]
    typed: str
    rest: str


def left_out(base: FactBase, text: str) -> LeavingOut | None:
    """Return what a question leaves out by name, and the rest of it; None where it leaves out nothing, or what has no name."""
    if len(text) > _LONGEST_QUESTION:
        return None
    return _in_english(base, text) or (_in_chinese(base, simplified(text)) if CHINESE.search(text) else None)


def _in_english(base: FactBase, text: str) -> LeavingOut | None:
    marker = LEAVING_OUT.search(text)
    if marker is None or _SET_APART.search(text):
        return None
    behind = text[marker.end() : marker.end() + _LONGEST]
    end = _NAMES_END.search(behind)
    tail = behind[: end.start()] if end else behind
    for cut in _cuts(tail):
        records = _records(base, [_OF_THEM.sub("", name) for name in _JOINED.split(tail[:cut].strip(" ,"))])
        if records:
            if _GOES_ON.match(tail, cut):
                # Another that is not known is left out too.
                return None
            rest = _without(text[: marker.start()], text[marker.end() + cut :])
            return LeavingOut(records, tail[:cut].strip(" ,"), rest) if rest else None
    return None


def _cuts(tail: str) -> Iterator[int]:
    """Yield where names may end in a text, the furthest first: behind a word."""
    yield from reversed([found.end() for found in re.finditer(r"[^\s,]+(?=[\s,]|$)", tail)])


def _without(before: str, behind: str) -> str:
    rest = _ELSE.sub(" ", f"{before.rstrip(' ,')} {behind.lstrip(' ,')}")
    return re.sub(r"\s+([?!.,])", r"\1", re.sub(r"\s+", " ", rest)).strip()


def _in_chinese(base: FactBase, text: str) -> LeavingOut | None:
    for start, first, last in islice(chain(_named_behind(text), _named_before(text)), _MOST):
        for end in range(last, first, -1):
            typed = text[first:end].strip("，, ")
            if records := _records(base, _JOINED_IN_CHINESE.split(typed)):
                behind = _behind(text[end:])
                return (
                    None
                    if behind is None
                    else LeavingOut(records, typed, f"{text[:start].rstrip('，, ')}{behind}".strip())
                )
    return None


def _behind(text: str) -> str | None:
    """Return what stands behind the names that a question in Chinese leaves out; None where one more is left out."""
    end = LEAVING_OUT_BEHIND.search(text)
    if (end and text[: end.start()].strip()) or text.startswith("、"):
        return None
    return _ELSE_IN_CHINESE.sub("", text[end.end() if end else 0 :].lstrip("，, "))


def _named_behind(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where words begin that leave out what is named behind them, and where that may begin and end."""
    for found in LEAVING_OUT_IN_CHINESE.finditer(text):
        yield found.start(), found.end(), min(len(text), found.end() + _LONGEST_IN_CHINESE)


def _named_before(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the same where the words stand behind what is named: X以外, at the beginning or behind a comma."""
    for found in LEAVING_OUT_BEHIND.finditer(text):
        start = max(text.rfind(mark, 0, found.start()) for mark in "，,。；;") + 1
        if found.start() - start <= _LONGEST_IN_CHINESE:
            yield start, start, found.start()


def _records(base: FactBase, names: list[str]) -> tuple[Named, ...]:
    """Return what names stand for, all of them; none where one stands for nothing that is known here."""
    records: list[Named] = []
    for name in names:
        read = base.resolve(name, slips=False) if name.strip() else None
        if isinstance(read, Found):
            records.append(read.record)
        elif isinstance(read, Ambiguous):
            records.extend(read.records)
        else:
            return ()
    return tuple(dict.fromkeys(records))
