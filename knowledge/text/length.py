"""How long a text is."""

from __future__ import annotations

import re
from typing import Final

_CHINESE: Final = re.compile(r"[㐀-鿿]+")


def word_count(text: str) -> int:
    """Return how many words `text` has: what stands between spaces, and in Chinese two characters for one."""
    characters = sum(map(len, _CHINESE.findall(text)))
    return len(_CHINESE.sub(" ", text).split()) + -(-characters // 2)
