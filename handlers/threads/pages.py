"""Which page of the answer before it a text asks for: "page 2", "the third page, please", 第二页."""

from __future__ import annotations

import re
from typing import Final

from knowledge.text.normalize import simplified

_ORDINALS: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_NUMERALS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_CHINESE: Final = "一二三四五六七八九十"
_LONGEST: Final = 40
_PAGE: Final = re.compile(
    r"(?:(?:please|can|could|would|will|you|i|we|want|see|to|go|turn|jump|show|me|us|open|give|the|now|and|ok)\s+)*"
    rf"(?:(?:page|p\.?)\s*(?:no\.?\s*|number\s+|#\s*)?(?P<number>[0-9]{{1,3}}|{'|'.join(_NUMERALS)})|(?P<ordinal>{'|'.join(_ORDINALS)})\s+page)"
    r"(?:[\s,]+(?:please|pls|now|thanks|thank you))*[\s.!?]*"
    rf"|(?:请|看|看看|翻到|跳到|显示|到|给我|去)*第?(?P<chinese>[0-9]{{1,3}}|[{_IN_CHINESE}]{{1,2}})页(?:呢|吧|谢谢|内容)*[\s，。！？.!?]*(?:谢谢)?[。！]?",
    re.IGNORECASE,
)


def asked_for(text: str) -> int:
    """Return the number of the page that a text asks for and nothing else, 0 where it asks for none."""
    found = _PAGE.fullmatch(simplified(text.strip())) if len(text) <= _LONGEST else None
    if found is None:
        return 0
    said = next(word for word in found.groups() if word).lower()
    for words in (_ORDINALS, _NUMERALS):
        if said in words:
            return words.index(said) + 1
    return int(said) if said.isdecimal() else _of_chinese(said)


def _of_chinese(said: str) -> int:
    """Return the number of two numerals at most: 三, 十, 十二."""
    tens, rest = (1, said[1:]) if said[0] == "十" else (0, said)
    if tens:
        return 10 + (_IN_CHINESE.index(rest) + 1 if rest and rest != "十" else 0)
    return _IN_CHINESE.index(said) + 1 if len(said) == 1 else 0
