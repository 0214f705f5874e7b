"""Figures of several places stand side by side, each with unit, year and citation."""

from __future__ import annotations

from tests.conftest import Asker


def test_figures_of_two_places_in_one_unit_make_a_table(ask: Asker) -> None:
    table = ask("GDP of Xuzhou and Jining").table
    assert table is not None
    rows = {row.place: row for row in table.rows}
    assert rows["Xuzhou 徐州"].value == "675.523 billion yuan"
    assert rows["Xuzhou 徐州"].year == "2018"
    assert "para " in rows["Jining 济宁"].citation


def test_a_table_states_nothing_that_the_shown_facts_do_not(ask: Asker) -> None:
    answer = ask("GDP of Xuzhou and Jining")
    assert answer.table is not None
    cited = {citation.label for line in answer.lines for citation in line.fact.citations}
    assert {row.citation for row in answer.table.rows} <= cited


def test_figures_of_one_place_make_none(ask: Asker) -> None:
    assert (
        ask("What was the GDP of Xuzhou in 2018?").table is None
        or len(
            {row.place for row in ask("What was the GDP of Xuzhou in 2018?").table.rows}  # type: ignore[union-attr]
        )
        > 1
    )


def test_periods_in_years_are_not_compared(ask: Asker) -> None:
    assert all(
        "years" not in row.value
        for page in range(1, 8)
        if (t := ask("planning", "/yrd-topic", page).table)
        for row in t.rows
    )
