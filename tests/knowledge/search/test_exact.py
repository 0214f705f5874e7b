"""A question that is an ask of a fact, in whatever order of words and whatever else it looks like."""

from __future__ import annotations

import pytest

from knowledge.base import FactBase
from knowledge.overlay import Overlay

FACT = "xu-twinning-045"


def learned(base: FactBase, *asks: str) -> FactBase:
    return base.with_overlay(Overlay(revision=1, asks={FACT: asks}))


@pytest.mark.parametrize(
    ("ask", "alike"),
    [
        ("annual tulip festival budget of Ningbo", "What is Ningbo's annual budget for the tulip festivals?"),
        ("population of Huainan", "What is the population of 淮南?"),
        ("淮南有多少人口", "淮南的人口有多少？"),
        ("GDP of Hefei in 2031", "the 2031 GDP of Hefei"),
        ("tulips", "Tulips?"),
    ],
)
def test_the_same_words_in_another_order_are_the_same_ask(base: FactBase, ask: str, alike: str) -> None:
    view = learned(base, ask)
    for text in (ask, alike):
        assert base.asked(text) == ()
        assert [fact.id for fact in view.asked(text)] == [FACT]


@pytest.mark.parametrize(
    ("ask", "other"),
    [
        ("GDP of Hefei in 2031", "GDP of Hefei in 2032"),
        ("population of Huainan", "population of Hefei"),
        ("population of Huainan", "population growth of Huainan"),
        ("who founded the tulip festival", "when was the tulip festival founded"),
        ("tulips", "what is it?"),
    ],
)
def test_another_name_year_or_word_is_another_question(base: FactBase, ask: str, other: str) -> None:
    assert learned(base, ask).asked(other) == ()


def test_a_slip_in_what_was_learned_does_not_become_a_word(base: FactBase) -> None:
    slip = "popultion of Huainan"
    view = learned(base, slip)
    assert [fact.id for fact in view.asked(slip)] == [FACT]
    assert "popultion" not in view.index.words
    (read,) = (
        concept.corrected for concept in view.parse("popultion of Hefei").concepts if concept.corrected
    )
    assert read == "population"


def test_facts_keep_their_order_and_what_is_learned_touches_no_other(base: FactBase) -> None:
    view = learned(base, "tulips", "annual tulip festival")
    assert [fact.id for fact in view.facts] == [fact.id for fact in base.facts]
    changed = [fact.id for fact, before in zip(view.facts, base.facts, strict=True) if fact != before]
    assert changed == [FACT]
    own = base.fact(FACT)
    assert own is not None
    for ask in own.asks:
        assert FACT in [fact.id for fact in view.asked(ask)] or base.asked(ask) == ()
