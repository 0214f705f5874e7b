"""What a text states, told by figures, months and the words of a lexicon."""

from __future__ import annotations

import pytest

from knowledge.base import FactBase
from knowledge.lexicon import Lexicon
from knowledge.search.stated import states_number, states_sum, states_time


@pytest.mark.parametrize(
    "text", ["It has 40 cars.", "It has two halls.", "Output doubled.", "a 3.5-fold rise"]
)
def test_a_figure_or_a_word_for_one_is_a_number(base: FactBase, text: str) -> None:
    assert states_number(base.lexicon, text)


@pytest.mark.parametrize("text", ["It opened in 2018.", "Two is written in upper case.", "G60", "someone"])
def test_a_year_or_what_is_part_of_a_word_is_no_number(base: FactBase, text: str) -> None:
    assert not states_number(base.lexicon, text)


@pytest.mark.parametrize("text", ["2000 yuan", "¥12", "RMB 3 million", "$5", "a dollar"])
def test_a_currency_is_a_sum(base: FactBase, text: str) -> None:
    assert states_sum(base.lexicon, text)


def test_a_currency_within_a_word_is_none(base: FactBase) -> None:
    assert not states_sum(base.lexicon, "Taoyuan, 12 million of them")


@pytest.mark.parametrize("text", ["in 2018", "in May", "early on", "by the end of it", "since then"])
def test_a_year_a_month_or_a_word_for_a_time_is_a_time(base: FactBase, text: str) -> None:
    assert states_time(base.lexicon, text)


@pytest.mark.parametrize("text", ["It may grow.", "They march.", "clearly", "12 cars"])
def test_what_only_looks_like_a_month_is_no_time(base: FactBase, text: str) -> None:
    assert not states_time(base.lexicon, text)


def test_chinese_stands_within_other_words() -> None:
    lexicon = Lexicon(currencies=frozenset({"元"}))
    assert states_sum(lexicon, "总投资12亿元。")


def test_without_words_figures_alone_tell() -> None:
    assert states_number(Lexicon(), "40 cars")
    assert not states_number(Lexicon(), "two cars")
    assert not states_sum(Lexicon(), "2000 yuan")
    assert states_time(Lexicon(), "in May")
