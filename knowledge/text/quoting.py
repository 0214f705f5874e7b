"""The first words of a text, none of them cut: what finds it again where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from knowledge.text import chinese
from knowledge.text.length import word_count
from knowledge.text.normalize import CHINESE

_WORD: Final = re.compile(r"[㐀-鿿]+|[^\s㐀-鿿]+")
_AROUND: Final = " ,;:.!?、，。；：！？"


def first_words(text: str, least: int, most: int, longest: int) -> str:
    """Return the first words of `text`, `most` of them if there are so many and they have `longest` characters together; ""
    where there are not `least`. A line ends them.
    """
    line = next(filter(None, (" ".join(line.split()) for line in text.splitlines())), "")
    found = ""
    for end in _ends(line):
        words = line[:end].strip(_AROUND)
        if word_count(words) > most or len(words) > longest:
            break
        found = words
    return found if word_count(found) >= least else ""


def _ends(line: str) -> Iterator[int]:
    """Yield where words end: what stands between spaces, and in Chinese those of the dictionary."""
    for run in _WORD.finditer(line):
        if CHINESE.match(run[0]):
            yield from (run.start() + word.end for word in chinese.words(run[0]))
        else:
            yield run.end()
