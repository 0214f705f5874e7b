"""Whether a text asks something of the base, though it speaks of days or months: "When does the forum meet monthly?"."""

from __future__ import annotations

import re
from typing import Final

from handlers.digests.reading import which

_MARKS: Final = " .!。！\"'”’"
_POLITE: Final = re.compile(
    r"(?:please|pls|hey|hi|hello|(?:can|could|will|would|may|might|shall|won't|can't|couldn't) (?:you|we|i)|do you mind|(?:what|how) about"
    r"|how (?:do|can|could|would) (?:i|we) (?:get|have|subscribe|follow|receive|set|sign)|why (?:not|don't))\b",
    re.IGNORECASE,
)
_ASKING: Final = re.compile(
    r"(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|does|do|did|has|have|had)\b(?! me\b)",
    re.IGNORECASE,
)
_POLITE_IN_CHINESE: Final = re.compile(r"请|麻烦|能不能|可不可以|可以|帮|给我|订阅")
_ASKING_IN_CHINESE: Final = re.compile(r"谁|什么|何时|哪|怎么|怎样|为什么|多少|是否|几[个次年月]")


def asks(text: str) -> bool:
    """Say whether a text reads as a question on the base: it asks, for no digest and for nothing to be done."""
    said = text.strip(_MARKS)
    if _POLITE.match(said) or _POLITE_IN_CHINESE.search(said) or which.names_digest(said):
        return False
    is_asked = said.endswith(("?", "？", "吗", "呢"))
    return is_asked or _ASKING.match(said) is not None or _ASKING_IN_CHINESE.search(said) is not None
