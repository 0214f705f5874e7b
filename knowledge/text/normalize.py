"""How written forms are made comparable: folding, tokens, stems.

Folding loses what people type differently by habit (case, accents, width, traditional characters, look-alike
letters); it never guesses at a slip. That is the business of `names` and `search`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

import snowballstemmer
from opencc import OpenCC

# Cyrillic and Greek letters that look like Latin ones, and an enclosure that looks like a mouth (Unicode TR 39 confusables,
# the common ones).
_LOOK_ALIKES = str.maketrans("аеорсухіѕԁһӏкмнтвгпоαονρτυ囗", "aeopcyxisdhlkmhtbrnoaovptu口")
_APOSTROPHES = re.compile(r"(?<=\w\w)['’]s\b|['’‘`´ʼ]")
_MARKS = re.compile(r"['’‘`´ʼ&]")
_TOKEN = re.compile(r"[a-z]+[0-9]+[a-z0-9]*|[0-9]+(?:[.,][0-9]+)*|[a-z]+|[㐀-鿿]+")
# "R&D" is one word; "Minhang & Huainan" are two.
_INITIALS = re.compile(r"\b([a-z])&([a-z])\b")
# "R²" and "CO₂" are typed R2 and CO2; "10²" is no 102.
_BEHIND_LETTERS = re.compile(r"(?<=[A-Za-z])[²³¹⁰-⁹₀-₉]+")
CHINESE = re.compile(r"[㐀-鿿]")
# Nothing of this can be written otherwise in Unicode.
_HAS_ONE_FORM = re.compile(r"[\x00-\x7f㐀-鿿]*")


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def as_typed(word: str, text: str) -> str:
    """Return a folded word as `text` has it, in its own capitals; itself where it does not stand there as it is."""
    found = re.search(re.escape(word), text, re.IGNORECASE)
    return found[0] if found else word


def is_number(text: str) -> bool:
    """Say whether `text` is digits and nothing else: Python takes those of all scripts, and superscripts, for digits."""
    return text.isascii() and text.isdecimal()


def plain(text: str) -> str:
    """Return `text` in NFKC, but for superscripts, fractions and numbers in circles, which would be read as digits."""
    runs = groupby(text, lambda char: unicodedata.category(char) == "No")
    return "".join(
        "".join(run) if is_other else unicodedata.normalize("NFKC", "".join(run)) for is_other, run in runs
    )


def normalize(text: str) -> str:
    """Return `text` in lower case, without accents, in simplified Chinese, with plain letters and spaces."""
    if not text.isascii():
        if not _HAS_ONE_FORM.fullmatch(text):
            text = _BEHIND_LETTERS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
            text = plain(text).replace("ü", "v").replace("Ü", "v")
            text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
            text = unicodedata.normalize("NFC", text)
        text = text.translate(_LOOK_ALIKES)
        if CHINESE.search(text):
            text = _simplifier().convert(text)
    text = text.lower()
    # Almost no text has these marks, and every text comes through here.
    if not text.isalnum() and _MARKS.search(text):
        text = _INITIALS.sub(r"\1\2", _APOSTROPHES.sub("", text.translate(_LOOK_ALIKES)))
    return text


def simplified(text: str) -> str:
    """Return `text` with its traditional characters as simplified ones, and nothing else changed."""
    return _simplifier().convert(text) if CHINESE.search(text) else text


def tokenize(text: str) -> list[str]:
    """Return the words, numbers and runs of Chinese characters of folded `text`, in order."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of one folded word (Snowball English, porter2); Chinese and numbers stay."""
    if not word.isascii() or word[0].isdigit():
        return word.replace(",", "") if word.isascii() else word
    return str(_stemmer().stemWord(word))


def bigrams(run: str) -> list[str]:
    """Return the overlapping pairs of characters of a Chinese `run` (a single character stays alone)."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def words_of(text: str, stop: frozenset[str]) -> frozenset[str]:
    """Return what a text is about: stems of its words but those of `stop`, and pairs of characters in Chinese."""
    said: set[str] = set()
    for word in tokenize(normalize(text)):
        if CHINESE.search(word):
            said.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif word not in stop:
            said.add(stem(word))
    return frozenset(said)
