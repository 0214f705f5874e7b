"""Text -> Found | Ambiguous | Near | Outside | Unknown. The only importer of rapidfuzz.

Aliases come first: a spelling that some record has is that record. Only then slips are considered, and a slip
is read as a name when it is near *and* clearly nearer than to any other name, inside the base or outside it:
a threshold alone turns Zhangzhou into Hangzhou. What is near but not clearly so is offered, never answered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge import model
from knowledge.model import Named, Organisation, Place
from knowledge.stopwords import STOPWORDS
from knowledge.wording import CHINESE, fold, tokens

HowFound = Literal["exact", "alias", "fuzzy"]
Wanted = Callable[[Named], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """One record has that name. `match` says how it was recognised, `typed` what was read."""

    record: Named
    match: HowFound
    typed: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several records share that spelling; somebody has to choose."""

    records: tuple[Named, ...]
    match: HowFound
    typed: str


@dataclass(frozen=True, slots=True)
class Near:
    """No record has that name; these are near to it, the nearest first."""

    records: tuple[Named, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A well-known place that the base holds nothing about."""

    place: model.Outside
    typed: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is near enough to be worth offering."""

    typed: str


Resolution = Found | Ambiguous | Near | Outside | Unknown


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in running text: tokens `start` to `end` (exclusive) of its folded form."""

    start: int
    end: int
    resolution: Found | Ambiguous | Near | Outside


_SUFFIXES = frozenset(
    {
        "city", "cities", "municipality", "district", "county", "province", "prefecture", "town", "area",
        "region", "shi", "qu", "xian", "sheng", "zhen",
    }
)  # fmt: skip
_PREFIXES = frozenset({"the", "city", "province", "municipality", "of"})
_CHINESE_SUFFIXES = ("特别行政区", "自治区", "地区", "市", "区", "县", "省")
_MOST_WORDS = 12
# Habits of writing pinyin by ear: retroflex for plain initials, final -ng for -n.
_BY_EAR = ((re.compile(r"([zcs])h"), r"\1"), (re.compile(r"ng(?![aeiou])"), "n"))


def squash(text: str) -> str:
    """Return folded `text` without spaces and punctuation: what spellings are compared by."""
    return "".join(tokens(fold(text)))


def trim(words: list[str]) -> list[str]:
    """Return `words` without the sort of place before or after the name ("City of", "District", 市)."""
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    while len(words) > 1 and words[0] in _PREFIXES:
        words = words[1:]
    if words and CHINESE.match(words[-1]):
        last = words[-1]
        for suffix in _CHINESE_SUFFIXES:
            if last.endswith(suffix) and len(last) - len(suffix) >= 2:
                return [*words[:-1], last.removesuffix(suffix)]
    return words


def by_ear(key: str) -> str:
    """Return `key` with the sounds merged that people who write pinyin by ear confuse."""
    for pattern, replacement in _BY_EAR:
        key = pattern.sub(replacement, key)
    return key


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record or an outside place (by its number) at some distance from what was typed."""

    owner: str
    distance: float


class Names:
    """All spellings of all records and outside places, indexed once and then only read."""

    def __init__(self, named: Iterable[Named], outside: Iterable[model.Outside]) -> None:
        self._records = {record.slug: record for record in named}
        self._outside = {f"outside:{i}": place for i, place in enumerate(outside)}
        self._standard: set[tuple[str, str]] = set()
        self._owners: dict[str, tuple[str, ...]] = {}
        owners: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for record in self._records.values():
            is_place = isinstance(record, Place)
            for spelling in self._spellings(record):
                for key in _keys(spelling, is_place=is_place):
                    owners[key][record.slug] = None
            own = _keys(_bare(record.name), is_place=is_place)
            self._standard.update((key, record.slug) for key in own)
        for number, place in self._outside.items():
            for spelling in (place.name, place.chinese, *place.aliases):
                for key in _keys(spelling, is_place=True):
                    owners[key][number] = None
        self._owners = {key: tuple(slugs) for key, slugs in owners.items() if key}
        self._by_length = self._lengths()
        self._by_ear = self._ears()
        self._longest = max((len(key) for key in self._owners if CHINESE.match(key)), default=0)

    def resolve(self, text: str, wanted: Wanted = lambda record: True) -> Resolution:
        """Return what `text`, taken whole as a name, stands for among the `wanted` records."""
        words = tokens(fold(text))
        if not words:
            return Unknown(text)
        for key in dict.fromkeys(("".join(words), "".join(trim(words)))):
            if resolution := self._by_alias(key, text, wanted):
                return resolution
        return self._by_slip("".join(trim(words)), text, wanted)

    def mentions(self, text: str, is_word: Callable[[str], bool]) -> tuple[Mention, ...]:
        """Return the names in running `text`, longest first, none overlapping.

        `is_word` says of a folded word that it is ordinary, so that it is not taken for a slip of a name.
        """
        words = tokens(fold(text))
        found: list[Mention] = []
        position = 0
        while position < len(words):
            mention = self._exact_at(words, position) or self._slip_at(words, position, is_word)
            if mention:
                found.append(mention)
                position = mention.end
            else:
                position += 1
        return tuple(found)

    def in_chinese(
        self, run: str, longest_word: Callable[[str, int], int]
    ) -> tuple[tuple[str, Found | Ambiguous | Outside | None], ...]:
        """Cut a run of Chinese characters into names and what stands between them.

        `longest_word` gives the length of the longest ordinary word at a position: a name within it is none.
        """
        pieces: list[tuple[str, Found | Ambiguous | Outside | None]] = []
        rest, position = "", 0
        while position < len(run):
            length, resolution = self._chinese_at(run, position, alone=len(run) == 1)
            word = longest_word(run, position)
            if resolution is None or word > length:
                step = max(word, 1)
                rest += run[position : position + step]
                position += step
                continue
            if rest:
                pieces.append((rest, None))
                rest = ""
            pieces.append((run[position : position + length], resolution))
            position += length
        return (*pieces, *(((rest, None),) if rest else ()))

    def _chinese_at(
        self, run: str, position: int, *, alone: bool
    ) -> tuple[int, Found | Ambiguous | Outside | None]:
        for length in range(min(self._longest, len(run) - position), 0, -1):
            piece = run[position : position + length]
            if length == 1 and not alone:
                neighbours = run[max(0, position - 1) : position] + run[position + 1 : position + 2]
                if piece not in self._owners or not any(c in self._owners for c in neighbours):
                    continue
            if resolution := self._by_alias(piece, piece, lambda record: True):
                following = run[position + length : position + length + 1]
                return (length + 1 if following and following in "市省县区" else length), resolution
        return 1, None

    def _is_like_a_name(self, key: str, near: Near) -> bool:
        """Say whether a word of running text is so near to a name that it is worth asking about."""
        record = near.records[0]
        is_place = isinstance(record, Place)
        nearest = (k for spelling in self._spellings(record) for k in _keys(spelling, is_place=is_place))
        return any(OSA.distance(key, k, score_cutoff=1) <= 1 for k in nearest)

    def _spellings(self, record: Named) -> Iterable[str]:
        yield from record.spellings()
        yield _bare(record.name)
        yield record.slug
        if isinstance(record, Organisation):
            yield from _beginnings(record.name)
        if isinstance(record, Place) and record.province and (province := self._records.get(record.province)):
            for own, its in ((_bare(record.name), province.name), (record.chinese, province.chinese)):
                if own and its:
                    yield from (f"{own} {its}", f"{its} {own}")

    def _lengths(self) -> Mapping[int, tuple[str, ...]]:
        lengths: defaultdict[int, list[str]] = defaultdict(list)
        for key in self._owners:
            lengths[len(key)].append(key)
        return {length: tuple(keys) for length, keys in lengths.items()}

    def _ears(self) -> Mapping[str, frozenset[str]]:
        ears: defaultdict[str, set[str]] = defaultdict(set)
        for key, owners in self._owners.items():
            if key.isascii() and len(key) >= 5:
                ears[by_ear(key)].update(owners)
        return {key: frozenset(owners) for key, owners in ears.items()}

    def _by_alias(self, key: str, typed: str, wanted: Wanted) -> Found | Ambiguous | Outside | None:
        owners = self._owners.get(key, ())
        records = [r for slug in owners if (r := self._records.get(slug)) and wanted(r)]
        if len(records) > 1:
            standard = [record for record in records if (key, record.slug) in self._standard]
            records = standard or records
        if len(records) == 1:
            match: HowFound = "exact" if (key, records[0].slug) in self._standard else "alias"
            return Found(records[0], match, typed)
        if records:
            return Ambiguous(tuple(records), "alias", typed)
        for slug in owners:
            if slug in self._outside:
                return Outside(self._outside[slug], typed)
        return None

    def _by_slip(self, key: str, typed: str, wanted: Wanted) -> Resolution:
        candidates = self._near(key, wanted)
        if not candidates:
            return Unknown(typed)
        best = candidates[0]
        runner_up = candidates[1].distance if len(candidates) > 1 else float("inf")
        if best.owner in self._records and best.distance <= _read_as(key) and runner_up - best.distance >= 1:
            return Found(self._records[best.owner], "fuzzy", typed)
        tied = [c for c in candidates if c.distance < best.distance + 1]
        if best.distance <= _read_as(key) and len(tied) > 1 and self._share_a_spelling(tied):
            return Ambiguous(tuple(self._records[c.owner] for c in tied), "fuzzy", typed)
        records = tuple(self._records[c.owner] for c in candidates if c.owner in self._records)[:4]
        if records:
            return Near(records, typed)
        return Unknown(typed)

    def _share_a_spelling(self, candidates: list[_Candidate]) -> bool:
        wanted = {candidate.owner for candidate in candidates}
        if not wanted <= self._records.keys():
            return False
        first = self._records[candidates[0].owner]
        return any(wanted <= set(self._owners.get(squash(s), ())) for s in first.spellings())

    def _near(self, key: str, wanted: Wanted) -> list[_Candidate]:
        """Return owners within the distance worth offering, nearest first."""
        furthest = _worth_offering(key)
        if not furthest:
            return []
        distances: dict[str, float] = {}
        for length in range(len(key) - furthest, len(key) + furthest + 1):
            keys = self._by_length.get(length, ())
            for spelling, distance, _ in process.extract(
                key, keys, scorer=OSA.distance, score_cutoff=furthest, limit=None
            ):
                if _is_short_for(key, spelling):
                    continue
                for owner in self._owners[spelling]:
                    distances[owner] = min(distance, distances.get(owner, 99))
        for owner in self._by_ear.get(by_ear(key), ()):
            distances[owner] = min(0.5, distances.get(owner, 99))
        near = [
            _Candidate(owner, distance)
            for owner, distance in distances.items()
            if owner in self._outside or wanted(self._records[owner])
        ]
        return sorted(near, key=lambda candidate: candidate.distance)

    def _exact_at(self, words: list[str], start: int) -> Mention | None:
        if CHINESE.match(words[start]):
            return None
        for end in range(min(len(words), start + _MOST_WORDS), start, -1):
            key = "".join(words[start:end])
            if len(key) < 3 and not key.isdigit():
                continue
            if resolution := self._by_alias(key, " ".join(words[start:end]), lambda record: True):
                return Mention(start, _past_suffix(words, end), resolution)
        return None

    def _slip_at(self, words: list[str], start: int, is_word: Callable[[str], bool]) -> Mention | None:
        if words[start].isdigit() or not words[start].isascii():
            return None
        for end in range(min(len(words), start + 4), start, -1):
            window = words[start:end]
            key = "".join(window)
            if len(key) < 5 or not any(len(word) >= 4 and not is_word(word) for word in window):
                continue
            if any(word in STOPWORDS for word in (window[0], window[-1])):
                continue
            resolution = self._by_slip(key, " ".join(window), lambda record: True)
            if isinstance(resolution, Found | Ambiguous) or (
                isinstance(resolution, Near) and len(window) == 1 and self._is_like_a_name(key, resolution)
            ):
                return Mention(start, _past_suffix(words, end), resolution)
        return None


def _beginnings(name: str) -> Iterable[str]:
    """Yield the beginnings by which a long name of a body is called: "Anhui University of Finance"."""
    words = name.split()
    for length in range(max(3, len(words) - 3), len(words)):
        if words[length - 1].lower() not in STOPWORDS:
            yield " ".join(words[:length])


def _past_suffix(words: list[str], end: int) -> int:
    return end + 1 if end < len(words) and words[end] in _SUFFIXES else end


def _keys(spelling: str, *, is_place: bool) -> set[str]:
    """Return what a spelling is found by; only of places does "city" or 市 go without saying."""
    words = tokens(fold(spelling))
    return {"".join(words), "".join(trim(words) if is_place else words)} - {""} if words else set()


def _bare(name: str) -> str:
    """Return a name without what tells it from its namesakes: "Suzhou (Anhui)" -> "Suzhou"."""
    return name.split(" (")[0]


def _read_as(key: str) -> float:
    """Return the largest distance at which a slip is read as a name: the share of slips a word can bear."""
    if CHINESE.search(key):
        return 1 if len(key) >= 4 else 0
    return 0.5 if len(key) < 5 else 1 if len(key) < 11 else 2


def _worth_offering(key: str) -> int:
    """Return the largest distance at which a name is worth a did-you-mean button."""
    if CHINESE.search(key):
        return 1 if len(key) >= 3 else 0
    return 0 if len(key) < 3 else 1 if len(key) < 6 else 2 if len(key) < 11 else 3


def _is_short_for(key: str, spelling: str) -> bool:
    """Say whether `spelling` is too short to be told from other words at this distance."""
    return len(spelling) <= 3 and key != spelling


class Vocabulary:
    """The words of the index, for reading a slip in an ordinary word."""

    def __init__(self, words: Iterable[str]) -> None:
        lengths: defaultdict[int, list[str]] = defaultdict(list)
        for word in words:
            lengths[len(word)].append(word)
        self._by_length = {length: tuple(words) for length, words in lengths.items()}

    def nearest(self, word: str) -> tuple[str, ...]:
        """Return the words one slip away (two for ten letters and more), of the same first letter.

        Words under six letters have none: too many other words are one slip away. That slips spare the first
        letter: Pollock and Zamora 1984, Automatic spelling correction in scientific and scholarly text.
        """
        if len(word) < 6:
            return ()
        furthest = 2 if len(word) >= 10 else 1
        found: list[tuple[float, str]] = []
        for length in range(len(word) - furthest, len(word) + furthest + 1):
            for near, distance, _ in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=furthest, limit=None
            ):
                if near[0] == word[0]:
                    found.append((distance, near))
        best = min(found, default=(0, ""))[0]
        return tuple(near for distance, near in sorted(found) if distance == best)
