"""A text that begins with the words in which people speak of proposals: what each of them does in it, and what is said behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Final

from handlers.curation.sources import numerals
from handlers.plain_words.orders import HALF_WIDTH
from handlers.plain_words.words_of_review import (
    DEEDS,
    NUMERALS,
    SURE,
    WORDS,
    Role,
)
from knowledge.text.normalize import CHINESE, is_number, simplified

_TOKEN: Final = re.compile(
    r"[0-9]+(?:st|nd|rd|th)\b|[0-9]+|[A-Za-z]+(?:['’][A-Za-z]+)*|[㐀-鿿]|\S", re.IGNORECASE
)
_MARKS: Final = ',;:.。-–—~!?/()[]"“”*`'
_JOINING: Final = ",、-–—~&/"
_ENDS: Final = " ?!.。"
_APART: Final = re.compile(r"\b(take|turn)\s+((?:[^\s,.:;]+\s+){1,4}?)(back|down)\b", re.IGNORECASE)
_MOST_DIGITS: Final = 6
_MOST_WORDS: Final = 4
_LONGEST: Final = 6


@dataclass(frozen=True, slots=True)
class Said:
    """The `roles` of the words, a letter each; the `deeds` that are named; the `numbers`; the `rest` behind the words, which was not
    understood; whether the whole is put as a question.
    """

    roles: str
    deeds: tuple[str, ...]
    numbers: tuple[int, ...]
    rest: str
    is_question: bool

    @property
    def is_read(self) -> bool:
        """Say whether nothing stands behind the words."""
        return not self.rest

    @property
    def is_sure(self) -> bool:
        """Say whether a deed is named that is done to proposals alone."""
        return not SURE.isdisjoint(self.deeds)

    @property
    def deed(self) -> str:
        """Return the deed that is named first, "show" where there is no other."""
        return next((deed for deed in self.deeds if deed != "show"), "show" if self.deeds else "")

    def has(self, *roles: Role) -> bool:
        """Say whether any word is of one of those roles."""
        return any(role in self.roles for role in roles)


def speaks(text: str) -> bool:
    """Say whether a text has a word for a proposal, or for what is done to one alone."""
    return _TRIGGER.search(simplified(text)) is not None


def read(text: str) -> Said:
    """Return what a text says, read as words on proposals as far as it is made of them."""
    text = _APART.sub(r"\1 \3 \2", simplified(text).translate(HALF_WIDTH).strip())
    whole = text.rstrip(_ENDS)
    words, end = _words(whole)
    return Said(
        "".join(word.role for word in words),
        tuple(word.value for word in words if word.role in (Role.DEED, Role.DONE)),
        _numbers(words),
        whole[end:].strip(),
        "?" in text[len(whole) :],
    )


@dataclass(frozen=True, slots=True)
class _Word:
    role: Role
    value: str
    mark: str = ""


def _words(text: str) -> tuple[list[_Word], int]:
    """Return the words that a text begins with, marks left out, and where they end."""
    found: list[_Word] = []
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        token, start, _ = tokens[at]
        if token in _JOINING and _is_between_numbers(found, tokens, at):
            found.append(_Word(Role.AND, token))
            at += 1
            continue
        if token in _MARKS:
            at += 1
            continue
        word, length = _counted(tokens, at, found) or _word(tokens, at)
        if word is None:
            return found, start
        found.append(word)
        at += length
    return found, len(text)


def _is_between_numbers(found: list[_Word], tokens: list[tuple[str, int, int]], at: int) -> bool:
    """Say whether a mark joins two numbers: "1-3", "1, #2"."""
    behind = [token for token, _, _ in tokens[at + 1 : at + 3] if token not in ("#", "第")]
    is_number_next = bool(behind) and is_number(behind[0])
    return is_number_next and bool(found) and found[-1].role is Role.NUMBER


def _counted(tokens: list[tuple[str, int, int]], at: int, found: list[_Word]) -> tuple[_Word, int] | None:
    """Return the number, the place in a list or the count that begins at a token, and of how many tokens it is."""
    names = bool(found) and found[-1].role in _BEFORE_A_NUMBER
    run = list(takewhile(_is_numeral, (token for token, _, _ in tokens[at : at + _LONGEST])))
    behind = tokens[at + (len(run) or 1)][0] if at + (len(run) or 1) < len(tokens) else ""
    token = tokens[at][0].lower()
    number = numerals.value("".join(run)) if run else NUMERALS.index(token) if token in NUMERALS else 0
    if is_number(token):
        number = int(token) if len(token) <= _MOST_DIGITS else 0
    if not number:
        return None
    length = len(run) or 1
    if behind == "个" and found and found[-1].value == "第":
        return _Word(Role.ORDINAL, token), length + 1
    if not names and (behind in _COUNTING or not is_number(token)):
        # "Approve 3 proposals", 批准三条 and "approve two" say how many, and not which.
        return (_Word(Role.ALL, token), length) if behind in _COUNTING or token in NUMERALS else None
    return _Word(Role.NUMBER, str(number)), length


_BEFORE_A_NUMBER: Final = frozenset({Role.BEFORE_NUMBER, Role.PROPOSAL, Role.FACT, Role.AND})
_COUNTING: Final = frozenset(
    {"proposals", "facts", "suggestions", "submissions", "corrections", "条", "个", "项", "份"}
)


def _is_numeral(token: str) -> bool:
    return token in "零〇一二两三四五六七八九十百"


def _word(tokens: list[tuple[str, int, int]], at: int) -> tuple[_Word | None, int]:
    """Return the word that begins at a token, None where it is none of these, and of how many tokens it is."""
    token = tokens[at][0]
    if token in "#№":
        return _Word(Role.BEFORE_NUMBER, token), 1
    if token[0].isdigit():
        return (None, 1) if is_number(token) else (_Word(Role.ORDINAL, token), 1)
    if token.lower() in ("no", "nos") and at + 1 < len(tokens):
        behind = at + 2 if tokens[at + 1][0] == "." else at + 1
        if behind < len(tokens) and is_number(tokens[behind][0]):
            return _Word(Role.BEFORE_NUMBER, token), behind - at
    is_chinese = CHINESE.match(token) is not None
    most = _LONGEST if is_chinese else _MOST_WORDS
    for length in range(min(most, len(tokens) - at), 0, -1):
        parts = [one for one, _, _ in tokens[at : at + length]]
        if (word := _table().get(_key(parts, is_chinese=is_chinese))) is not None:
            return word, length
    return None, 1


def _key(parts: list[str], *, is_chinese: bool) -> str:
    if is_chinese:
        return "".join(parts)
    return " ".join(part.lower().replace("'", "").replace("’", "") for part in parts)


def _numbers(words: list[_Word]) -> tuple[int, ...]:
    """Return the numbers that are named, those between the ends of a run as well."""
    found: list[int] = []
    for at, word in enumerate(words):
        if word.role is not Role.NUMBER:
            continue
        number = int(word.value)
        is_run = (
            at > 1
            and words[at - 1].value in _RUNS
            and found
            and found[-1] < number <= found[-1] + _MOST_OF_A_RUN
        )
        found += range(found[-1] + 1, number) if is_run else ()
        found.append(number)
    return tuple(dict.fromkeys(found))


_RUNS: Final = frozenset({*"-–—~～", "to", "through", "至", "到"})
_MOST_OF_A_RUN: Final = 20


@lru_cache(maxsize=1)
def _table() -> Mapping[str, _Word]:
    return dict(_entries())


def _entries() -> Iterator[tuple[str, _Word]]:
    for role, words in WORDS.items():
        yield from ((word, _Word(role, word)) for word in words.split("|"))
    for deed, (asked, told) in DEEDS.items():
        yield from ((word, _Word(Role.DEED, deed)) for word in asked.split("|"))
        yield from ((word, _Word(Role.DONE, deed)) for word in told.split("|"))


def _trigger() -> re.Pattern[str]:
    """Return what a text has that may speak of proposals."""
    deeds = "|".join(f"{asked}|{told}" for deed, (asked, told) in DEEDS.items() if deed in SURE)
    words = f"{deeds}|{WORDS[Role.PROPOSAL]}|{WORDS[Role.FACT]}".split("|")
    english = "|".join(re.escape(word) for word in words if word.isascii())
    chinese = "|".join(word for word in words if not word.isascii())
    return re.compile(rf"\b(?:{english})\b|{chinese}", re.IGNORECASE)


_TRIGGER: Final = _trigger()
