"""Chinese words and sounds: where words end, and how characters are read.

Words are those of jieba's dictionary, some 350,000; its parts of speech are no more than a hint (微软, Microsoft, is an
adjective there). Sounds are those that xpinyin has. The dictionary is read (0.1 s) when it is first looked into, which
nothing in English needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Final

from xpinyin import Pinyin

# Characters looked up last: more than stand in all names.
_REMEMBERED: Final = 8192
# Of a word that is looked up by ear; few characters have three readings.
_MOST_READINGS: Final = 16
# Habits of speech that pinyin written by ear shows too: retroflex for plain initials, final -ng for -n.
_ALIKE: Final = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"))
_INITIAL: Final = re.compile(r"^(?:[zcs]h|[bpmfdtnlgkhjqxrzcs])")
# Finals are written otherwise where no initial is before them: "wei" rhymes with "hui".
_WHOLE: Final = ((re.compile(r"^yu"), "v"), (re.compile(r"^yi?"), "i"), (re.compile(r"^wu?"), "u"))
_SHORT: Final = {"ui": "uei", "un": "uen", "iu": "iou"}


def is_word(run: str) -> bool:
    """Say whether a run of Chinese characters is a word of the dictionary."""
    import rjieba

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
    import rjieba

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
    # Some thousand sounds of twenty-five thousand characters.
    readings = {reading for held in set(_readings().pinyins.values()) for reading in held.lower().split()}
    return frozenset(re.sub(r"[^a-z]", "", reading) for reading in readings)


def syllables(letters: str) -> tuple[str, ...]:
    """Return letters cut into the fewest syllables of pinyin without tones, () where they are none. The first call reads
    the sounds.
    """
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(letters) + 1):
        # The longest syllables have six letters.
        for start in range(max(0, end - 6), end):
            if start in best and letters[start:end] in _syllables():
                cut = (*best[start], letters[start:end])
                if end not in best or len(cut) < len(best[end]):
                    best[end] = cut
    return best.get(len(letters), ())


def is_pinyin(letters: str) -> bool:
    """Say whether letters are syllables of pinyin without tones, written together."""
    return bool(syllables(letters))


def reading(character: str) -> str:
    """Return how a character is read most often, tone left out."""
    return str(_readings().get_pinyin(character))


@lru_cache(maxsize=_REMEMBERED)
def sounds(character: str) -> frozenset[str]:
    """Return how a character may be read, tones left out, with those sounds merged that people confuse."""
    return frozenset(map(merged, _readings().get_pinyins(character)))


def merged(syllable: str) -> str:
    """Return a syllable with those sounds merged that people confuse who write by ear."""
    for pattern, replacement in _ALIKE:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def spoken(run: str) -> Iterator[tuple[str, ...]]:
    """Yield the syllables of each word of a run that is longer than a character, in every way that it may be read."""
    for word in words(run):
        if len(word.text) > 1:
            yield from islice(
                product(*(sorted(sounds(character)) for character in word.text)), _MOST_READINGS
            )


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
