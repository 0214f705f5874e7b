"""Which words are English, so that a word nobody here has heard is told from a slip.

The list is that of pyspellchecker, some 160,000 forms from film subtitles; its corrections are not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from spellchecker import SpellChecker

# Rarer forms ("twined", "perl") are more often slips of the words that this base is about.
_RARE = 100


def counts() -> Mapping[str, int]:
    """Return how often each folded form of a word is said in them. Reads the list each time (0.1 s)."""
    said: Mapping[str, int] = SpellChecker(language="en", distance=1).word_frequency.dictionary
    return said


@lru_cache(maxsize=1)
def forms() -> frozenset[str]:
    """Return the folded forms of English words that are not rare. The first call reads the list (0.1 s)."""
    return frozenset(form for form, count in counts().items() if count > _RARE)
