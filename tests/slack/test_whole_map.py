"""The map on every Home tab is worked out once for each base, and its bytes are drawn only for whoever sends them."""

from __future__ import annotations

from pathlib import Path

from bot.map.cache import Map, MapCache
from bot.slack.whole_map import WholeMap
from handlers.answer import Picture
from handlers.services import Services
from knowledge.base import FactBase
from tests.slack.stage import base as empty_base


def test_the_map_is_worked_out_once_for_each_base_and_team(services: Services, tmp_path: Path) -> None:
    asked: list[Picture] = []

    def draw(picture: Picture) -> Map:
        asked.append(picture)
        return MapCache(tmp_path)(picture)

    whole = WholeMap()
    first = whole.of("T1", services, draw)
    assert first is not None
    assert first.name == "map-delta.png"
    assert whole.of("T1", services, draw) is first
    assert len(asked) == 1
    # Home has little room for it.
    assert asked[0].is_small
    # Nothing was drawn for it: nobody sends it yet.
    assert not any(tmp_path.rglob("*.png"))

    changed = Services(FactBase(services.base.seeds, "another"))
    other = whole.of("T1", changed, draw)
    assert other is not None
    assert other.key != first.key
    second = whole.of("T2", services, draw)
    assert second is not None
    assert second.key == first.key
    assert len(asked) == 3


def test_an_empty_base_has_none_and_without_a_drawer_there_is_none(
    services: Services, tmp_path: Path
) -> None:
    assert WholeMap().of("T1", Services(empty_base()), MapCache(tmp_path)) is None
    assert WholeMap().of("T1", services, None) is None
