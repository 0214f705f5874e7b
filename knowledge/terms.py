"""Words as the index knows them: terms, and the other ways of saying them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from knowledge.model import Synonyms
from knowledge.names import NearSpellings
from knowledge.stopwords import STOPWORDS
from knowledge.wording import CHINESE, bigrams, fold, stem, tokens

Way = tuple[str, ...]


def form(phrase: str) -> Way:
    """Return the index terms of `phrase`: stems, and pairs of characters of Chinese."""
    terms: list[str] = []
    for word in tokens(fold(phrase)):
        if CHINESE.match(word):
            terms.extend(bigrams(word))
        elif word not in STOPWORDS:
            terms.append(stem(word))
    return tuple(terms)


def key(phrase: str) -> str:
    """Return what a phrase is looked up by among the synonyms."""
    words = tokens(fold(phrase))
    return "".join(words) if words and CHINESE.match(words[0]) else " ".join(map(stem, words))


def synonyms(groups: Iterable[Synonyms]) -> Mapping[str, tuple[Way, ...]]:
    """Return, for each word or phrase by its key, the other ways of saying it."""
    ways: defaultdict[str, dict[Way, None]] = defaultdict(dict)
    for group in groups:
        forms = {form(word): key(word) for word in group.words}
        for own, its_key in forms.items():
            for other in forms:
                if other != own and other:
                    ways[its_key][other] = None
    return {its_key: tuple(others) for its_key, others in ways.items() if its_key}


class Vocabulary:
    """The words of the index, for reading a slip in an ordinary word."""

    def __init__(self, words: Iterable[str]) -> None:
        self._near = NearSpellings(words)

    def nearest(self, word: str) -> tuple[str, ...]:
        """Return the words one slip away (two for ten letters and more), of the same first letter.

        Words under six letters have none: too many other words are one slip away. That slips spare the first
        letter: Pollock and Zamora 1984, Automatic spelling correction in scientific and scholarly text.
        """
        if len(word) < 6:
            return ()
        near = self._near.within(word, 2 if len(word) >= 10 else 1)
        found = sorted((distance, other) for other, distance in near if other[0] == word[0])
        return tuple(other for distance, other in found if distance == found[0][0])
