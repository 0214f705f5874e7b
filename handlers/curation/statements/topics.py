"""Which topic a statement is on: the one whose words it has, else the one that the facts nearest to it are on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Fact, Topic
from knowledge.names.resolver import Unknown
from knowledge.text.chinese import words as chinese_words
from knowledge.text.normalize import CHINESE, normalize, stem, tokenize

_NEAREST: Final = 10
_MOST_SHARED: Final = 2
"""Topics that a word may belong to and still tell them from others."""
_LEAST_FACTS: Final = 5
"""Facts with a word that is no topic's own, for it to tell one."""


def by_words(base: FactBase, text: str) -> str:
    """Return the slug of the topic whose name and scope share most words with `text`, "" where none shares any.

    Of several the one on which most of the facts nearest to it are.
    """
    said = frozenset(_words(base, text))
    own = {topic.slug: _of_topic(base, topic) for topic in _offered(base)}
    spread = Counter(word for words in own.values() for word in words)
    telling = {word for word in said if 0 < spread[word] <= _MOST_SHARED}
    held = (
        {fact: telling.intersection(_words(base, fact.statement)) for fact in base.facts} if telling else {}
    )
    shared = {
        slug: sum(_is_borne_out(held, word, slug, base.tuning.word_of_topic) for word in telling & words)
        for slug, words in own.items()
    }
    near = _near(base, text) if any(shared.values()) else Counter()
    best = max(shared, key=lambda slug: (shared[slug], near[slug]), default="")
    return best if shared.get(best) else _by_facts(base, said)


def by_nearest(base: FactBase, text: str) -> str:
    """Return the slug of the topic that most of the facts nearest to `text` are on, by its words and by the names in it; ""
    where no fact is near.
    """
    return next((topic for topic, _ in _near(base, text).most_common(1)), "")


def _by_facts(base: FactBase, said: frozenset[str]) -> str:
    """Return the slug of the topic that most facts with a word of the field are on, of the word that tells it most surely;
    "" where none does: "GDP" and "twinned" are words of no topic's name.
    """
    offered = {topic.slug for topic in _offered(base)}
    telling = {
        word for word in said if base.termhood.is_of_field((stem(word), word)) and not _is_name(base, word)
    }
    stems = {stem(word) for word in telling}
    stated = [
        (fact, stems.intersection(map(stem, _words(base, fact.statement)))) for fact in base.facts if stems
    ]
    holding = {word: [fact for fact, held in stated if word in held] for word in stems}
    sure: list[tuple[float, int, str]] = []
    for facts in holding.values():
        if len(facts) >= _LEAST_FACTS:
            on = Counter(topic for fact in facts for topic in fact.topics if topic in offered)
            sure += [(count / len(facts), count, topic) for topic, count in on.most_common(1)]
    share, _, topic = max(sure, default=(0.0, 0, ""))
    return topic if share >= base.tuning.topic_of_word else ""


def _is_name(base: FactBase, word: str) -> bool:
    return not isinstance(base.resolve(word, slips=False), Unknown)


def _is_borne_out(held: Mapping[Fact, set[str]], word: str, topic: str, least: float) -> bool:
    """Say whether at `least` that share of the facts with a word is on the topic whose word it is: "joint" is of all."""
    having = [fact for fact, words in held.items() if word in words]
    return sum(topic in fact.topics for fact in having) >= least * len(having)


def _offered(base: FactBase) -> Iterator[Topic]:
    return (topic for topic in base.seeds.topics if not (topic.about_documents or topic.about_elsewhere))


def _of_topic(base: FactBase, topic: Topic) -> frozenset[str]:
    texts = (topic.name, *topic.aliases, topic.scope)
    return frozenset(word for text in texts for word in _words(base, text))


def _words(base: FactBase, text: str) -> Iterator[str]:
    """Yield the words of a text but those that say little, in the singular: a train is no training, as stems have it."""
    for word in tokenize(normalize(text)):
        if CHINESE.search(word):
            yield from (part.text for part in chinese_words(word) if len(part.text) > 1)
        elif word not in base.lexicon.stop and not word.isdigit():
            yield _singular(word)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _near(base: FactBase, text: str) -> Counter[str]:
    offered = {topic.slug for topic in _offered(base)}
    counted: Counter[str] = Counter()
    for rank, hit in enumerate(base.search(text)[:_NEAREST]):
        for topic in filter(offered.__contains__, hit.fact.topics):
            counted[topic] += _NEAREST - rank
    return counted
