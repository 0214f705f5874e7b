"""Kinds of ties on a map: a word for one means that kind wherever it stands, in English and in Chinese."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.answer import Picture
from handlers.paging import Earlier
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge.vocabulary import Arrangement
from tests.conftest import Asker

_NOW = datetime(2026, 3, 2, tzinfo=UTC)


def _drawn(ask: Asker, text: str) -> Picture:
    picture = ask(text).picture
    assert picture is not None, text
    return picture


@pytest.mark.parametrize(
    "texts",
    [
        ("map corridors", "map only corridors", "map just the corridors", "地图 走廊", "走廊地图"),
        ("map alliances", "map only alliances", "map the alliances", "地图 联盟"),
        ("map twins", "map twinning", "map twin cities", "map sister cities", "map only sister cities", "结对地图"),
        ("map parks", "map joint parks", "map pakrs", "园区地图", "只看园区 地图"),
        ("map metropolitan areas", "map only metro areas", "地图 都市圈"),
        ("map integration", "map only integration", "地图 一体化"),
        ("map Shanghai alliances", "map alliances in Shanghai", "map alliances Shanghai", "map only alliances, Shanghai",
         "上海的联盟地图"),
        ("map parks Zhejiang", "map Zhejiang parks", "地图 浙江 园区", "浙江的园区地图", "浙江 只看园区 地图"),
        ("map twinnings and parks", "map only twinnings and parks", "map twinnings, parks", "地图 结对和园区"),
        ("map parks and alliances", "map only parks and alliances", "map the parks & the alliances"),
        ("map without parks", "map all but parks", "map no parks", "map everything except the parks", "地图 不含园区"),
        ("map Shanghai without parks", "map Shanghai, no parks", "地图 上海 不含园区"),
    ],
)  # fmt: skip
def test_a_word_for_a_kind_means_the_kind_wherever_it_stands(ask: Asker, texts: tuple[str, ...]) -> None:
    first, *others = (_drawn(ask, text) for text in texts)
    assert first.ties
    assert all(other.ties == first.ties for other in others)


def test_several_kinds_are_drawn_together(ask: Asker) -> None:
    picture = _drawn(ask, "map twinnings and parks")
    apart = {tie.pairing.slug for text in ("map twinnings", "map parks") for tie in _drawn(ask, text).ties}
    assert {tie.pairing.slug for tie in picture.ties} == apart


def test_a_kind_that_is_left_out_is_all_that_is_left_out(ask: Asker) -> None:
    whole, picture = _drawn(ask, "map"), _drawn(ask, "map without parks")
    assert picture.title == "All ties but joint parks"
    assert {tie.pairing.slug for tie in picture.ties} == {
        tie.pairing.slug for tie in whole.ties if tie.pairing.arrangement is not Arrangement.PARK
    }


def test_what_is_doubtful_of_a_kind_may_be_asked_for_before_it(ask: Asker) -> None:
    assert any(tie.doubted for tie in _drawn(ask, "map doubtful corridors").ties)


def test_of_several_places_what_each_has_of_the_kind_is_drawn(ask: Asker) -> None:
    picture = _drawn(ask, "map Hefei and Shanghai parks")
    assert {tie.pairing.slug for tie in picture.ties} == {
        tie.pairing.slug for tie in _drawn(ask, "map Shanghai parks").ties
    }


def test_the_mechanism_that_has_the_name_of_a_kind_is_a_button(ask: Asker) -> None:
    (button,) = [choice for choice in ask("map twin cities").choices if choice.target]
    assert button.label == "Map of all facts on Twinning cooperation"
    answer = ask(button.text, button.command, verb=button.verb, target=button.target)
    assert answer.picture is not None
    assert answer.picture.title == "Twinning cooperation"


def test_a_slip_in_a_word_for_a_kind_is_told(ask: Asker) -> None:
    assert ask("map pakrs").notes == ("Read as “parks”.",)


@pytest.mark.parametrize("text", ["map Hefei metropolitan area", "map Suzhou Industrial Park"])
def test_a_name_that_ends_with_a_word_for_a_kind_is_that_name(ask: Asker, text: str) -> None:
    assert "only" not in _drawn(ask, text).key


@pytest.mark.parametrize(
    ("before", "said", "same_as"),
    [
        ("map Shanghai", "only twinnings", "map Shanghai, only twinnings"),
        ("map Shanghai", "and now without parks", "map Shanghai without parks"),
        ("map Shanghai, only parks", "only alliances", "map Shanghai, only alliances"),
        ("map", "just the parks", "map parks"),
        ("地图 上海", "只看园区", "map Shanghai parks"),
        ("map Hangzhou, doubtful", "without doubtful", "map Hangzhou"),
        ("map Hangzhou, doubtful", "hide the doubtful ones", "map Hangzhou"),
        ("地图 杭州 存疑", "不要存疑的", "map Hangzhou"),
        ("map Hangzhou", "and the doubtful ones", "map Hangzhou doubtful"),
        ("map Shanghai, doubtful", "only twinnings", "map Shanghai, only twinnings, doubtful"),
        ("map Hangzhou", "only doubtful", "map Hangzhou, only doubtful"),
        ("map Hangzhou", "the doubtful ones alone", "map Hangzhou, only doubtful"),
        ("地图 杭州", "只看存疑的", "map Hangzhou, only doubtful"),
        ("map Hangzhou", "bigger", "map Hangzhou"),
        ("map Hangzhou", "Can I have a bigger one?", "map Hangzhou"),
        ("map Hangzhou, only parks", "a bigger map please", "map Hangzhou, only parks"),
        ("地图 杭州", "大一点", "map Hangzhou"),
        ("map", "in Zhejiang", "map Zhejiang"),
        ("map", "only Zhejiang", "map Zhejiang"),
        ("map", "only those in Zhejiang", "map Zhejiang"),
        ("map only parks", "Zhejiang only", "map Zhejiang, only parks"),
        ("map Shanghai", "just Zhejiang", "map Zhejiang"),
        ("map", "in Hangzhou and Ningbo", "map Hangzhou and Ningbo"),
        ("地图", "只看浙江", "map Zhejiang"),
        ("地图", "浙江省内", "map Zhejiang"),
        ("map parks", "in Anhui", "map Anhui, only parks"),
        ("map ports", "only Ningbo", "map ports and Ningbo"),
    ],
)
def test_a_kind_right_after_a_map_draws_that_map_again(
    services: Services, ask: Asker, before: str, said: str, same_as: str
) -> None:
    answer = reply(services, Request(said, _NOW, earlier=Earlier(before)))
    assert answer.picture is not None
    assert answer.picture.ties == _drawn(ask, same_as).ties
    assert answer.follows is not None
    again = reply(services, Request("only parks", _NOW, earlier=answer.follows))
    assert again.picture is not None
    assert {tie.pairing.arrangement for tie in again.picture.ties} <= {Arrangement.PARK}


@pytest.mark.parametrize("text", ["bigger", "a larger one", "放大"])
def test_who_wants_the_map_before_it_larger_is_told_where_it_is(services: Services, text: str) -> None:
    answer = reply(services, Request(text, _NOW, earlier=Earlier("map Hangzhou")))
    assert answer.picture is not None
    assert answer.picture.key == "hangzhou"
    assert "Open the picture to see it in full size." in answer.notes


def test_what_is_doubtful_is_drawn_alone(ask: Asker) -> None:
    picture = _drawn(ask, "map Hangzhou, only doubtful")
    assert picture.ties
    assert all(tie.doubted for tie in picture.ties)
    assert picture.title.endswith("Doubtful ties")


def test_where_nothing_is_doubtful_all_is_drawn_and_that_told(ask: Asker) -> None:
    answer = ask("map Huainan, only doubtful")
    assert answer.picture == _drawn(ask, "map Huainan")
    assert "None of the ties here is doubtful." in answer.notes


@pytest.mark.parametrize(
    "text",
    ["in which year was the port of Ningbo built?", "What is the largest port in Zhejiang?", "only in 2019?"],
)
def test_a_question_after_a_map_draws_none(services: Services, text: str) -> None:
    assert reply(services, Request(text, _NOW, earlier=Earlier("map"))).picture is None
