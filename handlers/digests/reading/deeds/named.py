"""Digests as a text lists them: by numbers and ranges of these, by their place, by names: "1, 3 and 5", "1-3", "from 2 on",
"the first and talent", 1至3号.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handlers.digests.reading import which
from handlers.digests.reading.deeds import places
from knowledge.base import FactBase

_MARKS: Final = " ,.:!?，。：！？"
_NOUN: Final = r"(?:digests?|subscriptions?|newsletters?)"
_IN_CHINESE: Final = r"(?:摘要|简报|推送|订阅|日报|周报|月报)"
_N: Final = r"[0-9]{1,6}"
_FROM: Final = (
    rf"(?:from\s+#?{_N}\s+(?:on(?:wards?)?|up(?:wards?)?)|#?{_N}\s+(?:onwards?|upwards?|and\s+(?:up|above|higher|later|on))"
    rf"|(?:从\s*)?第?#?{_N}[号个]?(?:起|开始|以后|之后|往后))"
)
_RANGE: Final = (
    rf"(?:from\s+)?第?#?{_N}[号个]?(?:\s*[-–—~～]\s*|\s+(?:to|through|thru)\s+|\s*[到至]\s*)第?#?{_N}[号个]?"
)
_ITEM: Final = rf"(?:{_FROM}|{_RANGE}|第?#?{_N}[号个]?)"
_JOINED: Final = r"(?:\s*,\s*and\s+|\s*[,、，][,、，\s]*|\s*[&和与跟及]\s*|\s*\+\s*(?=#?[0-9])|\s+and\s+)"
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
# Behind a number these make it one of hours, days and facts.
_NO_UNIT: Final = rf"(?![A-Za-z0-9_:.%-]|\s*(?:[ap]\.?m\b|{_MONTH}|(?:facts?|runs?|posts?|times?|days?|weeks?|months?|years?)\b)|[天周月日次期年点条])"
_LIST: Final = re.compile(rf"{_ITEM}(?:{_JOINED}{_ITEM})*{_NO_UNIT}", re.IGNORECASE)
_LOOSE_LIST: Final = re.compile(rf"{_ITEM}(?:(?:{_JOINED}|\s+){_ITEM})*{_NO_UNIT}", re.IGNORECASE)
_IS_FROM: Final = re.compile(_FROM, re.IGNORECASE)
_IS_RANGE: Final = re.compile(_RANGE, re.IGNORECASE)
_UP: Final = re.compile(rf"(?<!\w)#?({_N})\s+and\s+(?:up|above|higher|later|on)(?!\w)", re.IGNORECASE)
_TWO_ALONE: Final = re.compile(rf"#?{_N}\s+#?{_N}")
_SIDE_BY_SIDE: Final = re.compile(rf"(?<=[0-9])\s+(?=#?{_N}(?!\w))")
# A sign before a name says that it comes into a digest: "3 +Ningbo".
APART: Final = re.compile(
    r"\s*(?:,\s*and\s|[,;，、；&])\s*|\s*\+\s*(?=#?[0-9])|(?<![0-9\s])(?:\s+\+\s+|\+)|\s+and\s+|[和与跟及]",
    re.IGNORECASE,
)
"""What stands between digests in a list."""
_AROUND: Final = re.compile(
    rf"^(?:(?:{_NOUN}|numbers?|nos?\.?|第)\s*)?#?|(?:[号个]|\s*{_IN_CHINESE})+$|\s+{_NOUN}$", re.IGNORECASE
)
# More are not spoken of so: a button carries no more either.
_LONGEST_RANGE: Final = 199


@dataclass(frozen=True, slots=True)
class One:
    """How digests are spoken of: by a number, by a name with the slugs of what has it, by a `place`, or as all from a number on."""

    said: str
    slugs: tuple[str, ...] = ()
    place: places.Placed | None = None
    is_from: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """The same text as it is said of one digest, and which are meant: `these`, or all there are, but for those that are left out.
    What has no word for digests may speak of anything else.

    With a `verb` that is what is done, and `said` what is said to each. With `count` it is said how many there are, with a `place`
    which of them; `unread` is what stands for digests and names none; of `some` nobody says which.
    """

    said: str
    these: tuple[One, ...] = ()
    but: tuple[One, ...] = ()
    is_own: bool = False
    names_digests: bool = True
    count: int = 0
    unread: str = ""
    is_some: bool = False
    change: str = ""
    place: places.Placed | None = None
    verb: str = ""


def listed(text: str, at: int = 0, *, is_loose: bool = False) -> tuple[tuple[One, ...], int] | None:
    """Return the digests that a text lists by their numbers from a place on, and where the list ends; None where it lists none, or
    one alone. A `loose` list of three or more has nothing between some of them.
    """
    found = (_LOOSE_LIST if is_loose else _LIST).match(text, at)
    # "Skip 1 2" may as well say how often.
    if found is None or _TWO_ALONE.fullmatch(found[0]):
        return None
    ones = numbered(found[0])
    return (ones, found.end()) if len(ones) > 1 or any(one.is_from for one in ones) else None


def numbered(text: str) -> tuple[One, ...]:
    """Return the digests that a text lists by their numbers and nothing else; none where it does not."""
    found: list[One] = []
    for part in _parts(text):
        of_part = _of_numbers(part)
        if not of_part:
            return ()
        found += of_part
    return tuple(dict.fromkeys(found))


def ones(base: FactBase, text: str) -> tuple[One, ...]:
    """Return the digests that a text speaks of by numbers, places and names; none where one of them is neither."""
    found: list[One] = []
    for part in _parts(text):
        said = part.strip(_MARKS)
        if of_part := _of_numbers(said):
            found += of_part
        elif place := places.whole(said):
            found.append(One(said, place=place))
        elif slugs := _slugs_of(base, _AROUND.sub("", said).strip(_MARKS)):
            found.append(One(said, slugs))
        else:
            return ()
    return tuple(dict.fromkeys(found))


def _parts(text: str) -> list[str]:
    said = _SIDE_BY_SIDE.sub(", ", _UP.sub(r"from \1 on", text.strip(_MARKS)))
    return [part for part in APART.split(said) if part.strip()] or [said]


def _slugs_of(base: FactBase, said: str) -> tuple[str, ...]:
    return which.slugs_of(base, which.bare(said)) if said else ()


def _of_numbers(part: str) -> list[One]:
    said = _AROUND.sub("", part.strip(_MARKS)).strip(_MARKS)
    numbers = [int(number) for number in re.findall(_N, said)]
    if _IS_FROM.fullmatch(part.strip(_MARKS)) or _IS_FROM.fullmatch(said):
        return [One(str(numbers[0]), is_from=True)]
    if _IS_RANGE.fullmatch(said):
        first, last = sorted(numbers)
        is_range = first > 0 and last <= first + _LONGEST_RANGE
        return [One(str(number)) for number in range(first, last + 1)] if is_range else []
    return [One(str(numbers[0]))] if said.isdecimal() and said.isascii() and len(said) < 7 else []
