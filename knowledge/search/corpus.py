"""What questions are matched against: every fact, and every gap, as index terms. Made at build time and kept in facts.db.

An entry has three fields: what it states; the names of what it is about; and its asks, each by itself. A name in a text
is a term of its own, whatever it is called there: "@hefei" for Hefei, 合肥 and every other spelling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, groupby
from typing import Final

import numpy as np

from knowledge.asked import key_of, read
from knowledge.lexicon import Lexicon
from knowledge.model import Entry, Fact, Named, Pairing, Place
from knowledge.names import mentions
from knowledge.names.resolver import NameResolver
from knowledge.search import intent
from knowledge.search.rows import Keys, Places, Rows, Truths, rows_of
from knowledge.search.stated import states_list, states_number, states_time
from knowledge.search.terms import NAME, name_term, sort_terms, sound_term
from knowledge.text.chinese import spoken
from knowledge.text.normalize import CHINESE, bigrams, normalize, stem, tokenize

STATED: Final = ("number", "time", "list")
"""What a question may want, and an entry state."""
_WIDTH: Final = len(STATED)


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Cuts texts of the base into index terms. `words` gathers the words it meets, for reading slips."""

    names: NameResolver
    entities: Mapping[str, Named]
    lexicon: Lexicon
    words: set[str]

    def stated(self, entry: Entry) -> Iterator[str]:
        """Yield the terms of what an entry states."""
        yield from self.text(entry.statement)
        if isinstance(entry, Fact):
            yield from self.text(entry.caveat)
            yield from self.text(entry.speaker)
            yield from self._words((entry.kind.value, entry.stance.value))
            for figure in entry.figures:
                yield from self.text(f"{figure.of} {figure.unit}")

    def ask(self, ask: str) -> Iterator[str]:
        """Yield the terms of a question, with what it wants."""
        words = tokenize(normalize(ask))
        yield from self._read(words)
        yield from sort_terms(intent.answer_type(self.lexicon, words, ask))

    def near_miss(self, text: str) -> Iterator[str]:
        """Yield the terms of a question without the names in it."""
        return (term for term in self.ask(text) if not term.startswith(NAME))

    def states(self, entry: Entry) -> tuple[bool, ...]:
        """Return for each of `STATED` whether an entry states it, by what is curated or by its words."""
        text = entry.statement
        figures, date = (entry.figures, entry.date) if isinstance(entry, Fact) else ((), "")
        return (
            bool(figures) or states_number(self.lexicon, text),
            bool(date) or states_time(self.lexicon, text),
            states_list(text),
        )

    def text(self, text: str) -> Iterator[str]:
        """Yield the terms of a text: names, stems of words, and of Chinese pairs of characters and their sounds."""
        return self._read(tokenize(normalize(text)))

    def _read(self, words: list[str]) -> Iterator[str]:
        end = 0
        for start, after, records in mentions.exact_in_words(self.names, words):
            yield from self._words(words[end:start])
            yield from self._name(records, words[start:after])
            end = after
        yield from self._words(words[end:])

    def named(self, slug: str) -> Iterator[str]:
        """Yield the terms of what an entry may be about: names, and the words of all its spellings but those of a place."""
        if record := self.entities.get(slug):
            yield name_term(slug)
            if isinstance(record, Pairing):
                yield from map(name_term, record.members)
            if not isinstance(record, Place):
                for spelling in record.spellings():
                    yield from self._words(tokenize(normalize(spelling)))

    def _words(self, words: Iterable[str]) -> Iterator[str]:
        for is_chinese, run in groupby(words, _is_chinese):
            if is_chinese:
                for piece, records in chain.from_iterable(
                    mentions.exact_in_chinese(self.names, word) for word in run
                ):
                    yield from self._name(records, (piece,)) if records else _chinese(piece)
            else:
                yield from self._content(run)

    def _content(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            if word not in self.lexicon.stop:
                self.words.add(word)
                yield stem(word)

    def _name(self, records: mentions.Records, words: Iterable[str]) -> Iterator[str]:
        yield from (name_term(record.slug) for record in records)
        # What is no place may be spoken of in other words of its name.
        if not all(isinstance(record, Place) for record in records):
            for word in words:
                yield from _chinese(word) if CHINESE.match(word) else self._content((word,))


def _namesakes_of(entry: Entry, namesakes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the terms of those whose name an entry says and does not mean: it is about others who have it."""
    own = frozenset(entry.subjects)
    all_ = frozenset[str]().union(*(namesakes[slug] for slug in own & namesakes.keys()))
    return frozenset(map(name_term, all_ - own))


def _without(terms: Iterable[str], left: frozenset[str]) -> Iterable[str]:
    return (term for term in terms if term not in left) if left else terms


def _is_chinese(word: str) -> bool:
    return CHINESE.match(word) is not None


def _chinese(run: str) -> Iterator[str]:
    yield from bigrams(run)
    yield from map(sound_term, spoken(run))


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The entries as numbers of terms, field by field, one row an entry.

    `asks` and `near_misses` have a row for each text: those of entry n are the rows from `asked[n]` to before
    `asked[n + 1]`, and likewise by `missed`. `ask_keys` are the keys of the asks as texts, 0 where there is none. No near
    miss holds a name: what tells it from an ask is what it wants to know. `states` says of each entry (a row) which of
    `STATED` (columns) it does. `words` are the English words of all texts, unstemmed.
    """

    terms: tuple[str, ...]
    stated: Rows
    named: Rows
    asks: Rows
    asked: Places
    ask_keys: Keys
    near_misses: Rows
    missed: Places
    states: Truths
    words: frozenset[str]

    @classmethod
    def of(cls, entries: Sequence[Entry], analyzer: Analyzer) -> Corpus:
        """Return `entries` cut into terms."""
        return cls.empty().extended(entries, analyzer)

    @classmethod
    def empty(cls) -> Corpus:
        """Return the corpus of no entries."""
        none, no = np.zeros(1, np.int64), np.zeros((0, _WIDTH), np.bool_)
        keys = np.zeros(0, np.uint64)
        return cls((), Rows.of(()), Rows.of(()), Rows.of(()), none, keys, Rows.of(()), none, no, frozenset())

    def extended(self, entries: Sequence[Entry], analyzer: Analyzer) -> Corpus:
        """Return this corpus with `entries` behind its own."""
        numbers = {term: number for number, term in enumerate(self.terms)}

        def numbered(terms: Iterable[str]) -> list[int]:
            return [numbers.setdefault(term, len(numbers)) for term in dict.fromkeys(terms)]

        namesakes = analyzer.names.namesakes
        others = [_namesakes_of(entry, namesakes) for entry in entries]
        stated = Rows.of(
            numbered(_without(analyzer.stated(entry), left))
            for entry, left in zip(entries, others, strict=True)
        )
        about = [(*entry.subjects, *entry.topics) for entry in entries]
        names = {slug: tuple(analyzer.named(slug)) for slug in dict.fromkeys(chain.from_iterable(about))}
        named = Rows.of(numbered(chain.from_iterable(map(names.__getitem__, slugs))) for slugs in about)
        asks, asked = _of_texts(
            [
                [numbered(_without(analyzer.ask(ask), left)) for ask in entry.asks]
                for entry, left in zip(entries, others, strict=True)
            ]
        )
        near_misses, missed = _of_texts(
            [[numbered(analyzer.near_miss(text)) for text in near_misses_of(entry)] for entry in entries]
        )
        return Corpus(
            tuple(numbers),
            self.stated.joined(stated),
            self.named.joined(named),
            self.asks.joined(asks),
            np.concatenate((self.asked, asked + self.asked[-1])),
            np.append(self.ask_keys, _keys(entries)),
            self.near_misses.joined(near_misses),
            np.concatenate((self.missed, missed + self.missed[-1])),
            np.concatenate(
                (self.states, np.array([*map(analyzer.states, entries)], np.bool_).reshape(-1, _WIDTH))
            ),
            self.words | analyzer.words,
        )

    def with_asks(self, added: Mapping[int, Sequence[Sequence[str]]]) -> Corpus:
        """Return this corpus with more asks, in terms, behind those that entries have, by the places of the entries."""
        numbers = {term: number for number, term in enumerate(self.terms)}
        asks = [
            [numbers.setdefault(term, len(numbers)) for term in dict.fromkeys(ask)]
            for texts in added.values()
            for ask in texts
        ]
        counts = np.diff(self.asked)
        had = np.repeat(np.arange(len(counts)), counts)
        more = np.fromiter(map(len, added.values()), np.int64, len(added))
        owners = np.concatenate((had, np.repeat(np.fromiter(added, np.int64, len(added)), more)))
        order = np.argsort(owners, kind="stable")
        return replace(
            self,
            terms=tuple(numbers),
            asks=self.asks.joined(Rows.of(asks)).only(order),
            ask_keys=np.append(self.ask_keys, np.zeros(len(asks), np.uint64))[order],
            asked=np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=len(counts))))),
        )

    def only(self, entries: Places) -> Corpus:
        """Return the corpus of some of its entries, by their places, in that order."""
        asks, _ = rows_of(self.asked, entries)
        near_misses, _ = rows_of(self.missed, entries)
        return Corpus(
            self.terms,
            self.stated.only(entries),
            self.named.only(entries),
            self.asks.only(asks),
            np.concatenate(([0], np.cumsum(np.diff(self.asked)[entries]))),
            self.ask_keys[asks],
            self.near_misses.only(near_misses),
            np.concatenate(([0], np.cumsum(np.diff(self.missed)[entries]))),
            self.states[entries],
            self.words,
        )

    def arrays(self) -> Iterator[tuple[str, bytes]]:
        """Yield its parts by name, as `stored` takes them."""
        yield "terms", "\n".join(self.terms).encode()
        yield "words", "\n".join(sorted(self.words)).encode()
        for name in ("asked", "missed", "states", "ask_keys"):
            yield name, getattr(self, name).tobytes()
        for name in ("stated", "named", "asks", "near_misses"):
            rows: Rows = getattr(self, name)
            yield f"{name}.held", rows.held.tobytes()
            yield f"{name}.ends", rows.ends.tobytes()

    @classmethod
    def stored(cls, arrays: Mapping[str, bytes]) -> Corpus:
        """Return the corpus whose `arrays` those are; KeyError where one is missing."""

        def rows(name: str) -> Rows:
            return Rows(
                np.frombuffer(arrays[f"{name}.held"], np.int32),
                np.frombuffer(arrays[f"{name}.ends"], np.int64),
            )

        terms, words = (arrays[name].decode().split("\n") for name in ("terms", "words"))
        asked, missed = (np.frombuffer(arrays[name], np.int64) for name in ("asked", "missed"))
        states = np.frombuffer(arrays["states"], np.bool_).reshape(-1, _WIDTH)
        return cls(
            tuple(terms), rows("stated"), rows("named"), rows("asks"), asked,
            np.frombuffer(arrays["ask_keys"], np.uint64), rows("near_misses"), missed, states, frozenset(words),
        )  # fmt: skip


def _keys(entries: Sequence[Entry]) -> Keys:
    """Return the keys of the asks of entries as texts; what has none has an empty one."""
    return np.array(
        [key for entry in entries for key in (*map(key_of, map(read, entry.asks)),) or (0,)], np.uint64
    )


def near_misses_of(entry: Entry) -> tuple[str, ...]:
    """Return the near misses of an entry; a gap has none."""
    return entry.near_misses if isinstance(entry, Fact) else ()


def _of_texts(texts: Sequence[Sequence[Sequence[int]]]) -> tuple[Rows, Places]:
    """Return the texts of entries as rows, and where those of each entry end; what has none has an empty one."""
    filled = [rows or [[]] for rows in texts]
    ends = np.fromiter(accumulate(map(len, filled)), np.int64, len(filled))
    return Rows.of(chain.from_iterable(filled)), ends
