"""What follows on a map is said of that map: places, topics, kinds of ties and what is doubtful, in and out, on top of what it was of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.answer import Answer, Picture
from handlers.lookups.maps import things
from handlers.lookups.maps.changing import wanted
from handlers.lookups.maps.following import NOT_READ
from handlers.lookups.maps.wanted import written
from handlers.paging import Earlier
from handlers.records.kind_of import spelt
from handlers.reply import reply
from handlers.request import Request
from handlers.route import redraws
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.vocabulary import Arrangement
from tests.conftest import Asker

_NOW = datetime(2026, 3, 2, tzinfo=UTC)


class Talk:
    """What is typed one after the other, remembered as every adapter does."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.earlier: Earlier | None = None
        self.context: tuple[str, ...] = ()

    def say(self, *texts: str) -> Answer:
        for text in texts:
            request = Request(text, _NOW, earlier=self.earlier, context=self.context)
            answer = reply(self.services, request)
            if answer.follows or answer.context or answer.picture:
                self.earlier = answer.follows or Earlier(text, answer.page)
                self.context = answer.context or self.context
        return answer

    def draw(self, *texts: str) -> Picture:
        picture = self.say(*texts).picture
        assert picture is not None, texts
        return picture


@pytest.fixture
def talk(services: Services) -> Talk:
    return Talk(services)


def places(picture: Picture) -> set[str]:
    return {place.slug for tie in picture.ties for place in tie.places}


@pytest.mark.parametrize(
    "text",
    [
        "without Shanghai",
        "no Shanghai please",
        "drop Shanghai",
        "remove Shanghai",
        "take Shanghai out",
        "leave Shanghai out, please",
        "everything but Shanghai",
        "don’t show Shanghai",
        "the same without Shanghai",
        "can you remove Shanghai from the map?",
        "without shangai",
        "不要上海",
        "去掉上海",
        "上海不要了",
        "把上海去掉",
        "请把上海从地图上去掉",
        "除了上海都要",
        "不看上海",
        "把上海刪掉",
    ],
)
def test_a_place_is_left_out(text: str, talk: Talk) -> None:
    whole = talk.draw("map")
    base = talk.services.base
    there = base.within(next(place for place in base.seeds.places if place.slug == "shanghai"))
    picture = talk.draw(text)
    assert picture.ties
    assert {tie.pairing.slug for tie in picture.ties} == {
        tie.pairing.slug for tie in whole.ties if there.isdisjoint(tie.pairing.members)
    }
    told = (*picture.ties, *picture.undrawn, *picture.doubtful)
    assert all(there.isdisjoint(tie.pairing.members) for tie in told)
    assert there.isdisjoint(spot.place.slug for spot in picture.spots)


@pytest.mark.parametrize(
    ("before", "text", "same_as"),
    [
        ("map", "only ports", "map ports"),
        ("map", "show only ports", "map ports"),
        ("map", "focus on ports", "map ports"),
        ("map", "just Zhejiang please", "map Zhejiang"),
        ("map", "zoom in on Zhejiang", "map Zhejiang"),
        ("map", "in Zhejiang without doubtful", "map Zhejiang"),
        ("map", "only parks in Zhejiang", "map Zhejiang, only parks"),
        ("map", "only between Hangzhou and Huainan", "map Hangzhou and Huainan"),
        ("map", "parks only, no doubtful ones", "map only parks"),
        ("map", "only twinnings in Anhui, with the doubtful ones", "map Anhui, only twinnings, doubtful"),
        ("map Hangzhou", "include the doubtful ones", "map Hangzhou, doubtful"),
        ("map Hangzhou", "the doubtful ones too", "map Hangzhou, doubtful"),
        ("map Hangzhou", "Ningbo instead", "map Ningbo"),
        ("map Hangzhou, only parks", "add twinnings", "map Hangzhou, only parks and twinnings"),
        ("map Hangzhou, only parks", "all kinds of ties", "map Hangzhou"),
        ("map Shanghai, only parks", "back to the whole map", "map"),
        ("map ports", "add talent", "map ports and talent"),
        ("地图", "只看港口", "map ports"),
        ("地图 杭州", "加上存疑的", "map Hangzhou, doubtful"),
        ("地图", "只看浙江，不要存疑的", "map Zhejiang"),
        ("地图", "只看浙江的园区", "map Zhejiang, only parks"),
        ("地图 杭州", "那宁波呢？", "map Ningbo"),
        ("地圖 杭州", "存疑的也畫上", "map Hangzhou, doubtful"),
        ("地图 上海，只看园区", "全部", "map"),
    ],
)
def test_a_map_is_narrowed_and_widened(before: str, text: str, same_as: str, ask: Asker, talk: Talk) -> None:
    picture, other = talk.draw(before, text), ask(same_as).picture
    assert other is not None
    assert picture.ties == other.ties


@pytest.mark.parametrize("text", ["also Ningbo", "add Ningbo", "with Ningbo too", "加上宁波", "把宁波也加上"])
def test_a_place_that_is_added_brings_all_that_ties_it(text: str, ask: Asker, talk: Talk) -> None:
    picture = talk.draw("map Hangzhou", text)
    alone = [ask(f"map {name}").picture for name in ("Hangzhou", "Ningbo")]
    ties = {tie.pairing.slug for one in alone if one for tie in one.ties}
    assert {tie.pairing.slug for tie in picture.ties} == ties
    assert picture.title == "Hangzhou + Ningbo"
    assert {spot.place.slug for spot in picture.spots if spot.asked} == {"hangzhou", "ningbo"}


def test_each_word_is_applied_on_top_of_what_the_map_was_of(talk: Talk) -> None:
    talk.say(
        "map", "in Zhejiang", "with the doubtful ones", "without Ningbo", "only parks and twinnings", "bigger"
    )
    picture = talk.draw("also Anhui")
    assert talk.earlier == Earlier(
        "map Zhejiang, also Anhui, without Ningbo, only twinnings and joint parks, with doubtful"
    )
    assert {tie.pairing.arrangement for tie in picture.ties} <= {
        Arrangement.PARK, Arrangement.TWINNING, Arrangement.FRIENDSHIP, Arrangement.COUNTERPART_COOPERATION
    }  # fmt: skip
    assert "ningbo" not in places(picture)
    assert any(place.province == "anhui" for tie in picture.ties for place in tie.places)
    back = talk.draw("put Ningbo back", "all kinds")
    assert talk.earlier == Earlier("map Zhejiang, also Anhui, with doubtful")
    assert "ningbo" in places(back)


@pytest.mark.parametrize(
    ("question", "word", "then", "key"),
    [
        ("Hangzhou", "map", "bigger", "hangzhou"),
        ("Hangzhou", "show it on a map", "with doubtful", "hangzhou+doubtful"),
        ("What is Nanjing twinned with?", "map", "with the doubtful ones", "nanjing+doubtful"),
        ("杭州", "地图", "放大", "hangzhou"),
        ("杭州", "地图", "只看浙江", "zhejiang"),
    ],
)
def test_a_map_that_followed_on_an_answer_is_changed_too(
    question: str, word: str, then: str, key: str, talk: Talk
) -> None:
    assert talk.draw(question, word, then).key == key
    assert talk.draw("only parks" if word.isascii() else "只看园区").key.startswith(key.split("+")[0])


def test_headline_list_and_picture_agree_on_what_is_left_out(talk: Talk) -> None:
    answer = talk.say("map", "without Shanghai")
    assert answer.picture is not None
    assert answer.headline.startswith("Map of Yangtze River Delta – without Shanghai: ")
    assert answer.notes[0] == f"Left out: {answer.picture.left_out} ties of Shanghai."
    drawn = sum(len(section.entries) for section in answer.sections if section.title.endswith("drawn"))
    assert drawn == len(answer.picture.ties)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("map", "drop Tokyo"),
        ("map", "only nonsense"),
        ("map", "add Shanghai"),
        ("map Hangzhou", "without Hangzhou"),
        ("map Hangzhou, only parks", "without parks"),
        ("地图", "只看东京"),
    ],
)
def test_what_cannot_be_done_changes_nothing_and_says_what_can_be_said(
    before: str, text: str, talk: Talk
) -> None:
    talk.say(before)
    was = talk.earlier
    answer = talk.say(text)
    assert (answer.outcome, answer.picture) == ("refused", None)
    assert "without Shanghai" in answer.notes[0]
    assert talk.earlier == was


def test_a_name_that_several_share_is_asked_about(ask: Asker, talk: Talk) -> None:
    answer = talk.say("map only twinnings", "without Suzhou")
    assert answer.outcome == "ambiguous"
    anhui = next(choice for choice in answer.choices if choice.label == "Suzhou (Anhui)")
    picture = ask(anhui.text, anhui.command, verb=anhui.verb).picture
    assert picture is not None
    assert "suzhou-anhui" not in places(picture)
    assert picture.key == "delta+only-twinnings+without-suzhou-anhui"


@pytest.mark.parametrize(
    "text",
    [
        "thanks",
        "What is the GDP of Xuzhou?",
        "who works with Shanghai?",
        "Shanghai",
        "drop the ports digest",
        "map Ningbo",
        "How do Ningbo and Shanghai cooperate on ports?",
        "那个项目是什么时候开始的？",
    ],
)
def test_what_is_said_of_something_else_is_no_change(text: str, services: Services) -> None:
    assert not redraws(services, Request(text, _NOW, earlier=Earlier("map Hangzhou")))


def test_a_question_after_a_map_follows_on_what_it_is_of(talk: Talk) -> None:
    assert "Asked: Since when? (Hangzhou)" in talk.say("map Hangzhou", "since when?").read


def test_after_the_map_of_an_answer_one_goes_on_with_the_question(talk: Talk) -> None:
    read = talk.say("What is Nanjing twinned with?", "map", "and Minhang?").read
    assert "Asked: What is Minhang twinned with?" in read


@pytest.mark.parametrize(
    "text",
    [
        "Hangzhou, also Ningbo and Wenzhou, without Shanghai and ports, only joint parks, with doubtful",
        "without Shanghai",
        "ports, talent, only doubtful",
        "without twinnings",
    ],
)
def test_what_is_remembered_of_a_map_is_read_again_as_the_same(base: FactBase, text: str) -> None:
    read = wanted(base, text)
    assert written(read) == text
    in_chinese = written(read, in_chinese=True)
    again = wanted(base, in_chinese)
    assert (again.also, again.without, again.kinds) == (read.also, read.without, read.kinds), in_chinese
    assert (again.doubtful, again.only_doubtful) == (read.doubtful, read.only_doubtful)


def test_every_name_of_what_a_map_shows_is_read_as_that_alone(base: FactBase) -> None:
    seeds = base.seeds
    for record in (*seeds.places, *seeds.pairings, *seeds.mechanisms, *seeds.topics):
        named = things.things(base, spelt(base, record))
        assert named is not None, record.name
        assert named.kinds is not None or [record] == [*things.records(base, named.names[0])][:1], record.name


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (("map", "without Shanghai", "bigger"), "delta+without-shanghai"),
        (("map", "bigger, only ports, without Ningbo"), "ports+without-ningbo"),
        (("map", "bigger please, and drop Ningbo"), "delta+without-ningbo"),
        (("map Zhejiang without Ningbo larger",), "zhejiang+without-ningbo"),
        (("地图", "不要上海，放大"), "delta+without-shanghai"),
        (("地图", "放大，不要上海"), "delta+without-shanghai"),
        (("地圖", "不要上海", "放大"), "delta+without-shanghai"),
    ],
)
def test_a_larger_picture_leaves_out_what_was_left_out(talk: Talk, texts: tuple[str, ...], key: str) -> None:
    answer = talk.say(*texts)
    assert answer.picture is not None
    assert answer.picture.key == key
    assert "Open the picture to see it in full size." in answer.notes


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (("map Hangzhou", "Ningbo instead of Hangzhou"), "ningbo"),
        (("map Hangzhou", "replace Hangzhou with Ningbo"), "ningbo"),
        (("map Hangzhou", "swap Hangzhou for Ningbo please"), "ningbo"),
        (("地图 杭州", "把杭州换成宁波"), "ningbo"),
        (("地图 杭州", "用宁波代替杭州"), "ningbo"),
        (("map only parks", "twinnings instead of parks"), "delta+only-twinnings"),
    ],
)
def test_a_name_comes_in_the_place_of_another(talk: Talk, texts: tuple[str, ...], key: str) -> None:
    assert talk.draw(*texts).key == key


def test_what_the_map_is_not_of_cannot_be_replaced(talk: Talk) -> None:
    answer = talk.say("map Hangzhou", "Ningbo instead of Shanghai")
    assert answer.picture is None
    assert "so it stays as it is" in answer.headline


@pytest.mark.parametrize(
    "text", ["don't leave out Shanghai", "don’t drop Shanghai", "别去掉上海", "不要删掉上海"]
)
def test_not_to_leave_out_is_to_put_in(talk: Talk, text: str) -> None:
    assert talk.say("map", text).headline == "That is on the map already."
    assert "shanghai" in places(talk.draw("map", "without Shanghai", text))


@pytest.mark.parametrize(
    ("text", "name"), [("add Xuzhou", "Xuzhou"), ("also Quzhou", "Quzhou"), ("加上徐州", "Xuzhou")]
)
def test_what_no_tie_is_drawn_of_is_not_said_to_be_on_the_map(talk: Talk, text: str, name: str) -> None:
    answer = talk.say("map", text)
    assert answer.headline == f"{name} has no tie that this map draws, so it stays as it is."
    assert [choice.label for choice in answer.choices] == [f"Map of {name}"]


@pytest.mark.parametrize("text", ["no doubtful ones", "do not include the doubtful ones", "不要存疑的"])
def test_where_nothing_doubtful_is_drawn_it_is_said(talk: Talk, text: str) -> None:
    assert talk.say("map", text).headline == "No doubtful ties are drawn on it, so it stays as it is."
    assert "drawn" in talk.say("map", "with the doubtful ones", text).headline


@pytest.mark.parametrize("said", ["add Tokyo", "add Xyzabc", "add Paris, Lyon"])
def test_a_name_that_no_map_shows_is_not_taken_for_a_fact_to_propose(talk: Talk, said: str) -> None:
    assert str(talk.say("map Hangzhou", said).headline) == str(NOT_READ)
    assert str(talk.say("map Hangzhou", "add Ningbo has a port of its own").headline) != str(NOT_READ)
    assert str(talk.say("Hangzhou", said).headline) != str(NOT_READ)
