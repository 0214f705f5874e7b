"""Words as the index knows them: terms, and the other ways of saying them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from knowledge.model import Synonyms
from knowledge.names.near import NearSpellings
from knowledge.names.other_names import is_another_name
from knowledge.search.intent import AnswerType
from knowledge.text.normalize import CHINESE, bigrams, normalize, stem, tokenize
from knowledge.tuning import Steps, at_length

Alternative = tuple[str, ...]

NAME: Final = "@"
SOUND: Final = "~"
SORT: Final = "?"
"""What terms begin with that are no words: names, Chinese words as they are spoken, sorts of questions."""


def name_term(slug: str) -> str:
    """Return the term of a record, by whatever name it is called."""
    return f"{NAME}{slug}"


def sort_terms(wanted: AnswerType) -> tuple[str, ...]:
    """Return the term of what a question wants, none where that may be anything."""
    return () if wanted is AnswerType.ANYTHING else (f"{SORT}{wanted.value}",)


def sound_term(syllables: Sequence[str]) -> str:
    """Return the term of a Chinese word as it is spoken."""
    return f"{SOUND}{' '.join(syllables)}"


def index_terms(phrase: str, stop: frozenset[str]) -> Alternative:
    """Return the index terms of `phrase` but for the words of `stop`: stems, and pairs of characters of Chinese."""
    return _form(tokenize(normalize(phrase)), stop)


def synonym_key(phrase: str) -> str:
    """Return what a phrase is looked up by among the synonyms."""
    return _key(tokenize(normalize(phrase)))


def _form(words: list[str], stop: frozenset[str]) -> Alternative:
    terms: list[str] = []
    for word in words:
        if CHINESE.match(word):
            terms.extend(bigrams(word))
        elif word not in stop:
            terms.append(stem(word))
    return tuple(terms)


def _key(words: list[str]) -> str:
    return "".join(words) if words and CHINESE.match(words[0]) else " ".join(map(stem, words))


@dataclass(frozen=True, slots=True)
class Synonymy:
    """For each word or phrase by its key, the other ways of saying it; and all the words there are."""

    alternatives: Mapping[str, tuple[Alternative, ...]]
    words: frozenset[str]

    @classmethod
    def of(cls, groups: Iterable[Synonyms], stop: frozenset[str]) -> Synonymy:
        """Return the groups of a base, whose stop words are `stop`, as they are looked up."""
        alternatives: defaultdict[str, dict[Alternative, None]] = defaultdict(dict)
        seen: set[str] = set()
        for group in groups:
            phrases = [tokenize(normalize(word)) for word in group.words]
            seen.update(word for words in phrases for word in words)
            forms = {_form(words, stop): _key(words) for words in phrases}
            for own, its_key in forms.items():
                alternatives[its_key].update((other, None) for other in forms if other != own and other)
        return cls(
            {its_key: tuple(others) for its_key, others in alternatives.items() if its_key}, frozenset(seen)
        )


class Vocabulary:
    """The words of the index, for reading a slip in an ordinary word."""

    def __init__(self, words: Iterable[str], slips: Steps, sure_from: int) -> None:
        self._words = tuple(words)
        self._slips, self._sure_from = slips, sure_from

    @cached_property
    def _near(self) -> NearSpellings:
        return NearSpellings(self._words)

    def nearest(self, word: str) -> tuple[str, ...]:
        """Return the words that a slip of this length may be of, nearest first.

        Words of the same first letter go before others, since slips mostly spare it: Pollock and Zamora 1984,
        Automatic spelling correction in scientific and scholarly text.
        """
        furthest = int(at_length(self._slips, len(word)))
        if not furthest:
            return ()
        near = self._near.within(word, furthest)
        found = sorted(
            (distance, other[0] != word[0], other)
            for other, distance in near
            # Names stand among the words of the index.
            if not is_another_name(word, other)
        )
        return tuple(other for *rank, other in found if rank == list(found[0][:2]))

    def is_sure(self, word: str, reading: str) -> bool:
        """Say whether a slip leaves no doubt although nothing beside it tells: one edit in a long word."""
        return len(word) >= self._sure_from and any(near == reading for near, _ in self._near.within(word, 1))
