"""Each day has a fact that can be read by itself."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.front_page.of_the_day import fact_of_the_day
from knowledge.base import FactBase
from knowledge.model import Fact
from tests.slack.stage import base as empty_base


def test_each_day_has_a_fact_and_none_comes_twice_before_all_have_come(base: FactBase) -> None:
    first = date(2026, 11, 27)
    facts: list[Fact | None] = []
    while (fact := fact_of_the_day(base, first + timedelta(days=len(facts)))) not in facts:
        assert fact is not None
        facts.append(fact)
    assert len(facts) > 30
    assert fact == facts[0]
    assert not any(one.caveat for one in facts if one)
    assert fact_of_the_day(empty_base(), first) is None
