"""Which topic a statement is on: the one whose words it has, else the one that the facts nearest to it are on."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from knowledge.base import FactBase
from knowledge.names.resolver import Unknown
from knowledge.text.normalize import stem
from knowledge.topic_words import TopicWords, words

_NEAREST: Final = 10
_MOST_SHARED: Final = 2
"""Topics that a word may belong to and still tell them from others."""
_LEAST_FACTS: Final = 5
"""Facts with a word that is no topic's own, for it to tell one."""


def by_words(base: FactBase, text: str) -> str:
    """Return the slug of the topic whose name and scope share most words with `text`, "" where none shares any.

    Of several the one on which most of the facts nearest to it are.
    """
    said, known = frozenset(words(text, base.lexicon.stop)), base.topic_words
    telling = {word for word in said if 0 < known.spread.get(word, 0) <= _MOST_SHARED}
    shared = {
        slug: sum(_is_borne_out(known, word, slug, base.tuning.word_of_topic) for word in telling & own)
        for slug, own in known.own.items()
    }
    near = _near(base, text) if any(shared.values()) else {}
    best = max(shared, key=lambda slug: (shared[slug], near.get(slug, 0.0)), default="")
    return best if shared.get(best) else _by_facts(base, said)


def by_nearest(base: FactBase, text: str) -> str:
    """Return the slug of the topic that most of the facts nearest to `text` are on, each weighed by its place and by how much of
    the text it has beside names; "" where none weighs enough.
    """
    near = _near(base, text)
    topic = max(near, key=lambda slug: near[slug], default="")
    return topic if near.get(topic, 0.0) >= base.tuning.topic_near * sum(range(1, _NEAREST + 1)) else ""


def _by_facts(base: FactBase, said: frozenset[str]) -> str:
    """Return the slug of the topic that most facts with a word of the field are on, of the word that tells it most surely;
    "" where none does: "GDP" and "twinned" are words of no topic's name.
    """
    telling = {
        word for word in said if base.termhood.is_of_field((stem(word), word)) and not _is_name(base, word)
    }
    sure: list[tuple[float, int, str]] = []
    for facts in (base.topic_words.by_stem.get(stem(word), ()) for word in sorted(telling)):
        if len(facts) >= _LEAST_FACTS:
            on = Counter(topic for fact in facts for topic in fact.topics if topic in base.topic_words.own)
            sure += [(count / len(facts), count, topic) for topic, count in on.most_common(1)]
    share, _, topic = max(sure, default=(0.0, 0, ""))
    return topic if share >= base.tuning.topic_of_word else ""


def _is_name(base: FactBase, word: str) -> bool:
    return not isinstance(base.resolve(word, slips=False), Unknown)


def _is_borne_out(known: TopicWords, word: str, topic: str, least: float) -> bool:
    """Say whether at `least` that share of the facts with a word is on the topic whose word it is: "joint" is of all."""
    having = known.by_word.get(word, ())
    return sum(topic in fact.topics for fact in having) >= least * len(having)


def _near(base: FactBase, text: str) -> dict[str, float]:
    """Return how much each topic weighs among the facts nearest to a text: what shares the names alone may be on anything."""
    counted: defaultdict[str, float] = defaultdict(float)
    for rank, hit in enumerate(base.search(text)[:_NEAREST]):
        others = [concept for concept in hit.concepts if not concept.is_name]
        held = sum(not concept.is_name for concept in hit.held)
        for topic in filter(base.topic_words.own.__contains__, hit.fact.topics if held else ()):
            counted[topic] += (_NEAREST - rank) * held / len(others)
    return counted
