"""What is to be drawn, out of the words that people say around it: "show me a map of Nanjing, please", "all of it"."""

from __future__ import annotations

import re
from typing import Final

from handlers.lookups.maps.kinds import of_kind
from knowledge.base import FactBase
from knowledge.names.resolver import Ambiguous, Found
from knowledge.phrases import units
from knowledge.vocabulary import WordUse

_AROUND: Final = frozenset(
    {WordUse.LISTING, WordUse.TELLING_AROUND, WordUse.SENDING, WordUse.PLEASE, WordUse.FOLLOWING, WordUse.MAP}
)
_BEFORE_A_NAME: Final = _AROUND | {WordUse.LOCATING, WordUse.TELLING}
_ALL: Final = frozenset({WordUse.LISTS, WordUse.LISTING, WordUse.PLEASE})
_BEHIND: Final = frozenset({WordUse.PLEASE, WordUse.POLITENESS, WordUse.THANKS})
_MAP_OF: Final = re.compile(r"\bmaps?\b[\s,:]*(?:(?:of|for|about|on|showing|with)\b)?\s*", re.IGNORECASE)
# "A bigger map of Hangzhou" is the map of Hangzhou, larger.
_LARGER_MAP: Final = re.compile(
    r"^(?:(?:show|give|send|draw)\s+(?:me|us)\s+)?(?:a\s+|the\s+)?(?:bigger|larger)\s+maps?\b(?:\s+(?:of|for))?\s*(?:please)?[\s.!?]*",
    re.IGNORECASE,
)
_LARGER: Final = " larger"
_ON_A_MAP: Final = re.compile(
    r"(?:['’]s)?\s+(?:(?:on|in)\s+(?:a|the|your)\s+)?map[\s.!?]*$|\s*的?地图[\s。！？.!?]*$", re.IGNORECASE
)


def read(base: FactBase, text: str) -> str | None:
    """Return what a sentence wants drawn; None where it does not ask for a map of something."""
    phrases = base.phrases
    if _LARGER_MAP.match(text):
        return _LARGER_MAP.sub("", text) + _LARGER
    if noun := _MAP_OF.search(text):
        before, named = text[: noun.start()], text[noun.end() :]
        if named and before.strip() and phrases.cover(units(before), _AROUND) is not None:
            return named
    if end := _ON_A_MAP.search(text):
        named = text[: end.start()]
        return next(
            (
                name
                for cut in (*phrases.leading(named, _BEFORE_A_NAME), 0)
                if _is_name(base, name := named[cut:]) or of_kind(base, name)
            ),
            None,
        )
    for cut in phrases.leading(text, _AROUND):
        is_drawn = WordUse.MAP in (phrases.cover(units(text[:cut]), _AROUND) or ())
        if is_drawn and _is_name(base, text[cut:]):
            return text[cut:]
    return None


def without_words_around(base: FactBase, text: str) -> str:
    """Return the names of what is to be drawn; "" where the words ask for all there is."""
    text = text.strip().removeprefix("of ").removeprefix("Of ").strip()
    named = text[: next(base.phrases.trailing(text, _BEHIND), len(text))]
    if _is_name(base, named):
        return named
    for cut in base.phrases.leading(named, _ALL):
        rest = named[cut:].strip()
        if not rest or _is_name(base, rest):
            return rest
    return named


def _is_name(base: FactBase, text: str) -> bool:
    return bool(text.strip()) and isinstance(base.resolve(text.strip(), slips=False), Found | Ambiguous)
