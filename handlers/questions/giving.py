"""Who gives and who gets, of two places that a text names: told by its verbs, in a question as in a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from knowledge.lexicon import Lexicon
from knowledge.text.normalize import CHINESE

# Where a place stands in a text, and its slug.
Spot = tuple[int, int, str]
# "Helped by", "support from": what comes next gives.
_PASSIVE: Final = re.compile(r"\s*(?:by|from|of)\b")


def giver(lexicon: Lexicon, text: str, spots: Iterable[Spot]) -> str:
    """Return the slug of the place that gives something to another, by the first verb with a place before it; "" where none
    says so. `spots` are those of two places in a folded text.
    """
    places = sorted(spots)
    slugs = {slug for _, _, slug in places}
    if len(slugs) != len(("one", "other")):
        return ""
    acting = [place for place in places if not _beside(lexicon).search(text[: place[0]])]
    for verb in _verbs(lexicon).finditer(text):
        before = [slug for _, end, slug in acting if end <= verb.start()]
        if before:
            (other,) = slugs - {before[-1]}
            return before[-1] if _gives(lexicon, text, verb, places) else other
    return ""


def _gives(lexicon: Lexicon, text: str, verb: re.Match[str], places: list[Spot]) -> bool:
    """Say whether whoever stands before a verb gives: "A gives", and "A benefits B", but not "A benefits from B"."""
    if verb[0] in lexicon.giving:
        return not _PASSIVE.match(text, verb.end())
    return any(not text[verb.end() : start].strip() for start, _, _ in places if start >= verb.end())


@lru_cache(maxsize=4)
def _verbs(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(_one_of(lexicon.giving | lexicon.gaining))


@lru_cache(maxsize=4)
def _beside(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:{_one_of(lexicon.beside)})\s*$")


def _one_of(words: Iterable[str]) -> str:
    """Return the pattern of any of some words, the longest first; English ones are whole."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(word if CHINESE.match(word) else rf"\b{re.escape(word)}\b" for word in longest) or r"(?!)"
