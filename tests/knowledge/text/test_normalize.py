"""What people type differently by habit compares equal, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.english import forms
from knowledge.text.normalize import bigrams, normalize, stem, tokenize


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("HANGZHOU", "hangzhou"),
        ("Háng zhōu", "hang zhou"),
        ("Ｈａｎｇ", "hang"),
        ("寧波", "宁波"),
        ("Lü", "lv"),
        ("Jing’an", "jingan"),
        ("China's ports", "china ports"),
        ("R&D", "rd"),
        ("Minhang & Huainan", "minhang & huainan"),
        ("Hangzhоu", "hangzhou"),  # with a Cyrillic o
        ("hangzou", "hangzou"),
    ],
)
def test_folding_loses_habits_and_no_letter(typed: str, folded: str) -> None:
    assert normalize(typed) == folded


@given(st.text(st.characters(max_codepoint=0x52F), max_size=60))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    # Small letters, as look-alikes are told by these; twice, since a few (ϒ) come apart into capitals.
    folded = normalize(normalize(text.lower()))
    assert normalize(folded) == folded


def test_words_numbers_and_runs_of_chinese_are_tokens() -> None:
    assert tokenize("the g60 pays 12,000 yuan, 宁波港 0.5") == [
        "the", "g60", "pays", "12,000", "yuan", "宁波港", "0.5",
    ]  # fmt: skip


def test_forms_of_a_word_share_a_stem_and_numbers_one_way_of_writing() -> None:
    assert stem("cooperation") == stem("cooperating") == stem("cooperates")
    assert stem("ports") != stem("airports")
    assert stem("12,000") == "12000"
    assert stem("宁波") == "宁波"


def test_chinese_is_looked_up_by_pairs_of_characters() -> None:
    assert bigrams("宁波港") == ["宁波", "波港"]
    assert bigrams("港") == ["港"]


def test_an_english_word_is_told_from_a_slip() -> None:
    assert "mayor" in forms()
    assert forms().isdisjoint(("hangzou", "twined"))
