"""Figures side by side: Slack's own table, the same rows in plain words; and the Map button."""

from __future__ import annotations

import json
from typing import Any

from bot.local_slack.blockkit.blocks import check_message_blocks
from bot.render.button_value import ButtonValue
from handlers.answer import FigureRow, FigureTable
from handlers.target import Target
from tests.conftest import Asker
from tests.render.answers import answer, blocks, plain

ROWS = (
    FigureRow("Xuzhou 徐州", "GDP of Xuzhou", "675.523 billion yuan", "2018", "Han, undated, 3.1, para 30"),
    FigureRow("Jining 济宁", "GDP of Jining", "493 billion yuan", "not stated", "Han, undated, 3.1, para 30"),
)


def test_figures_are_one_table_that_slack_takes() -> None:
    shown = blocks(answer(table=FigureTable(ROWS)), ButtonValue())
    check_message_blocks(shown)
    (table,) = [block for block in shown if block["type"] == "table"]
    cells = [[cell["text"] for cell in row] for row in table["rows"]]
    assert cells[0] == ["Place", "Figure", "Value", "Year", "Source"]
    assert cells[1][:3] == ["Xuzhou 徐州", "GDP of Xuzhou", "675.523 billion yuan"]


def test_the_fallback_has_every_row_with_unit_year_and_citation() -> None:
    text = plain(answer(table=FigureTable(ROWS)))
    assert "Xuzhou 徐州: 675.523 billion yuan, GDP of Xuzhou (2018; Han, undated, 3.1, para 30)" in text
    assert "(not stated; Han" in text


def test_a_table_of_hostile_words_stays_within_the_limits() -> None:
    rows = (FigureRow("<!channel> " * 50, "x" * 900, "", "", "<@U1>"),) * 10
    shown = blocks(answer(5, table=FigureTable(rows)), ButtonValue())
    check_message_blocks(shown)
    assert "<!channel>" not in json.dumps(shown)


def test_only_an_answer_with_a_map_has_the_button() -> None:
    def labels(**fields: Any) -> list[str]:
        shown = blocks(answer(**fields), ButtonValue(text="Ningbo"))
        return [e["text"]["text"] for block in shown if block["type"] == "actions" for e in block["elements"]]

    assert "Map" in labels(map=Target(id="ningbo"))
    assert "Map" not in labels()


def test_a_page_tells_in_a_table_alone_what_the_table_tells(ask: Asker) -> None:
    text = plain(ask("compare Xuzhou and Jining"))
    assert text.count("675.523 billion yuan") == 1
    assert text.count("493 billion yuan") == 1
