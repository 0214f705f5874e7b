"""Words that point to what was named before, with the names in their place."""

from __future__ import annotations

import re
from typing import Final

from handlers.threads.following import FollowUp, joined
from handlers.threads.named import names_in
from knowledge.model import Organisation
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import Level

AUXILIARIES: Final = frozenset(
    {"am", "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "was", "were", "will", "would"}
)  # fmt: skip
_OF_PEOPLE: Final = frozenset({"he", "she", "his", "her", "him"})
_POSSESSIVE: Final = frozenset({"its", "their", "his", "her"})
_DEMONSTRATIVE: Final = frozenset({"that", "this", "these", "those"})
_PLURAL: Final = frozenset({"these", "those"})
_OF_SEVERAL: Final = frozenset({"they", "them", "their"})
# Behind these, "that" is what was named; else it is what was said of it.
_OF_WHAT: Final = frozenset({"about", "on"})
_SORTS: Final = frozenset(
    word for level in Level for word in (level.split()[-1], f"{level.split()[-1]}s")
) | frozenset(
    {"city", "cities", "counties", "municipalities", "place", "places", "pairing", "mechanism", "topic"}
)


def named(said: FollowUp, asked: str) -> str:
    """Return `asked` with the names for the words that point to them: those before any name of its own."""
    pointers = "|".join(map(re.escape, sorted(filter(str.isascii, said.lexicon.pointers))))
    first = min((name.start for name in names_in(said.services, asked)), default=len(asked))

    def name(found: re.Match[str]) -> str:
        word, noun = found[1].lower(), (found[2] or "").strip().lower()
        kept = said.kept(Organisation) if word in _OF_PEOPLE else said.kept()
        if found.start() > first or not kept or not _points(word, noun, asked, found):
            return found[0]
        named, is_one = joined(kept), len(kept) == 1
        if word in _DEMONSTRATIVE:
            return named if is_one or word in _PLURAL else found[0]
        if is_one is (word in _OF_SEVERAL):
            return found[0]
        rest = found[2] or ""
        if word == "there":
            return f"in {named}{rest}"
        return f"{named}'s{rest}" if word in _POSSESSIVE else f"{named}{rest}"

    return re.sub(rf"\b({pointers})\b(\s+\w+)?", name, asked, flags=re.IGNORECASE)


def _points(word: str, noun: str, asked: str, found: re.Match[str]) -> bool:
    """Say whether a word points to something named before, and is not of the sentence: "is there", "the plan that"."""
    before = tokenize(normalize(asked[: found.start()]))[-1:]
    if word == "there":
        return not AUXILIARIES.issuperset(before or ["is"]) and noun not in AUXILIARIES
    if word in _DEMONSTRATIVE:
        return noun in _SORTS or (not noun and not _OF_WHAT.isdisjoint(before))
    return True


def points_back(said: FollowUp) -> bool:
    """Say whether a text means by a word what was named or said before, and does not use it within its sentence: "is there",
    "the plan that".
    """
    words = said.words
    for at, word in enumerate(words):
        before, noun = words[max(0, at - 1) : at], "".join(words[at + 1 : at + 2])
        is_of_sentence = noun in said.lexicon.slight or not noun
        is_meant = before == () or before[0] in AUXILIARIES or not noun
        if word in _DEMONSTRATIVE and is_of_sentence and is_meant:
            return True
        if word in said.lexicon.pointers and word not in _DEMONSTRATIVE and word != "there":
            return True
    return False


def named_in_chinese(said: FollowUp, asked: str) -> str:
    """Return the same of a text in Chinese."""
    first = min((name.start for name in names_in(said.services, asked)), default=len(asked))
    pointers = [word for word in said.lexicon.pointers if CHINESE.match(word)]
    for word in sorted(pointers, key=len, reverse=True):
        if 0 <= asked.find(word) < first and (kept := said.kept()):
            return asked.replace(word, joined(kept, is_chinese=True), 1)
    return asked
