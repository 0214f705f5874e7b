"""Chinese words and sounds: where words end, and how characters are read.

Words are those of jieba's dictionary, some 350,000; its parts of speech are no more than a hint (微软, Microsoft, is an
adjective there). Sounds are those that xpinyin has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import rjieba
from xpinyin import Pinyin

# Characters looked up last: more than stand in all names.
_REMEMBERED: Final = 8192
# Habits of speech that pinyin written by ear shows too: retroflex for plain initials, final -ng for -n.
_ALIKE: Final = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"))
_INITIAL: Final = re.compile(r"^(?:[zcs]h|[bpmfdtnlgkhjqxrzcs])")
# Finals are written otherwise where no initial is before them: "wei" rhymes with "hui".
_WHOLE: Final = ((re.compile(r"^yu"), "v"), (re.compile(r"^yi?"), "i"), (re.compile(r"^wu?"), "u"))
_SHORT: Final = {"ui": "uei", "un": "uen", "iu": "iou"}


def is_word(run: str) -> bool:
    """Say whether a run of Chinese characters is a word of the dictionary. The first call reads it (0.2 s)."""
    return bool(rjieba.has_word(run))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a run, from `start` to before `end`, with its part of speech as jieba names it ("n", "v")."""

    text: str
    start: int
    end: int
    part: str


def words(run: str) -> tuple[Word, ...]:
    """Return a run of Chinese characters cut into words."""
    found, start = [], 0
    for text, part in rjieba.tag(run, False):
        found.append(Word(text, start, start + len(text), part))
        start += len(text)
    return tuple(found)


@lru_cache(maxsize=1)
def _readings() -> Pinyin:
    return Pinyin()


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    readings = (reading for held in _readings().pinyins.values() for reading in held.lower().split())
    return frozenset(re.sub(r"[^a-z]", "", reading) for reading in readings)


def is_pinyin(letters: str) -> bool:
    """Say whether letters are syllables of pinyin without tones, written together. The first call reads the sounds."""
    ends = {0}
    for end in range(1, len(letters) + 1):
        # The longest syllables have six letters.
        if any(start in ends and letters[start:end] in _syllables() for start in range(max(0, end - 6), end)):
            ends.add(end)
    return bool(letters) and len(letters) in ends


@lru_cache(maxsize=_REMEMBERED)
def sounds(character: str) -> frozenset[str]:
    """Return how a character is read, tones left out, with those sounds merged that people confuse."""
    found = set(_readings().get_pinyins(character))
    for pattern, replacement in _ALIKE:
        found = {pattern.sub(replacement, sound) for sound in found}
    return frozenset(found)


def sound_alike(one: str, other: str) -> bool:
    """Say whether two characters may be read the same."""
    return not sounds(one).isdisjoint(sounds(other))


def rhyme(one: str, other: str) -> bool:
    """Say whether two characters may be read with the same final: 徽 and 微, 波 and 坡."""
    return not _finals(one).isdisjoint(_finals(other))


def _finals(character: str) -> set[str]:
    return {_final(sound) for sound in sounds(character)}


def _final(sound: str) -> str:
    for pattern, replacement in _WHOLE:
        sound = pattern.sub(replacement, sound)
    bare = _INITIAL.sub("", sound)
    return _SHORT.get(bare, bare)
