"""Made-up facts in any number out of the words of the real ones, and questions for them: same seed, same facts."""

from __future__ import annotations

import random

from knowledge.base import FactBase
from knowledge.model import Fact

SEED = 20261122
# Asks of a made-up fact.
ASKS = 8


def facts(base: FactBase, count: int) -> tuple[Fact, ...]:
    """Return `count` facts: each has half the words of two real ones, and subjects and topics of both.

    So words are as frequent, in proportion, as they are in the base: common words get longer lists as it grows.
    """
    chance = random.Random(SEED)
    real = base.facts
    return tuple(_mixed(number, chance.sample(real, 2), chance) for number in range(count))


def _mixed(number: int, both: list[Fact], chance: random.Random) -> Fact:
    one, other = both
    first, second = one.statement.split(), other.statement.split()
    words = chance.sample(first, (len(first) + 1) // 2) + chance.sample(second, (len(second) + 1) // 2)
    asks = (*one.asks, *other.asks)
    return Fact.model_construct(
        **{name: getattr(one, name) for name in Fact.model_fields}
        | {
            "id": f"made-up-{number:07}",
            "statement": " ".join(words),
            "subjects": tuple(dict.fromkeys((*one.subjects[:2], *other.subjects[:1]))),
            "topics": tuple(dict.fromkeys((*one.topics[:1], *other.topics[:1]))),
            "asks": tuple(chance.sample(asks, min(len(asks), ASKS))),
            "near_misses": (),
        }
    )


def questions(made_up: tuple[Fact, ...], count: int, stop: frozenset[str]) -> list[tuple[str, str]]:
    """Return `count` pairs of a question of four to seven words of a fact, none of `stop`, and that fact's id."""
    chance = random.Random(SEED + 1)
    pairs = []
    for _ in range(count):
        fact = chance.choice(made_up)
        words = [word for word in fact.statement.split() if word.lower() not in stop]
        picked = chance.sample(words, min(len(words), chance.randint(4, 7)))
        pairs.append((f"what about {' '.join(picked)}?", fact.id))
    return pairs
