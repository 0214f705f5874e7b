"""Maps over Home: what is typed into its box next may say which ties are to be on the map that a button drew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.map.cache import MapCache
from tests.slack.curation_stage import CurationStage, team
from tests.slack.home.test_ask_box import asked, pressed, told

__all__ = ["team"]


@pytest.fixture
def mapped(team: CurationStage, tmp_path: Path) -> CurationStage:
    """A team whose bot draws maps."""
    team.restart(maps=MapCache(tmp_path / "maps"))
    return team


def test_the_map_of_a_button_is_narrowed(mapped: CurationStage) -> None:
    asked(mapped, "Hangzhou")
    pressed(mapped, "Map")
    mapped.slack.driver.close_view("alice")
    mapped.slack.driver.click_home("alice", "home_ask", chosen="only twinnings")
    mapped.settle()
    assert "Map of Hangzhou – Twinnings" in told(mapped)


def test_so_is_that_of_the_whole_delta(mapped: CurationStage) -> None:
    mapped.slack.driver.open_home("alice")
    mapped.settle()
    mapped.slack.driver.click_home("alice", "choice:96")
    mapped.settle()
    assert "Map of the Yangtze River Delta" in told(mapped)
    mapped.slack.driver.close_view("alice")
    mapped.slack.driver.click_home("alice", "home_ask", chosen="only parks")
    mapped.settle()
    assert "parks" in told(mapped).lower()
    assert '"type": "image"' in told(mapped)


def test_what_looks_further_into_a_long_answer_stands_under_its_first_words(mapped: CurationStage) -> None:
    asked(mapped, "Hangzhou")
    blocks = json.loads(told(mapped))["blocks"]
    labels = [element["text"]["text"] for element in blocks[2]["elements"]]
    assert {"More", "Copy with citation", "Map"} <= set(labels)
    pressed(mapped, "Copy with citation")
    opened = json.loads(told(mapped))["blocks"]
    assert opened[2]["type"] == "actions"
    assert "Copy with citation" in json.dumps(opened[3])


def test_a_short_answer_is_read_before_its_buttons(mapped: CurationStage) -> None:
    asked(mapped, "Which district is twinned with Huainan?")
    blocks = json.loads(told(mapped))["blocks"]
    assert [block["type"] for block in blocks].index("actions") > 3
