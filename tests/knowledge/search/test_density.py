"""How densely asks lie about a question, beside what nothing answers."""

from __future__ import annotations

import numpy as np

from knowledge.search.density import beside_misses
from knowledge.search.rows import Floats
from knowledge.tuning import TUNING

WIDTH = 0.1


def cosines(*values: float) -> Floats:
    return np.array(values, np.float32)


def ratios(asks: Floats, misses: Floats, *gaps: bool) -> tuple[list[float], float]:
    firsts = np.arange(0, len(asks), len(asks) // len(gaps))
    counts = np.full(len(gaps), TUNING.asks_of_a_fact)
    each, together = beside_misses(asks, firsts, counts, np.array(gaps), misses, TUNING, WIDTH)
    return each.tolist(), together


def test_as_near_as_a_near_miss_is_neither_for_an_answer_nor_against() -> None:
    (alone,), together = ratios(cosines(0.6), cosines(0.6), False)
    assert abs(alone) < 0.01
    assert abs(together) < 0.01


def test_several_asks_about_a_question_tell_more_than_one() -> None:
    (one,), _ = ratios(cosines(0.6, 0.0), cosines(0.6), False)
    (several,), _ = ratios(cosines(0.6, 0.6), cosines(0.6), False)
    assert several > one + 0.5


def test_what_is_far_away_counts_for_nothing() -> None:
    (alone,), _ = ratios(cosines(0.7), cosines(0.5), False)
    (beside,), _ = ratios(cosines(0.7), cosines(0.5, *[-0.5] * 50), False)
    assert abs(alone - beside) < 0.01


def test_asks_of_gaps_count_as_what_nothing_answers() -> None:
    (fact, gap), _ = ratios(cosines(0.6, 0.6), cosines(), False, True)
    assert abs(fact) < 0.01
    assert abs(gap) < 0.01
    (higher, _), _ = ratios(cosines(0.6, 0.2), cosines(), False, True)
    assert higher > 1


def test_where_nothing_is_missed_there_is_a_number_too() -> None:
    (alone,), together = ratios(cosines(0.6), cosines(), False)
    assert np.isfinite(alone)
    assert np.isfinite(together)


def test_one_ask_tells_as_much_as_many_that_are_as_near() -> None:
    firsts, gaps, miss = np.array([0, 1]), np.array([False, False]), cosines(0.5)
    (one, none), _ = beside_misses(cosines(0.6, 0.0), firsts, np.array([1, 0]), gaps, miss, TUNING, WIDTH)
    asks = np.full(60, 0.6, np.float32)
    (many, _), _ = beside_misses(asks, np.array([0, 30]), np.array([30, 30]), gaps, miss, TUNING, WIDTH)
    assert abs(one - many) < 0.01
    assert none == TUNING.without_asks
