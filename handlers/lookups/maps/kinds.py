"""What a map is to show beside names: ties of some kinds alone, with or without what is doubtful, in a larger picture."""

from __future__ import annotations

import re
from typing import Final

from handlers.lookups.kinds_of_ties import (
    NO_KIND,
    PHRASE,
    Kinds,
    every_word_for,
    named,
    without_slips,
)
from handlers.lookups.maps.wanted import Wanted
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.names.resolver import Ambiguous, Found

_DOUBTED_TIES: Final = r"(?:the\s+|any\s+)?(?:doubtful|doubted)(?:\s+(?:ties|pairings|ones|lines))?"
_DOUBTED: Final = rf"{_DOUBTED_TIES}(?:\s+too)?[\s.!]*$"
# "map Hangzhou, doubtful too", "map with doubtful ties", 地图 杭州 存疑.
_WITH_DOUBTFUL: Final = re.compile(
    rf"(?:^|[\s,，、;]+)(?:(?:and|with|including|incl\.?|plus)\s+)?{_DOUBTED}|[\s,，、;含和]*存疑(?:的)?\s*$",
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


def wanted(base: FactBase, text: str) -> Wanted:
    """Return what a text wants on a map that says no more than names, kinds and whether doubtful ties are to be on it."""
    rest, is_larger = without_size(text)
    doubtless = _WITH_DOUBTFUL.sub("", rest)
    bare = _WHOLE.sub("", _DOUBTFUL_OF_A_KIND.sub("", doubtless).strip())
    spelt = ""
    read = of_kind(base, bare)
    if read is None and not isinstance(base.resolve(bare), Found | Ambiguous):
        spelt = without_slips(bare)
        read = of_kind(base, spelt) if spelt != bare else None
    names, held = read or (bare, NO_KIND)
    is_doubtful = _DOUBTFUL_OF_A_KIND.sub("", doubtless) != rest
    return Wanted(names, is_doubtful, kinds=held, larger=is_larger, spelt=spelt if read else "")


def without_size(text: str) -> tuple[str, bool]:
    """Return a text without the words for a larger picture, and whether it has any."""
    said = text.strip()
    rest = _LARGER.sub("", said).strip()
    return rest, rest != said


def of_kind(base: FactBase, text: str) -> tuple[str, Kinds] | None:
    """Return what ties of some kinds are wanted of, and the kinds; None where a text speaks of none, or is a name of more words."""
    said = text.strip()
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


def of_the_same_name(base: FactBase, kinds: Kinds) -> Named | None:
    """Return the mechanism or topic that has the name of a kind too, and may hold more than its ties."""
    read = (base.resolve(word, slips=False) for word in every_word_for(kinds))
    return next((found.record for found in read if isinstance(found, Found)), None)


def are_names(base: FactBase, text: str) -> bool:
    """Say whether a text is a name, or names with something between them."""
    return _is_name(base, text) or all(_is_name(base, part) for part in _JOINED.split(text))


def _is_name(base: FactBase, text: str) -> bool:
    return bool(text.strip()) and isinstance(base.resolve(text.strip(), slips=False), Found | Ambiguous)


def _is_document(base: FactBase, text: str) -> bool:
    return any(document.slug == text.lower() for document in base.documents)
