"""What is to be done to several digests, as a button carries it: the verb, their numbers, what is said to all, and what to one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from handlers.request import Request
from handlers.target import Target

_NUMBERS: Final = r"[0-9]{1,6}(?:,[0-9]{1,6}){0,199}"
_WRITTEN: Final = re.compile(
    rf"(?P<verb>[a-z]{{4,12}}) (?P<numbers>{_NUMBERS}):(?P<text>[^@]*)(?P<own>@.*)?", re.DOTALL
)
_OWN: Final = re.compile(rf"@(?P<numbers>{_NUMBERS})=(?P<words>[^@]*)")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb, the digests that it is done to by their numbers, and what is said to each; `own` is what is said to one alone, such
    as the day that it was paused until.
    """

    verb: str
    numbers: tuple[str, ...]
    text: str
    own: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def of(self, request: Request, number: str) -> Request:
        """Return the request that it is done by to one of them."""
        return request.saying(self.text, Target(id=number))

    def __str__(self) -> str:
        alike: dict[str, list[str]] = {}
        for number, words in self.own.items():
            alike.setdefault(words, []).append(number)
        own = "".join(f"@{','.join(numbers)}={words}" for words, numbers in alike.items() if words)
        return f"{self.verb} {','.join(self.numbers)}:{self.text}{own}"


def read(text: str) -> Deed | None:
    """Return the deed that a button carries; None where it carries none."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    own = {
        number: one["words"]
        for one in _OWN.finditer(found["own"] or "")
        for number in one["numbers"].split(",")
    }
    return Deed(found["verb"], tuple(dict.fromkeys(found["numbers"].split(","))), found["text"], own)
