"""What a text states: a number, a sum of money, a share, a time, a list.

Told by figures, the names of months and the words of a lexicon, as statements and passages print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.dates import MONTHS_IN_FULL
from knowledge.lexicon import Lexicon

# A year is no quantity.
_FIGURE = r"(?<![\w.])(?!(?:19|20)\d\d(?!\d))\d"
_FRACTION = r"\d/\d|%"
_LIST = re.compile(r",[^,.;:]+?,? (?:and|or) |[A-Z]\w+(?: [A-Z]\w+){0,3} and (?:the )?[A-Z]|、")
_DATES = (r"\d{4}", *(rf"\b{month}\b" for month in MONTHS_IN_FULL))


def states_number(lexicon: Lexicon, text: str) -> bool:
    """Say whether `text` states how many or how much."""
    return _any_of(lexicon.numbers, _FIGURE).search(text) is not None


def states_sum(lexicon: Lexicon, text: str) -> bool:
    """Say whether `text` states a sum of money: whether it names a currency."""
    return _any_of(lexicon.currencies).search(text) is not None


def states_share(lexicon: Lexicon, text: str) -> bool:
    """Say whether `text` states a share of something."""
    return _any_of(lexicon.shares, _FRACTION).search(text) is not None


def states_time(lexicon: Lexicon, text: str) -> bool:
    """Say whether `text` states a time, be it "early" or "since"."""
    return _any_of(lexicon.times, *_DATES).search(text) is not None


def states_list(text: str) -> bool:
    """Say whether `text` names several of a kind: three things or more, or two by their names."""
    return _LIST.search(text) is not None


@lru_cache(maxsize=32)
def _any_of(words: frozenset[str], *patterns: str) -> re.Pattern[str]:
    """Return what any of `patterns` and `words` meets."""
    return re.compile("|".join((*patterns, *_alone(words))) or "(?!)")


def _alone(words: Iterable[str]) -> Iterator[str]:
    """Yield a pattern for each word: by itself in English; Chinese and signs stand within others."""
    for word in sorted(words):
        yield rf"\b{re.escape(word)}\b" if word[0].isascii() and word[0].isalpha() else re.escape(word)
