"""What a statement says is the thing asked for: "smart sensing" of "builds on smart sensing as its core technology"."""

from __future__ import annotations

import re
from typing import Final

from handlers.questions.values.wanted import Wanted

_ADJECTIVES: Final = r"(?:[\w-]+ ){0,3}"
_THING: Final = (
    r"(?!(?:its|the|their|a|an|this)\b)[\w'-]+(?: (?!(?:as|is|are|to|that|which|on|with|of)\b)[\w'-]+){0,4}"
)


def called_so(wanted: Wanted, statement: str) -> str:
    """Return what a statement says is of the sort that is asked for by one noun; "" where it says that of nothing, or of
    several things.
    """
    if not wanted.single:
        return ""
    noun = re.escape(wanted.noun)
    found = re.findall(
        rf"\b(?:on|with|upon|uses?|takes?|has|have|names?) ({_THING}) as (?:its|the|their|a|an) {_ADJECTIVES}{noun}\b",
        statement,
    )
    return found[0] if len(found) == 1 else ""
