"""How names are written: what spellings a record is found by, and the keys they are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from knowledge.model import Named, Organisation, Place
from knowledge.text.normalize import CHINESE, normalize, tokenize

SUFFIXES = frozenset(
    {
        "city", "cities", "municipality", "district", "county", "province", "prefecture", "town", "area",
        "region", "shi", "qu", "xian", "sheng", "zhen",
    }
)  # fmt: skip
_PREFIXES = frozenset({"the", "city", "province", "municipality", "of"})
_CHINESE_SUFFIXES = ("特别行政区", "自治区", "地区", "市", "区", "县", "省")
# Habits of writing pinyin by ear: retroflex for plain initials, final -ng for -n.
_BY_EAR = ((re.compile(r"([zcs])h"), r"\1"), (re.compile(r"ng(?![aeiou])"), "n"))


def squash(text: str) -> str:
    """Return folded `text` without spaces and punctuation: what spellings are compared by."""
    return "".join(tokenize(normalize(text)))


def trim(words: list[str]) -> list[str]:
    """Return `words` without the sort of place before or after the name ("City of", "District", 市)."""
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    while len(words) > 1 and words[0] in _PREFIXES:
        words = words[1:]
    if words and CHINESE.match(words[-1]):
        last = words[-1]
        for suffix in _CHINESE_SUFFIXES:
            if last.endswith(suffix) and len(last) - len(suffix) >= 2:
                return [*words[:-1], last.removesuffix(suffix)]
    return words


def phonetic_key(key: str) -> str:
    """Return `key` with the sounds merged that people who write pinyin by ear confuse."""
    for pattern, replacement in _BY_EAR:
        key = pattern.sub(replacement, key)
    return key


def spellings_of(record: Named, records: Mapping[str, Named], stop: frozenset[str]) -> Iterable[str]:
    """Yield every spelling that means `record`; a place also by its name with its province's.

    No body is called by a beginning of its name that ends on a word of `stop`.
    """
    yield from record.spellings()
    yield bare(record.name)
    yield record.slug
    if isinstance(record, Organisation):
        yield from beginnings(record.name, stop)
    if isinstance(record, Place) and record.province and (province := records.get(record.province)):
        for own, its in ((bare(record.name), province.name), (record.chinese, province.chinese)):
            if own and its:
                yield from (f"{own} {its}", f"{its} {own}")


def keys(spelling: str, *, is_place: bool) -> tuple[str, ...]:
    """Return what a spelling is found by, each once; only of places does "city" or 市 go without saying."""
    words = tokenize(normalize(spelling))
    return tuple(dict.fromkeys(filter(None, ("".join(words), "".join(trim(words) if is_place else words)))))


def bare(name: str) -> str:
    """Return a name without what tells it from its namesakes: "Suzhou (Anhui)" -> "Suzhou"."""
    return name.split(" (")[0]


def beginnings(name: str, stop: frozenset[str]) -> Iterable[str]:
    """Yield the beginnings by which a long name of a body is called: "Anhui University of Finance"."""
    words = name.split()
    for length in range(max(3, len(words) - 3), len(words)):
        if words[length - 1].lower() not in stop:
            yield " ".join(words[:length])
