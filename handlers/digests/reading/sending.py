"""A digest asked for in a sentence: "send me a weekly digest on Anhui every Monday", 每周给我发安徽的摘要."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.digests.reading.words import RHYTHMS
from knowledge.base import FactBase
from knowledge.phrases import units
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import WordUse

_SENDING: Final = frozenset({WordUse.SENDING, WordUse.PLEASE})
_MARKS: Final = " ,.:!?，。：！？、"
_WORD: Final = re.compile(r"\S+")
# What may stand between a name and when its digest comes, and says no more than is done anyway.
_LINKS: Final = re.compile(r"\b(?:about|of|on|here|in this channel|to this channel)(?:\s|$)", re.IGNORECASE)
_JOINS: Final = re.compile("[和与及跟]")
_LONGEST_IN_CHINESE: Final = 40
_MOST_WORDS_BEFORE: Final = 3


def ways(base: FactBase, text: str) -> Iterator[str]:
    """Yield what may be the names of a digest and when it comes, in a text that says both and asks for it."""
    if CHINESE.search(text):
        yield text
        yield from _in_chinese(base, text)
        return
    for start in (word.start() for word in list(_WORD.finditer(text))[: _MOST_WORDS_BEFORE + 1]):
        before = text[:start].strip(_MARKS)
        cuts = base.phrases.leading(text[start:], _SENDING)
        # Behind what says when, it has to be asked for.
        for cut in cuts if start else (0, *cuts):
            rest = text[start + cut :].strip(_MARKS)
            for one in dict.fromkeys((rest, _without_noun(base, rest))):
                for said in _rhythm_last(base, one):
                    yield f"{said} {before}".strip()
                    yield f"{_LINKS.sub('', said)} {before}".strip()


def _without_noun(base: FactBase, said: str) -> str:
    """Return "ports every Monday" of "the ports digest every Monday"."""
    return " ".join(word for word in said.split() if WordUse.SENDING not in base.phrases.uses_of(units(word)))


def _rhythm_last(base: FactBase, said: str) -> Iterator[str]:
    """Yield a text, and with the rhythm that it begins with last or left out: "weekly digest on Anhui every Monday"."""
    yield said
    first, _, after = said.partition(" ")
    if first.lower() in RHYTHMS:
        for cut in base.phrases.leading(after, _SENDING):
            rest = after[cut:].strip(_MARKS)
            yield rest
            yield f"{rest} {first}"


def _in_chinese(base: FactBase, text: str) -> Iterator[str]:
    """Yield what is left of a text without the phrases that ask for a digest, its names before when it comes."""
    said = text.strip(_MARKS)
    for phrase in _phrases(base):
        said = said.replace(phrase, " ")
    bare = "".join(said.split()).strip(_MARKS)
    if bare == text.strip(_MARKS) or len(bare) > _LONGEST_IN_CHINESE:
        return
    bare = _JOINS.sub("、", bare)
    for cut in range(1, len(bare)):
        yield f"{bare[cut:]} {bare[:cut]}".strip(_MARKS)
        yield f"{bare[:cut].strip(_MARKS)} {bare[cut:].strip(_MARKS)}"


def _phrases(base: FactBase) -> list[str]:
    written = (word for words in base.seeds.words if words.use in _SENDING for word in words.words)
    return sorted(filter(CHINESE.match, written), key=len, reverse=True)
