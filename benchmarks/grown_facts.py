"""Made-up facts in any number out of the words of the real ones, and questions for them: same seed, same facts.

They are asked for in two ways. Words of a statement tell which fact is meant, and nobody asks so; what people asked of the
real facts is as people ask, and each of the two a fact is made of is a part of others too, the more of them the more facts
there are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.base import FactBase
from knowledge.model import Fact

SEED = 20261122
# Asks of a made-up fact.
ASKS = 8


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A made-up fact, and an ask of each of the two facts it is made of, which it does not have."""

    fact: Fact
    left_out: tuple[str, str]


def facts(base: FactBase, count: int) -> tuple[MadeUp, ...]:
    """Return `count` facts: each has half the words of two real ones, subjects and topics of both, and asks of either.

    So words are as frequent, in proportion, as they are in the base: common words get longer lists as it grows.
    """
    chance = random.Random(SEED)
    return tuple(_mixed(number, chance.sample(base.facts, 2), chance) for number in range(count))


def _mixed(number: int, both: list[Fact], chance: random.Random) -> MadeUp:
    one, other = both
    first, second = one.statement.split(), other.statement.split()
    words = chance.sample(first, (len(first) + 1) // 2) + chance.sample(second, (len(second) + 1) // 2)
    left_out = (_english(one, chance), _english(other, chance))
    asks = [ask for ask in (*one.asks, *other.asks) if ask not in left_out]
    fact = Fact.model_construct(
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
    return MadeUp(fact, left_out)


def _english(fact: Fact, chance: random.Random) -> str:
    return chance.choice([ask for ask in fact.asks if ask.isascii()])


def _in_its_words(made_up: MadeUp, stop: frozenset[str], chance: random.Random) -> str:
    """Return a question of four to seven words of the statement, none of `stop`."""
    words = [word for word in made_up.fact.statement.split() if word.lower() not in stop]
    picked = chance.sample(words, min(len(words), chance.randint(4, 7)))
    return f"what about {' '.join(picked)}?"


def _as_asked(made_up: MadeUp, stop: frozenset[str], chance: random.Random) -> str:
    """Return both asks that the fact does not have, as one question."""
    return " and ".join(made_up.left_out)


WAYS_OF_ASKING: Mapping[str, Callable[[MadeUp, frozenset[str], random.Random], str]] = {
    "words of it": _in_its_words,
    "asked anew": _as_asked,
}
"""By name, as the report prints it."""


def questions(
    made_up: Sequence[MadeUp], count: int, asking: str, stop: frozenset[str]
) -> list[tuple[str, str]]:
    """Return `count` pairs of a question, put in one of `WAYS_OF_ASKING`, and the id of the fact that is meant."""
    chance = random.Random(SEED + 1)
    drawn = [chance.choice(made_up) for _ in range(count)]
    return [(WAYS_OF_ASKING[asking](one, stop, chance), one.fact.id) for one in drawn]
