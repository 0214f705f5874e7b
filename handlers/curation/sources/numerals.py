"""Numbers as Chinese writes them in words: 第三十二段 is the 32nd paragraph."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = re.compile(r"[0-9]")
_ONES: Final = "零一二三四五六七八九"
_UNITS: Final = {"十": 10, "百": 100}
_COUNTED: Final = re.compile(r"(?P<number>[零〇一二两三四五六七八九十百]+)(?=\s*(?:[至到、和-]|自然?段|段))")


def in_digits(text: str) -> str:
    """Return `text` with the numbers of paragraphs that are written in words in digits."""
    return _COUNTED.sub(lambda found: str(value(found["number"])), text) if "段" in text else text


def value(written: str) -> int:
    """Return the number that is written, up to 999."""
    total, ones = 0, 0
    for sign in written.replace("〇", "零").replace("两", "二"):
        if unit := _UNITS.get(sign):
            total, ones = total + (ones or 1) * unit, 0
        else:
            ones = ones * 10 + _ONES.index(sign) if not total else _ONES.index(sign)
    return total + ones
