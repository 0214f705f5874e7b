"""What a question leaves out by name, "apart from Chuzhou", 除了滁州, and the same question without that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import Final

from handlers.records.document_page import documents_named
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.names.resolver import Ambiguous, Found
from knowledge.search.negation import LEAVING_OUT, LEAVING_OUT_BEHIND, LEAVING_OUT_IN_CHINESE
from knowledge.text.normalize import CHINESE, normalize, simplified, tokenize
from knowledge.vocabulary import Arrangement

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
    r"^(?:perhaps\s+|maybe\s+|possibly\s+)?(?:(?:the|its|their|his|her)\s+)?(?:(?:those|ones|cit(?:y|ies)|towns?|districts?|places?|count(?:y|ies))\s+(?:of|in)\s+)?",
    _I,
)
_THOSE: Final = re.compile(
    r"^(?:perhaps|maybe|possibly)\s+|^(?:the\s+)?(?:those|ones)\s+(?:of|in)\s+|['’]s$", _I
)
_WHERE: Final = re.compile(r"(?:in|of|on|from|by|to|at|as|for)\b", _I)
_GOES_ON: Final = re.compile(r"\s*,?\s*(?:and|or|&)\s|\s*,\s*[A-Z]")
_BEHIND: Final = re.compile(r"(?:^|, )([^,;:?!]{2,80}?) (?:aside|excepted|excluded|apart)(?=\s*[,?.]|$)", _I)
_AUTHORS: Final = tuple(
    re.compile(rf"(?:the )?({name})(?: et al\b\.?)?(?:,? \(?(?:19|20)\d\d\)?)?", _I)
    for name in (r"[\w'’-]+ [\w'’-]+", r"[\w'’-]+")
)
_COMMA: Final = re.compile("[,，]")
_WHETHER_IN_CHINESE: Final = re.compile(r"吗[?？]?$")
_TIES: Final[dict[str, frozenset[Arrangement]]] = {
    "twinnings?|twin (?:cities|towns)|结对(?:合作)?|结对城市": frozenset({Arrangement.TWINNING}),
    "counterpart (?:cooperations?|pairings?)|对口(?:合作|支援)": frozenset(
        {Arrangement.COUNTERPART_COOPERATION}
    ),
    "friendships?|friendly relations|友好(?:关系|城市)": frozenset({Arrangement.FRIENDSHIP}),
    "(?:industrial )?parks?|园区|产业园": frozenset({Arrangement.PARK}),
    "alliances?|联盟": frozenset({Arrangement.ALLIANCE}),
    "corridors?|走廊": frozenset({Arrangement.CORRIDOR}),
    "metropolitan areas?|都市圈": frozenset({Arrangement.METROPOLITAN_AREA}),
}
"""Words for kinds of ties, which may be left out as names are."""
_ELSE: Final = re.compile(r"\s+else\b|\b(?:others?|another)\s+(?=[a-z])", _I)
_JOINED_IN_CHINESE: Final = re.compile(r"[、，,]|以及|和|与|及")
_ELSE_IN_CHINESE: Final = re.compile(r"^外[，,]?|还(?=[有和与跟包])|另外|其他|其它")
_LONGEST: Final = 80
_MOST: Final = 4
_LONGEST_IN_CHINESE: Final = 24
_LONGEST_QUESTION: Final = 400


@dataclass(frozen=True, slots=True)
class LeavingOut:
    """What a question leaves out: `records` or `kinds` of ties, as they were `typed`, and the question without that; neither where
    it is told what is left out, but not what answers without it.
    """

    records: tuple[Named, ...]
    typed: str
    rest: str
    kinds: frozenset[Arrangement] = frozenset()


def left_out(base: FactBase, text: str) -> LeavingOut | None:
    """Return what a question leaves out by name, and the rest of it; None where it leaves out nothing, or what has no name."""
    if len(text) > _LONGEST_QUESTION:
        return None
    return _in_english(base, text) or (_in_chinese(base, simplified(text)) if CHINESE.search(text) else None)


def _in_english(base: FactBase, text: str) -> LeavingOut | None:
    marker = LEAVING_OUT.search(text)
    if marker is None:
        return _named_first(base, text)
    if _SET_APART.search(text):
        return None
    before, behind = text[: marker.start()], text[marker.end() : marker.end() + _LONGEST]
    end = _NAMES_END.search(behind)
    tail = behind[: end.start()] if end else behind
    is_first = not any(map(str.isalnum, before))
    if is_first:
        tail = tail[: _list_end(base, tail)]
    for cut in _cuts(tail):
        typed = tail[:cut].strip(" ,)")
        if read := _read(base, [_OF_THEM.sub("", name) for name in _JOINED.split(typed)]):
            if _GOES_ON.match(tail, cut):
                # Another that is not known is left out too.
                return None
            rest = _without(before, text[marker.end() + cut :].lstrip(") "))
            return LeavingOut(read[0], _THOSE.sub("", typed), rest, read[1]) if rest else None
    return _of_a_document(base, before, text[marker.end() :]) or _named_among(base, before, tail)


def _list_end(base: FactBase, tail: str) -> int:
    """Return where the names end with which a question begins: at the comma, behind which its subject stands, unless that is a name
    of the same list, which a comma ends.
    """
    commas = [found.start() for found in _COMMA.finditer(tail)]
    at = 0
    for at, (start, end) in enumerate(pairwise(commas), start=1):
        if not _read(base, _JOINED.split(re.sub(r"^\s*(?:and|or)\s+", "", tail[start + 1 : end].strip()))):
            return commas[at - 1]
    return commas[at] if commas else len(tail)


def _named_first(base: FactBase, text: str) -> LeavingOut | None:
    """Return what is left out where that is said behind it: "Shanghai aside"."""
    found = _BEHIND.search(text)
    read = _read(base, _JOINED.split(found[1])) if found else None
    if found is None or read is None:
        return None
    rest = _without(text[: found.start()], text[found.end() :].lstrip(" ,"))
    return LeavingOut(read[0], found[1], rest, read[1]) if any(map(str.isalnum, rest)) else None


def _of_a_document(base: FactBase, before: str, behind: str) -> LeavingOut | None:
    """Return what is left out where that is a document or an author."""
    authors = {
        part for one in base.documents for author in one.authors for part in tokenize(normalize(author))
    }
    saying = base.lexicon.saying | base.lexicon.attributions
    for called in _AUTHORS:
        found = called.match(behind)
        name = tuple(tokenize(normalize(found[1]))) if found else ()
        is_author = len(name) == 1 and name[0] in authors
        if found and saying.isdisjoint(name) and (is_author or documents_named(base, name)):
            return LeavingOut((), found[0].strip(" ."), _without(before, behind[found.end() :]))
    return None


def _named_among(base: FactBase, before: str, tail: str) -> LeavingOut | None:
    """Return what is left out where that is said of a place: "apart from helping Huainan"."""
    said = _COMMA.split(tail)[0].strip()
    # "But not in the corridor" is no name that is left out.
    mentions = () if _WHERE.match(said) else base.parse(said).mentions
    return LeavingOut((), said, before.strip(" ,")) if any(one.place for one in mentions) else None


def _cuts(tail: str) -> Iterator[int]:
    """Yield where names may end in a text, the furthest first: behind a word."""
    yield from reversed([found.end() for found in re.finditer(r"[^\s,]+(?=[\s,]|$)", tail)])


def _without(before: str, behind: str) -> str:
    rest = _ELSE.sub(" ", f"{before.rstrip(' ,')} {behind.lstrip(' ,')}")
    return re.sub(r"\s+([?!.,])", r"\1", re.sub(r"\s+", " ", rest)).strip()


def _in_chinese(base: FactBase, text: str) -> LeavingOut | None:
    for start, first, last in islice(chain(_named_behind(base, text), _named_before(base, text)), _MOST):
        for end in range(last, first, -1):
            typed = text[first:end].strip("，, ")
            if read := _read(base, _JOINED_IN_CHINESE.split(typed)):
                behind = _behind(text[end:])
                rest = f"{text[:start].rstrip('，, ')}{behind}".strip()
                return None if behind is None else LeavingOut(read[0], typed, rest, read[1])
    return None


def _behind(text: str) -> str | None:
    """Return what stands behind the names that a question in Chinese leaves out; None where one more is left out."""
    end = LEAVING_OUT_BEHIND.search(text)
    if (end and text[: end.start()].strip()) or text.startswith("、"):
        return None
    return _ELSE_IN_CHINESE.sub("", text[end.end() if end else 0 :].lstrip("，, ")).removeprefix("的")


def _named_behind(base: FactBase, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where words begin that leave out what is named behind them, and where that may begin and end."""
    for found in LEAVING_OUT_IN_CHINESE.finditer(text):
        last = min(len(text), found.end() + _LONGEST_IN_CHINESE)
        names = text[found.end() : last]
        behind = LEAVING_OUT_BEHIND.search(names)
        # All names before 以外 are left out, be there commas between them.
        is_all = behind is not None and _read(base, _JOINED_IN_CHINESE.split(names[: behind.start()]))
        yield found.start(), found.end(), last if is_all else found.end() + _list_end(base, names)


def _named_before(base: FactBase, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the same where the words stand behind what is named: X以外, at the beginning, behind a comma, or behind its partner."""
    for found in LEAVING_OUT_BEHIND.finditer(text):
        start = max(text.rfind(mark, 0, found.start()) for mark in "，,。；;") + 1
        if found.start() - start > _LONGEST_IN_CHINESE:
            continue
        for begin in range(start, found.start()):
            names = text[begin : found.start()]
            # "Is X twinned with others than Y": what is asked of stands before.
            is_one = begin == start and _WHETHER_IN_CHINESE.search(text)
            if _read(base, [names] if is_one else _JOINED_IN_CHINESE.split(names)):
                yield begin, begin, found.start()
                break


def _read(base: FactBase, names: list[str]) -> tuple[tuple[Named, ...], frozenset[Arrangement]] | None:
    """Return what names stand for, all of them, and the kinds of ties; None where one stands for nothing that is known here."""
    records: list[Named] = []
    kinds: set[Arrangement] = set()
    for name in names:
        read = base.resolve(name, slips=False) if name.strip() else None
        tied = [kind for said, kind in _TIES.items() if re.fullmatch(said, name.strip(), _I)]
        if isinstance(read, Found):
            records.append(read.record)
        elif isinstance(read, Ambiguous):
            records.extend(read.records)
        elif not tied:
            return None
        kinds.update(*tied)
    return tuple(dict.fromkeys(records)), frozenset(kinds)
