"""Where a digest is to go, as people say it behind the rest: to themselves alone, or to where they say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

Where = Literal["direct", "here"]
_MOST_WORDS: Final = 4
_MESSAGES: Final = r"(?:dms?|pms?|(?:direct|private)\smessages?|inbox)"
_DIRECT: Final = re.compile(
    rf"(?:only |just )?to (?:me|myself)(?: only| alone)?|(?:only|just) for (?:me|myself)|for (?:me|myself) (?:only|alone)"
    rf"|(?:to|in|into|by|via|as|through) (?:(?:a|an|my|our|the) )?{_MESSAGES}|dms?|direct messages?|privately|in private"
    r"|私信|私信我|私信给我|发私信|发私信给我|到私信|发到私信|私下发给我"
)
_HERE: Final = re.compile(
    r"here|(?:to|in|into|for) (?:here|(?:this|the|our) channel)|(?:to|for) us|for me|到这里|在这里|发到这里|到本频道"
)
_BEGINNING: Final = frozenset(
    {"only", "just", "to", "for", "in", "into", "by", "via", "as", "through", "direct", "dm", "dms", "privately", "here"}
)  # fmt: skip


def destination(words: Sequence[str]) -> tuple[int, Where] | None:
    """Return how many of `words`, the first of a text in lower case, say where a digest goes, and where that is; None where
    they say nothing of it.
    """
    if not words or (words[0] not in _BEGINNING and words[0].isascii()):
        return None
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        said = " ".join(words[:count])
        if _DIRECT.fullmatch(said):
            return count, "direct"
        if _HERE.fullmatch(said):
            return count, "here"
    return None
