"""Numbers, dates and capitalised words of a text, written so that two ways of printing one compare equal.

"22nd" and "22", "one" and "1", "12,000" and "12000", "3 billion" and "3000000000", "2018-06-23" and
"23 June 2018" give the same keys. Units are not compared: a number is found, not understood.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from knowledge.dates import MONTHS, MONTHS_IN_FULL

Sort = Literal["number", "date", "code", "word"]

_MONTHS = {month: number for names in (MONTHS_IN_FULL, MONTHS) for number, month in enumerate(names, start=1)}
_CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
_WORDS = {
    **{word: str(value) for value, word in enumerate(_CARDINALS)},
    **{word: str(value) for value, word in enumerate(_ORDINALS)},
    **{f"{word}ly": str(value) for value, word in enumerate(_ORDINALS)},
    "once": "1", "twice": "2", "half": "1/2", "quarter": "1/4", "quarters": "1/4",
}  # fmt: skip
_MAGNITUDES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12
}  # fmt: skip

_PATTERN = re.compile(
    r"""
      (?P<code>https?://[^\s<>]+ | [\w.]+@[\w.]+ | \b10\.\d{4,}/[\w./]*\w
             | \d+(?:\.\d+){2,})
    | (?P<iso>(?<![\d-])\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?(?![\d-]))
    | (?P<fraction>(?<![\d/])\d{1,2}/\d{1,2}(?![\d/]))
    | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<tail>(?:st|nd|rd|th)\b|\s?%|\spercent\b)?
      (?:\s(?P<magnitude>hundred|thousand|million|billion|trillion)\b)?
    | (?P<word>R&D | [^\W\d_]+(?:['’][^\W\d_]+)*(?:\d[\dA-Za-z]*)?)
    """,
    re.VERBOSE,
)
# "Bengbu233000" is a name and a number; "G60" and "XSKY24107" are one code.
_GLUED = re.compile(r"^([A-Z][a-z]{2,})(\d{4,})$")
_SENTENCE_END = re.compile(r"[.!?:;]\W*$|[\"“”•]\W*$|^\W*$")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_MARKS = re.compile(r"['’&]")
# Marks of notes and of authors' addresses: no part of the word they stand on.
_SUPERSCRIPTS = re.compile("[¹²³⁰-⁹]+")


class LiteralToken(NamedTuple):
    """A number, date, code or word at `start` to `end` of the text; equal keys mean the same.

    `capital` says of a word that it is written as a name is, `opens` that it starts a sentence, too.
    """

    sort: Sort
    key: str
    text: str
    start: int
    end: int
    capital: bool = False
    opens: bool = False


def plain(text: str) -> str:
    """Return `text` after NFKC, without note marks, every run of white space made one space."""
    return " ".join(unicodedata.normalize("NFKC", _SUPERSCRIPTS.sub("", text)).split())


def literals(text: str) -> tuple[LiteralToken, ...]:
    """Return the tokens of `text`, which `plain` has been applied to, in order."""
    found: list[LiteralToken] = []
    for match in _PATTERN.finditer(text):
        found.extend(_read(match, text))
    return tuple(_with_fractions(found))


@lru_cache(maxsize=20_000)
def key_of(word: str) -> str:
    """Return `word` in lower case without accents, apostrophes and a possessive ending."""
    word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return _MARKS.sub("", _POSSESSIVE.sub("", word)).lower()


def _read(match: re.Match[str], text: str) -> list[LiteralToken]:
    start, end, found = match.start(), match.end(), match[0]
    if match["word"]:
        return _words(found, start, text)
    if match["code"]:
        return [LiteralToken("code", found.lower().rstrip("."), found, start, end)]
    if match["iso"]:
        return _date(match)
    if match["fraction"]:
        return [LiteralToken("number", found, found, start, end)]
    return [LiteralToken("number", _value(match), found, start, end)]


def _date(match: re.Match[str]) -> list[LiteralToken]:
    found: list[LiteralToken] = []
    position = match.start()
    for part, prefix in zip(match[0].split("-"), ("", "month ", ""), strict=False):
        sort: Sort = "date" if prefix else "number"
        found.append(LiteralToken(sort, f"{prefix}{int(part)}", part, position, position + len(part)))
        position += len(part) + 1
    return found


def _value(match: re.Match[str]) -> str:
    value = Decimal(match["number"].replace(",", ""))
    if match["magnitude"]:
        value *= _MAGNITUDES[match["magnitude"]]
    percent = "%" if match["tail"] and match["tail"].strip() in ("%", "percent") else ""
    return f"{value.normalize():f}{percent}"


def _words(found: str, start: int, text: str) -> list[LiteralToken]:
    glued = _GLUED.match(found)
    if not glued:
        return [_word(found, start, text)]
    middle, end = start + len(glued[1]), start + len(found)
    return [_word(glued[1], start, text), LiteralToken("number", glued[2], glued[2], middle, end)]


def _word(found: str, start: int, text: str) -> LiteralToken:
    sort, key = _kind(found)
    capital = sort == "word" and found[0].isupper()
    opens = capital and bool(_SENTENCE_END.search(text[max(0, start - 8) : start]))
    return LiteralToken(sort, key, found, start, start + len(found), capital, opens)


@lru_cache(maxsize=20_000)
def _kind(word: str) -> tuple[Sort, str]:
    """Return what a word is, and its key."""
    key = key_of(word)
    if word in _MONTHS:
        return "date", f"month {_MONTHS[word]}"
    if key in _WORDS:
        return "number", _WORDS[key]
    return ("code" if _DIGIT.search(word) else "word"), key


def _with_fractions(found: list[LiteralToken]) -> list[LiteralToken]:
    """Read "one quarter" as one number, not as two."""
    kept: list[LiteralToken] = []
    for token in found:
        before = kept[-1] if kept else None
        if token.key == "1/4" and before and before.key == "1" and token.start - before.end == 1:
            kept.pop()
            token = LiteralToken("number", token.key, f"{before.text} {token.text}", before.start, token.end)
        kept.append(token)
    return kept
