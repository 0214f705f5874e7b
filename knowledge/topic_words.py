"""Which facts have a word, and which words a topic's own name and scope have: by these a statement is told to be on a topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from knowledge.model import Fact, Topic
from knowledge.text.chinese import words as chinese_words
from knowledge.text.normalize import CHINESE, normalize, stem, tokenize


@dataclass(frozen=True, slots=True)
class TopicWords:
    """`own` are the words of each topic that facts are filed under, by its slug; `spread` counts the topics of a word; `by_word` and
    `by_stem` are the facts whose statements have one.
    """

    own: Mapping[str, frozenset[str]]
    spread: Mapping[str, int]
    by_word: Mapping[str, tuple[Fact, ...]]
    by_stem: Mapping[str, tuple[Fact, ...]]

    @classmethod
    def of(cls, topics: Iterable[Topic], facts: Iterable[Fact], stop: Set[str]) -> TopicWords:
        """Return them as those topics and facts have them; words of `stop` say nothing."""
        own = {
            topic.slug: frozenset(
                word for text in (topic.name, *topic.aliases, topic.scope) for word in words(text, stop)
            )
            for topic in topics
            if not (topic.about_documents or topic.about_elsewhere)
        }
        by_word: defaultdict[str, list[Fact]] = defaultdict(list)
        by_stem: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            said = frozenset(words(fact.statement, stop))
            for word in said:
                by_word[word].append(fact)
            for word in frozenset(map(stem, said)):
                by_stem[word].append(fact)
        spread = Counter(word for said in own.values() for word in said)
        return cls(
            own,
            spread,
            {word: tuple(held) for word, held in by_word.items()},
            {word: tuple(held) for word, held in by_stem.items()},
        )


def words(text: str, stop: Set[str]) -> Iterator[str]:
    """Yield the words of a text but those of `stop`, in the singular: a train is no training, as stems have it."""
    for word in tokenize(normalize(text)):
        if CHINESE.search(word):
            yield from (part.text for part in chinese_words(word) if len(part.text) > 1)
        elif word not in stop and not word.isdigit():
            yield _singular(word)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
