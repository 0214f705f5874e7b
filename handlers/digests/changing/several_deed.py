"""What is to be done to several digests, as a button carries it: the verb, their numbers, what is said to all, and what to one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from handlers.request import Request
from handlers.target import Target

_NUMBER: Final = r"[0-9]{1,6}(?:\.[0-9]{1,9})?"
_NUMBERS: Final = rf"{_NUMBER}(?:,{_NUMBER}){{0,199}}"
# What is said to all comes last: it may hold any sign.
_WRITTEN: Final = re.compile(
    rf"(?P<verb>[a-z]{{4,12}}) (?P<numbers>{_NUMBERS})(?P<own>(?:@[^@|]*)*)\|(?P<text>.*)", re.DOTALL
)
_OWN: Final = re.compile(rf"@(?P<numbers>{_NUMBERS})=(?P<words>[^@]*)")
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
        own = "".join(f"@{','.join(numbers)}={words}" for words, numbers in alike.items() if words)
        numbers = ",".join(f"{one}.{self.seen[one]}" if one in self.seen else one for one in self.numbers)
        return f"{self.verb} {numbers}{own}|{self.text}"


def read(text: str) -> Deed | None:
    """Return the deed that a button carries; None where it carries none."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    own = {
        number: one["words"] for one in _OWN.finditer(found["own"]) for number in one["numbers"].split(",")
    }
    written = [one.partition(".") for one in found["numbers"].split(",")]
    seen = {number: int(version) for number, _, version in written if version}
    numbers = tuple(dict.fromkeys(number for number, _, _ in written))
    return Deed(found["verb"], numbers, found["text"], own, seen)
