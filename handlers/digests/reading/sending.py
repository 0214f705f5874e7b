"""A digest asked for in a sentence: "send me a weekly digest on Anhui every Monday", 每周给我发安徽的摘要."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.digests.reading import wishes
from handlers.digests.reading.when.unheard import ALONE
from handlers.digests.reading.words import RHYTHMS
from knowledge.base import FactBase
from knowledge.phrases import units
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import WordUse

_SENDING: Final = frozenset({WordUse.SENDING, WordUse.PLEASE})
_POLITE: Final = frozenset({WordUse.PLEASE, WordUse.THANKS})
_MARKS: Final = " ,.:!?，。：！？、"
_AROUND: Final = f"{_MARKS}的"
_WORD: Final = re.compile(r"\S+")
# What may stand between a name and when its digest comes, and says no more than is done anyway.
_LINKS: Final = re.compile(r"\b(?:about|of|on|here|in this channel|to this channel)(?:\s|$)", re.IGNORECASE)
_JOINS: Final = re.compile("[和与及跟]")
# "日报：港口" says the names behind the colon, and 9：30 a time.
_COLON: Final = re.compile("([一-鿿])[:：]")
_ASKING: Final = re.compile(r"^(?:能不能|可不可以|可以|能|请|麻烦|帮我|给我|我|想|要|来|一份|个|做|建|设)+")
_LONGEST_IN_CHINESE: Final = 40
_MOST_WORDS_BEFORE: Final = 3
# What is longer is no sentence that asks for a digest, though it may be a list of names.
_MOST_WORDS: Final = 24


def asked_for(base: FactBase, text: str) -> str:
    """Return the digest that a text asks for, as it is read: its names, and when it comes. With words that are probably slips,
    or ask for what there is not, where it is a digest without those; "" where it asks for none.
    """
    said = list(dict.fromkeys(ways(base, text)))
    if found := next((wish for one in said if (wish := wishes.turned(base, one))), ""):
        return found
    nearly = (
        wishes.nearly_turned(base, one, slips) for slips in range(1, wishes.MOST_SLIPS + 1) for one in said
    )
    return next(filter(None, nearly), "")


def ways(base: FactBase, text: str) -> Iterator[str]:
    """Yield what may be the names of a digest and when it comes, in a text that says both and asks for it."""
    text = _COLON.sub(r"\1 ", without_thanks(base, text))
    if CHINESE.search(text):
        yield text
        yield from _in_chinese(base, text)
        return
    words = list(_WORD.finditer(text))
    if len(words) > _MOST_WORDS:
        yield text
        return
    for start in (word.start() for word in words[: _MOST_WORDS_BEFORE + 1]):
        before = text[:start].strip(_MARKS)
        cuts = base.phrases.leading(text[start:], _SENDING)
        # Behind what says when, it has to be asked for.
        for cut in cuts if start else (0, *cuts):
            rest = text[start + cut :].strip(_MARKS)
            for one in dict.fromkeys((rest, _without_noun(base, rest))):
                for said in _rhythm_last(base, one):
                    yield f"{said} {before}".strip()
                    yield f"{_LINKS.sub('', said)} {before}".strip()


def without_thanks(base: FactBase, text: str) -> str:
    """Return a text without the "please" and "thank you" that it ends with."""
    said = text.strip(_MARKS)
    return said[: next(base.phrases.trailing(said, _POLITE), len(said))].strip(_MARKS)


def _without_noun(base: FactBase, said: str) -> str:
    """Return "ports every Monday" of "the ports digest every Monday"."""
    return " ".join(word for word in said.split() if WordUse.SENDING not in base.phrases.uses_of(units(word)))


def _rhythm_last(base: FactBase, said: str) -> Iterator[str]:
    """Yield a text, and with the rhythm that it begins with last or left out: "weekly digest on Anhui every Monday"."""
    yield said
    first, _, after = said.partition(" ")
    if first.lower() in RHYTHMS or first.lower() in ALONE:
        for cut in base.phrases.leading(after, _SENDING):
            rest = after[cut:].strip(_MARKS)
            if wishes.tells_when(base, rest):
                yield rest
            yield f"{rest} {first}"


def _in_chinese(base: FactBase, text: str) -> Iterator[str]:
    """Yield what is left of a text without the phrases that ask for a digest, its names before when it comes."""
    said = text.strip(_MARKS)
    for phrase in _phrases(base):
        said = said.replace(phrase, " ")
    bare = _ASKING.sub("", "".join(said.split()).strip(_MARKS))
    is_asked = bare != text.strip(_MARKS) or bare[-2:] in RHYTHMS
    if not is_asked or len(bare) > _LONGEST_IN_CHINESE:
        return
    bare = _JOINS.sub("、", bare)
    for cut in range(1, len(bare)):
        before, behind = bare[:cut].strip(_AROUND), bare[cut:].strip(_AROUND)
        yield f"{behind} {before}"
        yield f"{before} {behind}"


def _phrases(base: FactBase) -> list[str]:
    written = (word for words in base.seeds.words if words.use in _SENDING for word in words.words)
    return sorted(filter(CHINESE.match, written), key=len, reverse=True)
