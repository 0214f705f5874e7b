"""Figures of several places stand side by side, each with unit, year and citation."""

from __future__ import annotations

from handlers.answer import FigureTable, Line
from handlers.records import figures
from handlers.services import Services
from knowledge import citing
from tests.conftest import Asker


def _table(services: Services, *ids: str) -> FigureTable | None:
    facts = [services.base.fact(fact_id) for fact_id in ids]
    return figures.table(services, [Line(fact) for fact in facts if fact])


def test_figures_of_two_places_in_one_unit_make_a_table(services: Services) -> None:
    table = _table(services, "han-huaihai-078", "han-huaihai-079")
    assert table is not None
    rows = {row.place: row for row in table.rows}
    assert rows["Xuzhou 徐州"].value == "675.523 billion yuan"
    assert rows["Xuzhou 徐州"].year == "2018"
    assert "para " in rows["Jining 济宁"].citation


def test_figures_of_one_place_make_none(services: Services) -> None:
    assert _table(services, "han-huaihai-078") is None


def test_figures_in_different_units_make_none(services: Services) -> None:
    assert _table(services, "han-huaihai-078", "zhejiang-integration-029") is None


def test_periods_in_years_are_not_compared(services: Services) -> None:
    assert _table(services, "cao-layout-027", "han-huaihai-058") is None


def test_a_table_states_nothing_that_the_shown_facts_do_not(services: Services, ask: Asker) -> None:
    tables = 0
    for topic in services.base.seeds.topics:
        for number in range(1, 5):
            answer = ask(topic.name, "/yrd-topic", number)
            cited = {citing.cited(line.fact.citations) for line in answer.lines}
            if answer.table is not None:
                tables += 1
                assert {row.citation for row in answer.table.rows} <= cited
                assert len({row.place for row in answer.table.rows}) > 1
    assert tables > 0


def test_a_topic_shows_its_comparable_figures_on_one_page_and_every_fact_once(services: Services) -> None:
    facts = services.base.on("economic-indicators")
    ordered = figures.gathered(services, facts)
    assert sorted(f.id for f in ordered) == sorted(f.id for f in facts)
    assert ordered[0] == facts[0]
    at = [f.id for f in ordered].index
    assert abs(at("han-huaihai-078") - at("han-huaihai-079")) < 5


def test_one_figure_stated_twice_is_no_comparison(services: Services) -> None:
    assert _table(services, "han-huaihai-027", "han-huaihai-028") is None
