"""The region of a fact is told where its statement leaves it open, and nowhere else."""

from __future__ import annotations

import pytest

from bot.render.fact_renderer import fact_renderer
from handlers.records.region import OUTSIDE, region_tag
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.vocabulary import Region


def _fact(base: FactBase, fact_id: str) -> Fact:
    fact = base.fact(fact_id)
    assert fact
    return fact


def test_a_fact_of_the_delta_or_on_no_region_has_no_tag(base: FactBase) -> None:
    assert not any(region_tag(base, fact) for fact in base.facts if fact.region is not Region.ELSEWHERE)


def test_a_city_in_jiangsu_is_no_other_region(base: FactBase) -> None:
    assert any(fact.region is Region.ELSEWHERE for fact in base.about("xuzhou"))
    assert not any(region_tag(base, fact) for fact in base.about("xuzhou"))


@pytest.mark.parametrize(
    "fact_id",
    [
        pytest.param("han-huaihai-130", id="by its name"),
        pytest.param("han-huaihai-132", id="by a short name"),
        pytest.param("han-huaihai-192", id="by its provinces"),
        pytest.param("xu-homogenization-051", id="by a country"),
    ],
)
def test_a_statement_that_names_its_region_has_no_tag(base: FactBase, fact_id: str) -> None:
    fact = _fact(base, fact_id)
    assert fact.region is Region.ELSEWHERE
    assert region_tag(base, fact) == ""


def test_a_statement_that_names_no_place_has_the_widest_that_it_is_about(base: FactBase) -> None:
    assert region_tag(base, _fact(base, "han-huaihai-156")) == "region: Huaihai Economic Zone"


def test_a_fact_on_no_place_but_the_country_is_outside_the_delta(base: FactBase) -> None:
    assert region_tag(base, _fact(base, "han-huaihai-188")) == OUTSIDE
    assert region_tag(base, _fact(base, "han-huaihai-189")) == OUTSIDE


def test_the_tag_stands_behind_the_citation_and_not_in_the_sentence(base: FactBase) -> None:
    fact = _fact(base, "han-huaihai-156")
    rendered = fact_renderer(base)(fact)
    assert rendered.statement == fact.statement
    assert rendered.cited == f"{fact.citations[0].label}; region: Huaihai Economic Zone"
