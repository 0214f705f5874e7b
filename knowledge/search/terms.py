"""Words as the index knows them: terms, and the other ways of saying them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.model import Synonyms
from knowledge.search.intent import AnswerType
from knowledge.text.normalize import CHINESE, bigrams, normalize, stem, tokenize

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
    """Groups of what means the same, in terms; for each word or phrase by its key the groups that it stands in, and where;
    and all the words there are. Made when the base is built, and kept in facts.db.
    """

    groups: tuple[tuple[Alternative, ...], ...]
    places: Mapping[str, tuple[tuple[int, int], ...]]
    words: frozenset[str]

    @classmethod
    def of(cls, groups: Iterable[Synonyms], stop: frozenset[str]) -> Synonymy:
        """Return the groups of a base, whose stop words are `stop`, as they are looked up."""
        said: list[tuple[Alternative, ...]] = []
        places: defaultdict[str, tuple[tuple[int, int], ...]] = defaultdict(tuple)
        seen: set[str] = set()
        for group in groups:
            phrases = [tokenize(normalize(word)) for word in group.words]
            seen.update(*phrases)
            forms = {_form(words, stop): _key(words) for words in phrases}
            for place, its_key in enumerate(forms.values()):
                if its_key:
                    places[its_key] += ((len(said), place),)
            said.append(tuple(forms))
        return cls(tuple(said), dict(places), frozenset(seen))

    def __contains__(self, key: str) -> bool:
        return key in self.places

    def others(self, key: str) -> Iterable[Alternative]:
        """Return the other ways of saying what has that key, each once."""
        found: dict[Alternative, None] = {}
        for group, place in self.places.get(key, ()):
            said = self.groups[group]
            found |= dict.fromkeys(other for other in said if other and other != said[place])
        return found
