"""Whether a deed is wanted, or only asked about: "end 2?" and 1号停了吗 change nothing, "could you pause 2?" does."""

from __future__ import annotations

import re
from typing import Final

from handlers.command import Reading

_DEEDS: Final = frozenset({"unsubscribe", "pause", "resume", "skip", "unskip", "restart", "revive"})
_POLITE: Final = re.compile(
    r"\b(?:please|pls|kindly)\b|^\W*(?:can|could|would|will)\s+(?:you|we|i)\b|请|麻烦|劳驾|帮|^\W*(?:可以|可否|能)",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"[?？]\s*$|(?:吗|没有?|(?:\bor|还是)\s*(?:not|不))[\s!.。！]*$|是不是|是否|要不要|该不该|应不应该"
    r"|^\W*(?:should|shall|did|has|have|is|are|was|were|why|when|who)\b",
    re.IGNORECASE,
)


def unless_asked(text: str, found: Reading) -> Reading:
    """Return what is wanted; where a text only asks whether a digest is held, changed or ended, or is to be, that it is shown,
    with the buttons that do it.
    """
    if found.verb not in _DEEDS or _POLITE.search(text) or not _ASKED.search(text):
        return found
    return Reading("show", target=found.target)
