"""Two ways of printing a number, a date or a name compare equal."""

from __future__ import annotations

import pytest

from knowledge.checks.literals import literals, plain


def keys(text: str) -> list[str]:
    return [token.key for token in literals(plain(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("22nd", "22"),
        ("one", "1"),
        ("first", "1st"),
        ("12,000", "12000"),
        ("3 billion", "3,000,000,000"),
        ("30 percent", "30%"),
        ("one quarter", "1/4"),
        ("2018-06-23", "2018 June 23"),
        ("Jing’an", "Jing'an"),
        ("China's", "China"),
        ("Xu¹", "Xu"),
    ],
)
def test_two_ways_of_printing_are_one(one: str, other: str) -> None:
    assert keys(one) == keys(other)


def test_a_span_of_years_is_no_date() -> None:
    assert keys("2017-2035") == ["2017", "2035"]


def test_a_name_and_the_number_glued_to_it_are_two_and_a_code_is_one() -> None:
    assert keys("Bengbu233000 G60") == ["bengbu", "233000", "g60"]
