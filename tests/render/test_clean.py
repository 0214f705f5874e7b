"""What people type is read as its reader sees it and cleaned of what cannot be seen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.clean import LONGEST_QUESTION, MARKS_PER_BASE, clean, typed, visible_text
from tests.render.answers import words as hostile


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("<@U0BOT> Ningbo", "Ningbo"),
        ("Ningbo <@U0BOT|yrd>", "Ningbo"),
        ("who is <@U1|ann>", "who is ann"),
        ("in <#C1|ports>", "in ports"),
        ("see <https://example.org|the port>", "see the port"),
        ("see <https://example.org>", "see https://example.org"),
        ("<mailto:a@b.cn|a@b.cn>", "a@b.cn"),
        ("<!here> and <!subteam^S1|@ops>", "here and @ops"),
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("&amp;lt;", "&lt;"),
        ("<<<<", "<<<<"),
    ],
)
def test_markup_is_read_as_words(raw: str, read: str) -> None:
    assert visible_text(raw, "U0BOT") == read


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


def test_people_are_known_by_the_name_that_stands_in_the_text_and_by_id() -> None:
    read = typed("admin curators add <@U1|Ann  Wu> <@U2> <@U0BOT>", "U0BOT")
    assert read.text == "admin curators add Ann Wu U2"
    assert read.people == (("Ann Wu", "U1"), ("U2", "U2"))


@given(st.one_of(st.text(), hostile))
def test_cutting_what_was_cleaned_once_is_cleaning_it_at_that_length(text: str) -> None:
    assert typed(text).cut(LONGEST_QUESTION)[0] == clean(visible_text(text))[0]


def test_what_was_cut_once_is_said_to_be_cut_at_any_length() -> None:
    assert typed("n" * 5000).cut(LONGEST_QUESTION) == ("n" * LONGEST_QUESTION, True)
    assert typed("n" * 300).cut(LONGEST_QUESTION) == ("n" * LONGEST_QUESTION, True)
    assert typed("n" * 300).cut(900) == ("n" * 300, False)
