"""What is to be drawn, out of the words that people say around it: "show me a map of Nanjing, please", "all of it"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from handlers.lookups.maps.kinds import (
    Wanted,
    are_places,
    asked_for,
    of_kind,
    tells_of_doubtful,
    wanted,
)
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

# What says how the map before it is to be, and is no list or question by itself.
_CHANGING: Final = re.compile(
    r"^(?:(?:and|now|but|ok|please|show|with)\s+)*(?:(?:only|just|solely|nothing but|without|no|excluding|except|hide|omit|leave out"
    r"|including|(?:the )?doubtful|in|within|inside)\b|只|仅|不含|不要|不带|去掉|除|存疑|在)|(?:\b(?:only|alone)|以?内)[\s.!。！?]*$",
    re.IGNORECASE,
)
_LED: Final = re.compile(r"^(?:(?:and|now|but(?! no)|ok|please|show)\s+)+", re.IGNORECASE)
# "Bigger", "can I have a larger one?", "make it bigger", 大一点.
_BIGGER: Final = re.compile(
    r"^(?:(?:please|can|could|may|i|we|you|have|get|give|send|show|draw|make|see|want|need|me|us|it|this|that|the|a|an|much|even|map|picture|in|is|there|zoom|too)\s+)*"
    r"(?:bigger|larger|enlarged?|zoom(?:\s+in)?|(?:full|bigger|larger)\s+size|too\s+small)"
    r"(?:\s+(?:one|map|picture|image|version|it|please|the|this|on|copy))*$"
    r"|^(?:请|把|能|可以|地图|图|再|有)*(?:大一点|大一些|大点|放大|更大|大图|太小了?)(?:的|地图|图|一点|吗|些)*$",
    re.IGNORECASE,
)
# "In Zhejiang", "only those in Zhejiang", "just Zhejiang", "Zhejiang only", 只看浙江, 浙江省内.
_WITHIN: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:(?:only|just|solely|nothing but|the|those|ones|pairings|ties)\s+)*(?:(?:in|within|inside|of|for|from)\s+)?(?P<name>.+?)(?:\s+(?:only|alone))?$",
        r"^(?:只要|只看|仅看|只画|只|仅|在)+(?P<name>.+?)(?:省?以?内|境内|里)?的?$",
        r"^在?(?P<name>.+?)省?(?:以内|境内|内)的?$",
    )
)
_BEHIND_IT: Final = " .!?。！？"


def is_change(text: str) -> bool:
    """Say whether a text begins as one that says how the map before it is to be: "only parks", "without doubtful ones", "bigger"."""
    said = text.strip()
    return _CHANGING.search(said) is not None or is_bigger(said)


def is_bigger(text: str) -> bool:
    """Say whether a text wants the map before it larger, and nothing else."""
    return _BIGGER.match(text.strip().rstrip(_BEHIND_IT)) is not None


def changed(base: FactBase, before: str, text: str) -> str | None:
    """Return what is to be drawn where a text says how the map of `before` is to be; None where it says no such thing."""
    said = _LED.sub("", text.strip()).rstrip(_BEHIND_IT)
    was = wanted(base, without_words_around(base, before))
    if is_bigger(text):
        return _written(was) + _LARGER
    if place := _place(base, said):
        # Of a topic or a mechanism what lies there is wanted, in place of another place or of all of them this one.
        is_of_places = not was.text or are_places(base, was.text)
        return _written(replace(was, text=place if is_of_places else f"{was.text} and {place}"))
    asked = wanted(base, said)
    if asked.text or not (asked.kinds or tells_of_doubtful(said)):
        return None
    doubts = asked if tells_of_doubtful(said) else was
    return _written(
        replace(
            was,
            kinds=asked.kinds or was.kinds,
            doubtful=doubts.doubtful,
            only_doubtful=doubts.only_doubtful,
        )
    )


def _written(how: Wanted) -> str:
    """Return what is to be drawn as it is typed."""
    return ", ".join(filter(None, (how.text, asked_for(how))))


def _place(base: FactBase, text: str) -> str:
    """Return the name of the place, or of the places, that a text wants a map to keep to, "" where it is none."""
    found = (pattern.match(text) for pattern in _WITHIN)
    names = (match["name"] for match in found if match)
    return next((name for name in names if are_places(base, name)), "")


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
