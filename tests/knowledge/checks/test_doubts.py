"""A doubt is of what a record names, and its caveat says why."""

from __future__ import annotations

from typing import Any

from knowledge.base import FactBase
from knowledge.checks import doubts
from knowledge.model import Fact, Plan
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


PRINTED = {
    "slug": "aville-plan", "name": "Aville City Plan", "chinese": "乙城规划", "caveat": "Bton is meant.",
}  # fmt: skip
PLACES = (
    place("aville", name="Aville", chinese="甲城", level="district"),
    place("bton", name="Bton", chinese="乙城", level="district"),
)


def test_a_name_of_one_place_in_english_and_another_in_chinese_has_to_say_so() -> None:
    assert _found(places=PLACES, plans=(Plan.model_validate(PRINTED),)) == [("aville-plan", "doubts")]
    said = Plan.model_validate(PRINTED | {"doubts": ["aville"], "meant": ["bton"]})
    assert _found(places=PLACES, plans=(said,)) == []


def test_a_place_is_meant_for_each_that_is_doubted() -> None:
    doubted = fact(doubts=["bton"], meant=["ctown"], caveat="Ctown is meant.")
    assert _found(doubted) == [("ports-001", "meant")]
    assert _found(fact(doubts=["bton"], meant=["aville", "aville"], caveat="It is meant.")) == [
        ("ports-001", "meant")
    ]


def test_every_name_of_the_base_that_contradicts_itself_says_so(base: FactBase) -> None:
    assert doubts.check(base.seeds) == ()
    assert [plan.slug for plan in base.seeds.plans if plan.doubts] == [
        "nantong-north-wing-gateway-overall-plan", "hangzhou-master-plan-2017-2035",
    ]  # fmt: skip
