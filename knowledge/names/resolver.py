"""Text -> Found | Ambiguous | Suggestions | Outside | Unknown.

Aliases come first: a spelling that some record has is that record. Only then slips are considered, and a slip
is read as a name when it is near *and* clearly nearer than to any other name, inside the base or outside it:
a threshold alone turns Zhangzhou into Hangzhou. What is near but not clearly so is offered, never answered.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from knowledge import model
from knowledge.model import Named, Place, Topic
from knowledge.names import keys
from knowledge.names.by_ear import ByEar
from knowledge.names.in_pinyin import InPinyin
from knowledge.names.near import NearSpellings, is_one_edit
from knowledge.names.other_names import is_another_name
from knowledge.names.owners import Owners, add
from knowledge.text.chinese import is_word
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.tuning import TUNING, Tuning, at_length

HowFound = Literal["exact", "alias", "fuzzy"]
Wanted = Callable[[Named], bool]


def anything(record: Named) -> bool:
    """Say whether a record will do where any does."""
    return True


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
class Suggestions:
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


Resolution = Found | Ambiguous | Suggestions | Outside | Unknown


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record or an outside place (by its number) at some distance from what was typed."""

    owner: str
    distance: float


class NameResolver:
    """All spellings of all records and outside places, indexed once and then only read."""

    def __init__(
        self,
        named: Iterable[Named],
        outside: Iterable[model.Outside],
        stop: frozenset[str] = frozenset(),
        tuning: Tuning = TUNING,
        pinyin: Mapping[str, str] = MappingProxyType({}),
        english: frozenset[str] = frozenset(),
        owners: Owners | None = None,
    ) -> None:
        """Know names by their spellings, in `owners` where those are made already, and their Chinese ones by `pinyin` too;
        `english` are the forms of words.
        """
        self.stop, self._tuning, self._english, self._pinyin = stop, tuning, english, pinyin
        self._records = {record.slug: record for record in named}
        self._outside = {f"outside:{i}": place for i, place in enumerate(outside)}
        self.owners = owners or Owners.of(self._records, self._outside, stop)
        self._owners, self._standard = self.owners.of_key, self.owners.standard
        self.words = self.owners.words
        self._in_pinyin = InPinyin(
            (
                (pinyin[spelling], record.slug)
                for record in self._records.values()
                for spelling in record.spellings()
                if spelling in pinyin
            ),
            lambda key: key in self._owners or key in english,
        )
        self.longest_in_chinese = max((len(key) for key in self._owners if CHINESE.match(key)), default=0)

    def knowing(self, records: Sequence[Named]) -> NameResolver:
        """Return what knows `records` too, by what they are called and by nothing like it."""
        if not records:
            return self
        return NameResolver(
            (*self._records.values(), *records),
            self._outside.values(),
            self.stop,
            self._tuning,
            self._pinyin,
            self._english,
            self.owners.knowing(records),
        )

    def warm(self) -> None:
        """Build now what the first slip would wait for, in English or in Chinese."""
        for word in ("warm", "温暖"):
            self.fuzzy(word, word)
        self.begins("warm")

    def resolve(self, text: str, wanted: Wanted = anything, *, slips: bool = True) -> Resolution:
        """Return what `text`, taken whole as a name, stands for among the `wanted` records.

        Without `slips` only their spellings are looked up, which takes a twentieth of the time.
        """
        words = tokenize(normalize(text))
        if not words:
            return Unknown(text)
        bare = keys.trim(words)
        whole, trimmed = "".join(words), "".join(bare)
        # Only of places does "city" or "area" go without saying.
        of_bare = (
            wanted if bare[-1] == words[-1] else lambda record: isinstance(record, Place) and wanted(record)
        )
        for key, whom in ((whole, wanted), *([(trimmed, of_bare)] if trimmed != whole else [])):
            if resolution := self.exact(key, text, whom) or self._spelt((key,), text, whom):
                return resolution
        if not slips:
            return Unknown(text)
        read = self.fuzzy(trimmed, text, of_bare)
        if whole != trimmed and isinstance(read, Suggestions | Unknown):
            of_whole = self.fuzzy(whole, text, wanted)
            is_read = isinstance(of_whole, Found | Ambiguous)
            read = of_whole if is_read or isinstance(read, Unknown) else read
        return Suggestions((read.record,), text) if isinstance(read, Found) and self.is_chance(read) else read

    def is_chance(self, read: Resolution) -> bool:
        """Say whether a slip may come near a topic by chance: short, and the names of topics are ordinary words."""
        nearest: Named | None = None
        if isinstance(read, Suggestions):
            nearest = read.records[0]
        elif isinstance(read, Found) and read.match == "fuzzy":
            nearest = read.record
        return (
            isinstance(nearest, Topic) and read.typed.isascii() and len(read.typed) < self._tuning.topic_from
        )

    def is_spelling(self, key: str) -> bool:
        """Say whether some record or outside place is spelt like that."""
        return key in self._owners

    @cached_property
    def namesakes(self) -> Mapping[str, frozenset[str]]:
        """Return for the slug of each who has a name that others have too the slugs of all who have it."""
        shared: dict[str, frozenset[str]] = {}
        for owners in self._owners.values():
            for owner in owners if len(owners) > 1 else ():
                shared[owner] = shared.get(owner, frozenset()).union(owners)
        return shared

    def begins(self, word: str) -> bool:
        """Say whether a spelling, in pinyin too, begins with `word`."""
        at = bisect_left(self._in_order, word)
        return at < len(self._in_order) and self._in_order[at].startswith(word)

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted((*self._owners, *self._in_pinyin))

    def is_like(self, key: str, near: Suggestions) -> bool:
        """Say whether a word of running text is so near to a name that it is worth asking about."""
        heard = keys.phonetic_key(key)
        nearest = (
            k
            for record in near.records
            for spelling in keys.spellings_of(record, self._records, self.stop)
            for k in keys.keys(spelling, is_place=isinstance(record, Place))
        )
        return any(is_one_edit(key, k) or (k.isascii() and keys.phonetic_key(k) == heard) for k in nearest)

    def is_one_off(self, key: str) -> bool:
        """Say whether some record or outside place is spelt like that but for one edit."""
        return bool(self._near_spellings.within(key, 1))

    @cached_property
    def _near_spellings(self) -> NearSpellings:
        return NearSpellings(self._owners)

    @cached_property
    def _by_ear(self) -> ByEar:
        return ByEar(self._owners)

    @cached_property
    def _phonetic(self) -> Mapping[str, tuple[str, ...]]:
        ears: dict[str, tuple[str, ...]] = {}
        for key, owners in self._owners.items():
            if key.isascii() and len(key) >= self._tuning.heard_from:
                heard = keys.phonetic_key(key)
                for owner in owners:
                    add(ears, heard, owner)
        return ears

    def exact(self, key: str, typed: str, wanted: Wanted = anything) -> Found | Ambiguous | Outside | None:
        """Return what is spelt exactly like `key`, if anything."""
        return self._of(self._owners.get(key, ()), key, typed, wanted)

    def is_in_pinyin(self, key: str) -> bool:
        """Say whether some record is called in Chinese what `key` may be in pinyin."""
        return key in self._in_pinyin

    def in_pinyin(self, words: Sequence[str], typed: str) -> Found | Ambiguous | Suggestions | None:
        """Return what is called in Chinese what `words` of running text are in pinyin, if anything; English is none."""
        found = self._spelt(words, typed, anything)
        return None if found and self._english.issuperset(words) else found

    def _spelt(
        self, words: Sequence[str], typed: str, wanted: Wanted
    ) -> Found | Ambiguous | Suggestions | None:
        owners = self._in_pinyin.owners(words)
        key = "".join(words)
        found = self._of(owners, key, typed, wanted) if owners else None
        if not isinstance(found, Found | Ambiguous):
            return None
        rivals = [near.owner for near in self._near(key, wanted, 1) if near.owner not in owners]
        if not rivals:
            return found
        # "Guandong" is 关东, and as soon a slip of Guangdong.
        own = (found.record,) if isinstance(found, Found) else found.records
        others = (self._records[owner] for owner in rivals if owner in self._records)
        return Suggestions((*own, *others)[: self._tuning.most_offered], typed)

    def _of(
        self, owners: Sequence[str], key: str, typed: str, wanted: Wanted
    ) -> Found | Ambiguous | Outside | None:
        records = [r for slug in owners if (r := self._records.get(slug)) and wanted(r)]
        if len(records) > 1:
            standard = [record for record in records if (key, record.slug) in self._standard]
            records = standard or records
        if len(records) == 1:
            match: HowFound = "exact" if (key, records[0].slug) in self._standard else "alias"
            return Found(records[0], match, typed)
        if records:
            return _one_place(tuple(records), "alias", typed) or Ambiguous(tuple(records), "alias", typed)
        for slug in owners:
            if slug in self._outside:
                return Outside(self._outside[slug], typed)
        return None

    def fuzzy(self, key: str, typed: str, wanted: Wanted = anything) -> Resolution:
        """Return what `key` is a slip of, or what it is near to."""
        # What sounds the same stands too, where Chinese is written by ear.
        if read := self.heard(key, typed, wanted=wanted):
            return read
        furthest = self._worth_offering(key)
        # Most slips are one edit, and to look no further takes half the time. What is found there stands:
        # anything further away is no rival to it.
        if furthest > 1 and (read := self._read(self._near(key, wanted, 1), key, typed)):
            return read
        candidates = self._near(key, wanted, furthest)
        if read := self._read(candidates, key, typed):
            return read
        records = tuple(self._records[c.owner] for c in candidates if c.owner in self._records)
        return Suggestions(records[: self._tuning.most_offered], typed) if records else Unknown(typed)

    def _read(self, candidates: list[_Candidate], key: str, typed: str) -> Found | Ambiguous | None:
        """Return what the nearest candidates leave no doubt about: one record, or namesakes."""
        if not candidates:
            return None
        best = candidates[0]
        runner_up = candidates[1].distance if len(candidates) > 1 else float("inf")
        if best.distance > self._read_as(key):
            return None
        margin = self._tuning.margin
        if best.owner in self._records and runner_up - best.distance >= margin:
            return Found(self._records[best.owner], "fuzzy", typed)
        tied = [c for c in candidates if c.distance < best.distance + margin]
        if len(tied) > 1 and self._share_a_spelling(tied):
            records = tuple(self._records[c.owner] for c in tied)
            return _one_place(records, "fuzzy", typed) or Ambiguous(records, "fuzzy", typed)
        return None

    def _share_a_spelling(self, candidates: list[_Candidate]) -> bool:
        wanted = {candidate.owner for candidate in candidates}
        if not wanted <= self._records.keys():
            return False
        first = self._records[candidates[0].owner]
        return any(wanted <= set(self._owners.get(keys.squash(s), ())) for s in first.spellings())

    def _near(self, key: str, wanted: Wanted, furthest: int) -> list[_Candidate]:
        """Return owners at most `furthest` edits away, nearest first."""
        if not (furthest or CHINESE.match(key)):
            return []
        distances: dict[str, float] = {}
        for spelling, distance in self._near_spellings.within(key, furthest) if furthest else ():
            # What is this short is not to be told from other words at any distance.
            is_told = len(spelling) > self._tuning.too_short or spelling == key
            if is_told and not is_another_name(key, spelling):
                for owner in self._owners[spelling]:
                    distances[owner] = min(distance, distances.get(owner, 99))
        for owner in self._phonetic.get(keys.phonetic_key(key), ()):
            distances[owner] = min(self._tuning.phonetic, distances.get(owner, 99))
        for spelling, distance in self._near_in_chinese(key):
            for owner in self._owners[spelling]:
                distances[owner] = min(distance, distances.get(owner, 99))
        near = [
            _Candidate(owner, distance)
            for owner, distance in distances.items()
            if owner in self._outside or wanted(self._records[owner])
        ]
        return sorted(near, key=lambda candidate: candidate.distance)

    def _near_in_chinese(self, key: str) -> Iterator[tuple[str, float]]:
        if CHINESE.match(key) and not is_word(key):
            yield from ((spelling, self._tuning.phonetic) for spelling, _ in self._by_ear.same(key))
            yield from ((spelling, self._tuning.rhymes) for spelling in self._by_ear.rhyming(key))

    def heard(
        self,
        run: str,
        typed: str,
        is_grammar: Callable[[str], bool] = lambda _: False,
        wanted: Wanted = anything,
    ) -> Found | Ambiguous | None:
        """Return the name that a run of Chinese characters sounds like, if one character of it is wrong.

        That one is no word of grammar, and the whole no ordinary word.
        """
        heard = [spelling for spelling, wrong in self._by_ear.same(run) if not is_grammar(wrong)]
        return (
            self._read(self._sounding_like(heard, wanted), run, typed) if heard and not is_word(run) else None
        )

    def _sounding_like(self, spellings: Iterable[str], wanted: Wanted) -> list[_Candidate]:
        owners = dict.fromkeys(owner for spelling in spellings for owner in self._owners[spelling])
        known = (owner for owner in owners if owner in self._outside or wanted(self._records[owner]))
        return [_Candidate(owner, self._tuning.phonetic) for owner in known]

    def _read_as(self, key: str) -> float:
        """Return the largest distance at which a slip is read as a name: the share of slips a word can bear."""
        steps = self._tuning.read_as_in_chinese if CHINESE.search(key) else self._tuning.read_as
        return at_length(steps, len(key))

    def _worth_offering(self, key: str) -> int:
        """Return the largest distance at which a name is worth a did-you-mean button."""
        steps = self._tuning.offered_in_chinese if CHINESE.search(key) else self._tuning.offered
        return int(at_length(steps, len(key)))


def _one_place(records: tuple[Named, ...], match: HowFound, typed: str) -> Found | None:
    """Return the only place among records that share a name: a pairing is called by its place's name."""
    places = [record for record in records if isinstance(record, Place)]
    return Found(places[0], match, typed) if len(places) == 1 else None
