"""Names in pinyin that differ in a sound, and so are other names and no slips: Huawei and Huabei."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from knowledge.text.chinese import is_pinyin

_KEYBOARD: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# How far right of the first row each row of a QWERTY keyboard stands, and how wide a key is, in quarters of one.
_SHIFTS: Final = (0, 1, 3)
_KEY: Final = 4
_VOWELS: Final = frozenset("aeiou")
# Consonants that are written for each other: as older romanisations do (Peking), and as dialects merge them.
_ALIKE: Final = frozenset(map(frozenset, ("bp", "dt", "gk", "jq", "cz", "cs", "sz", "sx", "ln", "lr", "fh")))


@lru_cache(maxsize=1)
def neighbours() -> Mapping[str, str]:
    """Return for each letter the letters whose keys touch its own."""
    at = {
        letter: (column * _KEY + _SHIFTS[row], row)
        for row, letters in enumerate(_KEYBOARD)
        for column, letter in enumerate(letters)
    }
    return {
        letter: "".join(
            o for o, (x, y) in at.items() if o != letter and abs(x - u) <= _KEY and abs(y - v) <= 1
        )
        for letter, (u, v) in at.items()
    }


def is_likely(typed: str, spelling: str) -> bool:
    """Say whether a slip is one that the ear or the finger makes: not one letter for any other, nor any letter added."""
    if len(typed) == len(spelling) + 1:
        added = [at for at in range(len(typed)) if typed[:at] + typed[at + 1 :] == spelling]
        return not added or any(
            typed[at] in beside + neighbours().get(beside, "")
            for at in added
            for beside in typed[max(0, at - 1) : at] + typed[at + 1 : at + 2]
        )
    return (differing := _only_letters(typed, spelling)) is None or _is_slip(*differing)


def is_another_name(typed: str, spelling: str) -> bool:
    """Say whether both are pinyin and differ in one consonant that neither the ear nor the finger takes for the other."""
    differing = _only_letters(typed, spelling)
    if differing is None or not _VOWELS.isdisjoint(differing) or _is_slip(*differing):
        return False
    return is_pinyin(typed) and is_pinyin(spelling)


def _only_letters(typed: str, spelling: str) -> tuple[str, str] | None:
    """Return the letters that differ where that is one letter for another and nothing else."""
    differing = [pair for pair in zip(typed, spelling, strict=False) if pair[0] != pair[1]]
    return differing[0] if len(typed) == len(spelling) and len(differing) == 1 else None


def _is_slip(one: str, other: str) -> bool:
    alike = {one, other} <= _VOWELS or frozenset((one, other)) in _ALIKE
    return alike or one in neighbours().get(other, "")
