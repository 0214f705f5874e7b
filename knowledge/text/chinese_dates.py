"""Dates as Chinese writes them in words: 二〇一八年, 二零一九年五月, 五月二十二日."""

from __future__ import annotations

import re
from typing import Final

from knowledge.text.normalize import CHINESE

_DIGITS: Final = "零一二三四五六七八九"
_DIGIT: Final = f"[〇○{_DIGITS}]"
_ONES: Final = f"[{_DIGITS[1:]}]"
# Up to 99, of which a date takes what it can.
_NUMBER: Final = rf"(?:{_ONES}?十{_ONES}?|{_ONES})"
_AROUND: Final = f"[0-9十个{_DIGITS}]"
# A year stands in four signs; a day stands behind its month alone.
_WRITTEN: Final = re.compile(
    rf"(?<!{_DIGIT})({_DIGIT}{{4}})(?=年)|(?<!{_AROUND})({_NUMBER})(?=月)|(?<=月)({_NUMBER})(?=[日号])"
)


def dates_in_digits(text: str) -> str:
    """Return folded `text` with the numbers of its dates in digits: 二〇一八年五月 is 2018年5月."""
    if "年" not in text and "月" not in text:
        return text
    return _WRITTEN.sub(_in_digits, text) if CHINESE.search(text) else text


def _in_digits(found: re.Match[str]) -> str:
    if found[1]:
        return "".join(str(_DIGITS.find(sign) if sign in _DIGITS else 0) for sign in found[1])
    tens, ten, ones = (found[2] or found[3]).rpartition("十")
    return str((10 * (_DIGITS.find(tens) if tens else 1) if ten else 0) + (_DIGITS.find(ones) if ones else 0))
