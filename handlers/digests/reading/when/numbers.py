"""Numbers in digits, and up to ten in letters."""

from __future__ import annotations

from typing import Final

from knowledge.text.normalize import is_number

_NUMBERS: Final = {
    word: at + 1
    for at, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
}


def number(word: str) -> int | None:
    """Return the number that a word is, in digits or up to ten in letters; None for any other."""
    return int(word) if is_number(word) else _NUMBERS.get(word)
