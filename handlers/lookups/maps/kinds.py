"""What a map is to show beside names: ties of some kinds alone, with or without what is doubtful, in a larger picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handlers.lookups.kinds_of_ties import (
    NO_KIND,
    PHRASE,
    Kinds,
    all_but,
    are_most,
    every_word_for,
    named,
    without_slips,
    words_for,
)
from knowledge.base import FactBase
from knowledge.model import Named, Pairing, Place
from knowledge.names.resolver import Ambiguous, Found

DOUBTFUL: Final = "doubtful"
_ONLY: Final = "only"
_DOUBTED_TIES: Final = r"(?:the\s+|any\s+)?(?:doubtful|doubted)(?:\s+(?:ties|pairings|ones|lines))?"
_DOUBTED: Final = rf"{_DOUBTED_TIES}(?:\s+too)?[\s.!]*$"
# "map Hangzhou, doubtful too", "map with doubtful ties", 地图 杭州 存疑.
_WITH_DOUBTFUL: Final = re.compile(
    rf"(?:^|[\s,，、;]+)(?:(?:and|with|including|incl\.?|plus)\s+)?{_DOUBTED}|[\s,，、;含和]*存疑(?:的)?\s*$",
    re.IGNORECASE,
)
_LEAVING_OUT: Final[str] = (
    r"(?:without|no|not|excluding|except(?:\s+for)?|minus|hide|omit|leave out|other than|but(?:\s+(?:not|no))?)"
)
_LEAVING_OUT_IN_CHINESE: Final = r"(?:不含|不要|不带|去掉|除去|除了|除|没有|不画|无)"
_WITHOUT_DOUBTFUL: Final = re.compile(
    rf"(?:^|[\s,，、;]+)(?:(?:but|and)\s+)?{_LEAVING_OUT}\s+{_DOUBTED}"
    rf"|[\s,，、;]*{_LEAVING_OUT_IN_CHINESE}存疑(?:的)?\s*$",
    re.IGNORECASE,
)
# "doubtful parks", 存疑的园区.
_DOUBTFUL_OF_A_KIND: Final = re.compile(
    rf"(?:(?<![a-z])(?:doubtful|doubted)\s+|存疑的?\s*)(?={PHRASE})", re.IGNORECASE
)
_LARGER: Final = re.compile(
    r"(?:^|[\s,，]+)(?:but\s+|and\s+)?(?:bigger|larger|enlarged|zoomed in|in (?:full|large|larger|a larger) size)[\s.!]*$"
    r"|[\s,，]*(?:大一点|大一些|放大|更大)[\s。！]*$|^(?:a\s+)?(?:bigger|larger)\s+",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(r"^(?:整个|整张|全)(?=长三角|长江三角洲)")
_SOLELY: Final = "(?:only|just|nothing but|solely)"
_SOLELY_IN_CHINESE: Final = "(?:只看|仅看|只要|只|仅)"
# "Map Hangzhou, only doubtful", "the doubtful ones alone", 只看存疑的.
_ONLY_DOUBTFUL: Final = re.compile(
    rf"(?:^|[\s,，、;]+){_SOLELY}\s+{_DOUBTED}|(?:^|[\s,，、;]+){_DOUBTED_TIES}\s+(?:only|alone)[\s.!]*$"
    rf"|[\s,，、;]*{_SOLELY_IN_CHINESE}存疑(?:的)?\s*$",
    re.IGNORECASE,
)
_LEFT_OUT: Final = re.compile(
    rf"^(?:(?P<rest>.+?)[\s,:]+|(?:all|everything)\s+)??(?:(?:but|and|all|everything)\s+)*{_LEAVING_OUT}\s+(?:(?:the|any|its)\s+)*(?P<kind>{PHRASE})$",
    re.IGNORECASE,
)
_LEFT_OUT_IN_CHINESE: Final = re.compile(
    rf"^(?P<rest>.*?)[\s,，]*{_LEAVING_OUT_IN_CHINESE}(?P<kind>{PHRASE})(?:以外|之外|外)?的?$"
)
_FIRST: Final = re.compile(
    rf"^(?P<only>{_SOLELY}\s+|{_SOLELY_IN_CHINESE}\s*)?(?:(?:the|all|all the|its)\s+)*(?P<kind>{PHRASE})(?P<last>\s+only)?"
    r"(?:(?P<of>\s+(?:in|of|for|around|between|from|with|near|at))?[\s,，:]+(?P<rest>.+))?$",
    re.IGNORECASE,
)
_LAST: Final = re.compile(
    rf"^(?P<rest>.+?)(?:[\s,:]+(?P<only>(?:with\s+)?{_SOLELY}\s+)?(?:(?:the|its|all)\s+)*)(?P<kind>{PHRASE})(?P<last>\s+only)?$",
    re.IGNORECASE,
)
_IN_CHINESE: Final = re.compile(
    rf"^(?P<only>{_SOLELY_IN_CHINESE})?(?P<rest>.*?)[\s,，]*(?P<last>{_SOLELY_IN_CHINESE})?的?(?P<kind>{PHRASE})$"
)
_JOINED: Final = re.compile(r"\s*[,，、&+/]\s*(?:and\s+)?|\s+(?:and|or)\s+|[和与及]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The names of what a map is to be of, "" for the whole delta, and what is to be on it: `kinds` alone where there are any.
    What is doubtful is on it too where it is `doubtful`, and nothing else where it is `only_doubtful`. `spelt` is how a text is read
    that says the kinds with a slip.
    """

    text: str
    doubtful: bool = False
    only_doubtful: bool = False
    kinds: Kinds = NO_KIND
    larger: bool = False
    spelt: str = ""


def wanted(base: FactBase, text: str) -> Wanted:
    """Return what a text wants on a map, and the names that it leaves."""
    said = text.strip()
    rest = _LARGER.sub("", said).strip()
    larger = rest != said
    bare = _ONLY_DOUBTFUL.sub("", rest)
    is_only = bare != rest
    bare, doubtful = (bare, True) if is_only else _doubtful(rest)
    bare = _WHOLE.sub("", bare.strip())
    spelt = ""
    read = of_kind(base, bare)
    if read is None and not isinstance(base.resolve(bare), Found | Ambiguous):
        spelt = without_slips(bare)
        read = of_kind(base, spelt) if spelt != bare else None
    names, held = read or (bare, NO_KIND)
    return Wanted(names, doubtful, is_only, held, larger, spelt if read else "")


def _doubtful(text: str) -> tuple[str, bool]:
    """Return a text without what it says of doubtful ties, and whether it wants them beside the others."""
    bare = _WITHOUT_DOUBTFUL.sub("", text)
    if bare != text:
        return bare, False
    bare = _WITH_DOUBTFUL.sub("", text)
    bare = _DOUBTFUL_OF_A_KIND.sub("", bare) if _LEFT_OUT.match(bare) is None else bare
    return bare, bare != text


def tells_of_doubtful(text: str) -> bool:
    """Say whether a text says whether doubtful ties are to be drawn."""
    return _ONLY_DOUBTFUL.search(text) is not None or _doubtful(text)[0] != text


def of_kind(base: FactBase, text: str) -> tuple[str, Kinds] | None:
    """Return what ties of some kinds are wanted of, and the kinds; None where a text speaks of none, or is a name of more words."""
    said = text.strip()
    for pattern in (_LEFT_OUT, _LEFT_OUT_IN_CHINESE):
        if found := pattern.match(said):
            rest, kinds = (found["rest"] or "").strip(" ,，的"), named(found["kind"])
            if kinds and (not rest or are_names(base, rest)):
                return rest, all_but(kinds)
    for pattern in (_FIRST, _LAST, _IN_CHINESE):
        if found := pattern.match(said):
            rest = (found["rest"] or "").strip(" ,，的")
            is_only = bool(found["only"] or found["last"])
            if rest and not is_only and (_is_name(base, said) or _is_document(base, said)):
                return None
            is_of = pattern is _FIRST and bool(found["of"])
            if not rest or is_only or is_of or are_names(base, rest):
                return rest, named(found["kind"])
    return None


def asked_for(how: Wanted) -> str:
    """Return the words by which `wanted` reads again what is to be on a map, the names left out."""
    word = words_for(how.kinds)
    said = word if not word or are_most(how.kinds) else f"{_ONLY} {word}"
    only = f"{_ONLY} {DOUBTFUL}" if how.only_doubtful else ""
    return " ".join(filter(None, (said, only or (DOUBTFUL if how.doubtful else ""))))


def of_the_same_name(base: FactBase, kinds: Kinds) -> Named | None:
    """Return the mechanism or topic that has the name of a kind too, and may hold more than its ties."""
    read = (base.resolve(word, slips=False) for word in every_word_for(kinds))
    return next((found.record for found in read if isinstance(found, Found)), None)


def are_names(base: FactBase, text: str) -> bool:
    """Say whether a text is a name, or names with something between them."""
    return _is_name(base, text) or all(_is_name(base, part) for part in _JOINED.split(text))


def are_places(base: FactBase, text: str) -> bool:
    """Say whether a text is the name of a place or a pairing, or several of them."""
    return all(_is_place(base, part) for part in _JOINED.split(text))


def _is_place(base: FactBase, text: str) -> bool:
    match base.resolve(text.strip(), slips=False) if text.strip() else None:
        case Found(record=Place() | Pairing()):
            return True
        case Ambiguous(records=records):
            return any(isinstance(record, Place) for record in records)
        case _:
            return False


def _is_name(base: FactBase, text: str) -> bool:
    return bool(text.strip()) and isinstance(base.resolve(text.strip(), slips=False), Found | Ambiguous)


def _is_document(base: FactBase, text: str) -> bool:
    return any(document.slug == text.lower() for document in base.documents)
