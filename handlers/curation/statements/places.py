"""Places that a text itself tells from others of their name: "Suzhou in Anhui", "Anhui's Suzhou"."""

from __future__ import annotations

import re
from typing import Final

from knowledge.base import FactBase
from knowledge.names.resolver import Ambiguous, Found

_WITHIN: Final = re.compile(
    r"\b(?P<name>[A-Z]\w+)\s+(?:city\s+)?(?:in|of)\s+(?P<wider>[A-Z]\w+)\b", re.IGNORECASE
)
_OF: Final = re.compile(r"\b(?P<wider>[A-Z]\w+)['’]s\s+(?:city\s+(?:of\s+)?)?(?P<name>[A-Z]\w+)\b", re.IGNORECASE)  # fmt: skip


def told_apart(base: FactBase, text: str) -> str:
    """Return `text` with each shared name that it tells apart written as the one place is called: "Suzhou, Anhui"."""

    def in_full(found: re.Match[str]) -> str:
        full = f"{found['name']}, {found['wider']}"
        is_shared = isinstance(base.resolve(found["name"], slips=False), Ambiguous)
        return full if is_shared and isinstance(base.resolve(full, slips=False), Found) else found[0]

    return _OF.sub(in_full, _WITHIN.sub(in_full, text))
