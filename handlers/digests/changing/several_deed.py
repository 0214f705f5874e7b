"""What is to be done to several digests, as a button carries it: the verb, their numbers, what is said to all, and what to one.

Numbers that follow each other are written as their first and last: a button holds some 1,500 signs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from handlers.request import Request
from handlers.target import Target

_NUMBER: Final = r"[0-9]{1,6}(?:-[0-9]{1,6})?(?:\.[0-9]{1,9})?"
_NUMBERS: Final = rf"{_NUMBER}(?:,{_NUMBER}){{0,199}}"
# What is said to all comes last: it may hold any sign.
_WRITTEN: Final = re.compile(
    rf"(?P<verb>[a-z]{{4,12}}) (?P<numbers>{_NUMBERS})(?P<own>(?:@[^@|]*)*)\|(?P<text>.*)", re.DOTALL
)
_OWN: Final = re.compile(rf"@(?P<numbers>{_NUMBERS})=(?P<words>[^@]*)")
_MOST: Final = 1000
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_UNSEEN: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb, the digests that it is done to by their numbers, and what is said to each; `own` is what is said to one alone, such
    as the day that it was paused until, `seen` the version in which one was shown.
    """

    verb: str
    numbers: tuple[str, ...]
    text: str
    own: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    seen: Mapping[str, int] = field(default_factory=lambda: _UNSEEN)

    def of(self, request: Request, number: str) -> Request:
        """Return the request that it is done by to one of them."""
        return request.saying(self.text, Target(id=number))

    def __str__(self) -> str:
        alike: dict[str, list[str]] = {}
        for number, words in self.own.items():
            alike.setdefault(words, []).append(number)
        own = "".join(f"@{_written(numbers)}={words}" for words, numbers in alike.items() if words)
        return f"{self.verb} {_written(self.numbers, self.seen)}{own}|{self.text}"


def runs(numbers: Sequence[str], alike: Mapping[str, int] = _UNSEEN) -> list[tuple[str, str]]:
    """Return some numbers as the first and last of those that follow each other, and are alike."""
    found: list[tuple[str, str]] = []
    for number in numbers:
        first, last = found[-1] if found else ("", "")
        if last and int(number) == int(last) + 1 and alike.get(number) == alike.get(last):
            found[-1] = first, number
        else:
            found.append((number, number))
    return found


def _written(numbers: Sequence[str], seen: Mapping[str, int] = _UNSEEN) -> str:
    return ",".join(
        f"{first if first == last else f'{first}-{last}'}{f'.{seen[last]}' if last in seen else ''}"
        for first, last in runs(numbers, seen)
    )


def _numbers(written: str) -> dict[str, str]:
    """Return the numbers that are written, each with what stands behind it; ValueError for more than may be."""
    found: dict[str, str] = {}
    for part in written.split(","):
        span, _, version = part.partition(".")
        first, _, last = span.partition("-")
        if len(found) + int(last or first) - int(first) >= _MOST:
            raise ValueError(written)
        for number in range(int(first), int(last or first) + 1):
            found.setdefault(str(number), version)
    return found


def read(text: str) -> Deed | None:
    """Return the deed that a button carries; None where it carries none."""
    found = _WRITTEN.fullmatch(text)
    try:
        return _deed(found) if found else None
    except ValueError:
        return None


def _deed(found: re.Match[str]) -> Deed:
    own = {number: one["words"] for one in _OWN.finditer(found["own"]) for number in _numbers(one["numbers"])}
    written = _numbers(found["numbers"])
    seen = {number: int(version) for number, version in written.items() if version}
    return Deed(found["verb"], tuple(written), found["text"], own, seen)
