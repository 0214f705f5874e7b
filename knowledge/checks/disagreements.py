"""Checks that what sources differ on is told: facts that contradict each other stand on opposite sides of one disagreement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, combinations, product

from knowledge.model import Disagreement
from knowledge.seeds import Problem, Seeds

FILE = "disagreements.toml"

Pair = tuple[str, str]


def check(seeds: Seeds) -> tuple[Problem, ...]:
    """Return every contradiction that no disagreement tells or two do, and every side that contradicts nothing."""
    contrary = {_pair(fact.id, other) for fact in seeds.facts for other in fact.contradicts}
    opposed = {one.slug: _opposed(one) & contrary for one in seeds.disagreements}
    return (
        *_sides(seeds, contrary, opposed),
        *_told_once(contrary, opposed),
    )


def _sides(seeds: Seeds, contrary: set[Pair], opposed: dict[str, set[Pair]]) -> Iterator[Problem]:
    for one in seeds.disagreements:
        for fact, count in Counter(one.facts).items():
            if count > 1:
                yield Problem(FILE, one.slug, "sides", f"{fact} stands there twice")
        for side in one.sides:
            for pair in combinations(side.facts, 2):
                if _pair(*pair) in contrary:
                    message = f"{' and '.join(pair)} contradict each other and stand on one side"
                    yield Problem(FILE, one.slug, "sides", message)
        for fact in sorted(set(one.facts).difference(chain.from_iterable(opposed[one.slug]))):
            yield Problem(FILE, one.slug, "sides", f"{fact} contradicts no fact of another side")


def _told_once(contrary: set[Pair], opposed: dict[str, set[Pair]]) -> Iterator[Problem]:
    told: defaultdict[Pair, list[str]] = defaultdict(list)
    for slug, pairs in opposed.items():
        for pair in pairs:
            told[pair].append(slug)
    for pair in sorted(contrary):
        if len(told[pair]) != 1:
            where = f"stands in {' and '.join(told[pair])}" if told[pair] else "stands in none"
            message = f"that it contradicts {pair[1]} {where}: tell it in one disagreement"
            yield Problem(FILE, pair[0], "sides", message)


def _opposed(one: Disagreement) -> set[Pair]:
    return {
        _pair(*pair)
        for side, other in combinations(one.sides, 2)
        for pair in product(side.facts, other.facts)
    }


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
