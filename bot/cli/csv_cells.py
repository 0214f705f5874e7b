"""Cells of a CSV file: lists as JSON, and no text that a spreadsheet takes for a formula.

A quote goes before such text, as OWASP advises (owasp.org/www-community/attacks/CSV_Injection); numbers stay numbers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Final

QUOTE: Final = "'"
# What a spreadsheet reads as a number, and so never as a formula: -2.5, +3, 1e-5, 1,200, 12 %.
_NUMBER: Final = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?(?:[eE][+-]?\d+)?\s?%?", re.ASCII)
_STARTS_A_FORMULA: Final = frozenset("=+-@")
_ENDS_A_CELL: Final = frozenset("\t\r\n")


def cell(value: object) -> object:
    """Return what stands in the cell for `value`; a quote is put before text that has one already, to be told apart."""
    if isinstance(value, list | dict | bool):
        return json.dumps(value, ensure_ascii=False)
    return QUOTE + value if isinstance(value, str) and _is_risky(value.lstrip(QUOTE)) else value


def _is_risky(text: str) -> bool:
    if _ENDS_A_CELL.intersection(text[:1]):
        return True
    seen = next((sign for sign in text if not _is_blank(sign)), "")
    # Full-width and small forms are read as the plain sign where Chinese or Japanese is set.
    is_sign = bool(seen) and unicodedata.normalize("NFKC", seen) in _STARTS_A_FORMULA
    return is_sign and not _is_number(text.strip())


def _is_blank(sign: str) -> bool:
    """Say whether nobody sees the sign: white space, controls, marks of direction."""
    return sign.isspace() or unicodedata.category(sign)[0] in "CZ"


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and any(map(str.isdecimal, text))
