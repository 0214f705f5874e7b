"""What people type is cleaned of what cannot be seen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.clean import LONGEST_QUESTION, MARKS_PER_BASE, clean
from tests.render.answers import words as hostile


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Ｎｉｎｇｂｏ", "Ningbo"),
        ("Ning\u200bbo\ufeff", "Ningbo"),
        ("\u202eobgniN", "obgniN"),
        ("a\x00b\x07", "ab"),
        ("a\n\tb", "a b"),
        ("a\ud800b", "ab"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("N\u200di", "Ni"),
        ("Xi'an", "Xi'an"),
        ("宁 波", "宁 波"),
    ],
)
def test_what_cannot_be_seen_is_dropped(typed: str, cleaned: str) -> None:
    assert clean(typed) == (cleaned, False)


def test_a_long_question_is_cut_and_said_to_be() -> None:
    assert clean("n" * 40_000) == ("n" * LONGEST_QUESTION, True)
    assert clean("n" * LONGEST_QUESTION) == ("n" * LONGEST_QUESTION, False)


def test_ten_thousand_marks_become_three() -> None:
    cleaned, _ = clean("x" + "\u0323\u0301\u0302" * 3333)
    assert len(cleaned) <= 1 + MARKS_PER_BASE


@given(st.one_of(st.text(), hostile, st.text(alphabet="é\u0301\u200d\ufe0f👩a\u202e ﷺ", max_size=300)))
def test_cleaned_text_is_short_visible_storable_and_stays_as_it_is(text: str) -> None:
    cleaned, _ = clean(text)
    assert len(cleaned) <= LONGEST_QUESTION
    cleaned.encode()
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in cleaned)
    assert clean(cleaned) == (cleaned, False)
