"""A doubt is of what a record names, and its caveat says why."""

from __future__ import annotations

from typing import Any

from knowledge.checks import doubts
from knowledge.model import Fact
from tests.knowledge.small import fact, place, seeds


def _found(*facts: Fact, **records: Any) -> list[tuple[str, str]]:
    return [(problem.record, problem.field) for problem in doubts.check(seeds(*facts, **records))]


def test_a_doubt_of_a_subject_with_a_caveat_holds() -> None:
    assert _found(fact(doubts=["bton"], caveat="Ctown is meant.")) == []


def test_a_doubt_of_what_the_fact_does_not_name_is_found() -> None:
    assert _found(fact(doubts=["ctown"], caveat="Ctown is meant.")) == [("ports-001", "doubts")]


def test_a_doubt_without_a_caveat_is_found() -> None:
    assert _found(fact(doubts=["bton"])) == [("ports-001", "caveat")]


def test_a_province_has_one_capital() -> None:
    two = [place(slug, province="northland", capital=True) for slug in ("aville", "bton")]
    assert _found(places=(*two, place("northland"))) == [("bton", "capital")]
    assert _found(places=(place("aville", capital=True), place("bton"))) == [("aville", "capital")]
