"""Questions are put together as if each were compared with all, at the cost of a few comparisons each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.curation.questions.clusters import Words, grouped

WORDS = st.frozensets(st.sampled_from("abcdefghijklmnop"), max_size=7)
MANY = 2_000


Flood = Callable[[random.Random], list[Words]]


def likeness(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one else 0.0


def compared_with_all(said: Sequence[Words], least: float) -> list[list[int]]:
    groups: list[list[int]] = []
    for at, words in enumerate(said):
        home = next((g for g in groups if likeness(words, said[g[0]]) >= least), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    return groups


@given(st.lists(WORDS, max_size=40), st.sampled_from([0.2, 1 / 3, 0.5, 0.6, 0.75, 1.0]))
def test_the_groups_are_those_of_comparing_each_with_all(said: list[Words], least: float) -> None:
    assert grouped(said, least) == compared_with_all(said, least)


def _different(rng: random.Random) -> list[Words]:
    return [
        frozenset({"budget", "ningbo", f"w{rng.randrange(10**6)}", f"x{at}", f"y{at}"}) for at in range(MANY)
    ]


def _of_one_city(rng: random.Random) -> list[Words]:
    vocabulary = [f"w{at}" for at in range(3_000)]
    return [frozenset({"ningbo", "many", *rng.sample(vocabulary, 4)}) for _ in range(MANY)]


def _nearly_the_same(rng: random.Random) -> list[Words]:
    return [frozenset({"annual", "tulip", "festival", "budget", "ningbo", f"n{at}"}) for at in range(MANY)]


class Counted(frozenset[str]):
    """The words of a question, which count how often they are gone through or compared."""

    gone_through = 0
    compared = 0

    def __iter__(self) -> Iterator[str]:
        Counted.gone_through += 1
        return super().__iter__()

    def __and__(self, other: object) -> frozenset[str]:
        Counted.compared += 1
        raise AssertionError("two questions are compared")

    __or__ = __rand__ = __ror__ = isdisjoint = intersection = __and__  # type: ignore[assignment]


@pytest.mark.parametrize("flood", [_different, _of_one_city, _nearly_the_same])
def test_the_words_of_a_question_are_gone_through_three_times_whatever_else_is_kept(flood: Flood) -> None:
    said = [Counted(words) for words in flood(random.Random(7))]
    Counted.gone_through = Counted.compared = 0
    assert len(grouped(said, 0.5)) in (1, *range(MANY // 2, MANY + 1))
    assert Counted.compared == 0
    assert Counted.gone_through <= 3 * MANY
