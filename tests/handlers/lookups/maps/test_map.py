"""`map`: what it draws, what it tells in words, and when the word is taken for a question."""

from __future__ import annotations

import pytest

from handlers.answer import Tie
from handlers.lookups.maps import command as map_word
from handlers.lookups.maps.selection import is_on_map
from handlers.services import Services
from knowledge.model import Pairing, Place
from knowledge.vocabulary import AS_TWINS, Arrangement
from tests.conftest import Asker


def test_a_place_is_drawn_with_its_pairings_and_their_citations(ask: Asker) -> None:
    answer = ask("map Huainan")
    assert answer.outcome == "answer"
    assert answer.picture is not None
    assert [tie.pairing.slug for tie in answer.picture.ties] == ["minhang-huainan"]
    assert [spot.place.slug for spot in answer.picture.spots if spot.asked] == ["huainan"]
    assert all(tie.fact.citations for tie in answer.picture.ties)
    (drawn,) = answer.sections
    assert drawn.entries == ("Minhang-Huainan twinning (Xu et al. 2024, 4.1.1, paras 31-32)",)


def test_without_text_all_of_the_delta_is_drawn_but_ties_of_whole_provinces(ask: Asker) -> None:
    picture = ask("map").picture
    assert picture is not None
    assert picture.title == ""
    assert len(picture.ties) > 15
    assert all(tie.pairing.delta for tie in picture.ties)
    assert "yrd-three-provinces-one-city" in {tie.pairing.slug for tie in picture.undrawn}


def test_a_province_is_drawn_with_the_pairings_of_its_cities(ask: Asker) -> None:
    picture = ask("map Anhui").picture
    assert picture is not None
    assert "minhang-huainan" in {tie.pairing.slug for tie in picture.ties}


def test_two_places_are_drawn_with_what_ties_them(ask: Asker) -> None:
    picture = ask("map Minhang / Huainan").picture
    assert picture is not None
    assert {tie.pairing.slug for tie in picture.ties} == {"minhang-huainan"}


def test_a_topic_counts_its_facts_at_each_place(ask: Asker) -> None:
    picture = ask("map ports").picture
    assert picture is not None
    counts = {spot.place.slug: len(spot.facts) for spot in picture.spots}
    assert counts["shanghai"] > 1
    assert "port equity" in {tie.pairing.arrangement for tie in picture.ties}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("map of Ningbo", "answer"),
        ("map 宁波", "answer"),
        ("map hangzou", "answer"),
        ("map Suzhou", "ambiguous"),
        ("map Chengdu", "unknown"),
        ("map of the best restaurants in Hefei", "unknown"),
    ],
)
def test_a_name_is_drawn_and_the_rest_is_a_question(ask: Asker, text: str, outcome: str) -> None:
    answer = ask(text)
    assert answer.outcome == outcome
    assert (answer.picture is not None) is (outcome == "answer")


def test_choosing_a_namesake_asks_for_its_map(ask: Asker) -> None:
    choices = ask("map Suzhou").choices
    assert [choice.label for choice in choices] == ["Suzhou (Jiangsu)", "Suzhou (Anhui)"]
    for choice in choices:
        assert ask(choice.text, choice.command, verb=choice.verb, target=choice.target).picture is not None


@pytest.mark.parametrize(
    "text",
    [
        "Ningbo",
        "Minhang and Huainan",
        "What is Minhang twinned with?",
        "宁波",
        # The word for the tie is the name of a mechanism too.
        "淮南和哪个区结对？",
        "杭州和哪些城市结对？",
        "How do Ningbo and Shanghai cooperate on ports?",
    ],
)
def test_an_answer_about_places_of_the_map_has_a_map(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.map is not None
    assert ask("", "map", verb="", target=answer.map).picture is not None


@pytest.mark.parametrize(
    "text", ["enclave economy", "ports", "Chengdu", "help", "Xiamen University", "weather"]
)
def test_an_answer_about_other_things_has_none(ask: Asker, text: str) -> None:
    assert ask(text).map is None


def test_every_map_button_can_be_drawn(services: Services, ask: Asker) -> None:
    for place in services.base.seeds.places:
        if is_on_map(place):
            assert map_word.is_drawable(services, place.name), place.name
    for pairing in services.base.seeds.pairings:
        assert map_word.is_drawable(services, pairing.name), pairing.name


def test_every_delta_pairing_with_facts_is_drawn_or_told_as_undrawn(services: Services, ask: Asker) -> None:
    picture = ask("map").picture
    assert picture is not None
    told = {tie.pairing.slug for tie in (*picture.ties, *picture.undrawn, *picture.doubtful)}
    assert told == {p.slug for p in services.base.seeds.pairings if p.delta and services.base.about(p.slug)}


def test_a_ring_needs_one_place_and_every_other_tie_two(ask: Asker) -> None:
    picture = ask("map").picture
    assert picture is not None
    for tie in picture.ties:
        assert isinstance(tie.pairing, Pairing)
        assert all(isinstance(place, Place) and place.latitude for place in tie.places)
        assert len(tie.places) >= (1 if tie.pairing.arrangement is Arrangement.METROPOLITAN_AREA else 2)


def test_a_map_tells_the_closest_ties_first_and_those_that_are_doubted_last(ask: Asker) -> None:
    drawn, grey = ask("map Hangzhou, doubtful too").sections
    assert drawn.entries[0].startswith("Hangzhou-Suzhou (Anhui) twinning (")
    assert grey.title == "Drawn in grey: one of the places is probably not meant"
    assert (
        "Dalian-Hangzhou counterpart cooperation (Cao, undated, 2.2, para 14): Shanghai is probably meant, not"
        " Hangzhou" in grey.entries
    )


def test_what_a_caveat_doubts_is_left_out_told_and_drawn_by_a_button(ask: Asker) -> None:
    answer = ask("map Hangzhou")
    assert answer.picture is not None
    assert [tie.pairing.slug for tie in answer.picture.ties] == ["hangzhou-suzhou-anhui"]
    assert "dalian" not in {spot.place.slug for spot in answer.picture.spots}
    left = {tie.pairing.slug for tie in answer.picture.doubtful}
    assert {"dalian-hangzhou", "jiaxing-hangzhou-demonstration-zone"} <= left
    assert len(answer.sections[1].entries) == len(left)
    (more,) = answer.choices
    assert more.label == f"Draw the {len(left)} doubtful ones too"
    again = ask(more.text, more.command, verb=more.verb, target=more.target)
    assert again.picture is not None
    assert {tie.pairing.slug for tie in again.picture.ties if tie.doubted} == left
    assert not again.choices


def test_no_map_draws_a_doubted_place_unless_it_is_asked_for(ask: Asker, services: Services) -> None:
    records = [*services.base.seeds.places, *services.base.seeds.topics, *services.base.seeds.mechanisms]
    for text in ("", *(record.slug for record in records)):
        picture = ask(f"map {text}").picture
        for tie in picture.ties if picture else ():
            assert not tie.doubted, text
            assert not {place.slug for place in tie.places} & set(tie.pairing.doubts), text


def test_what_is_sure_of_a_tie_is_drawn_without_the_place_that_is_doubted(ask: Asker) -> None:
    (tie,) = (tie for tie in map_of(ask, "Nantong") if tie.pairing.slug.endswith("g40"))
    assert [place.slug for place in tie.places] == ["nantong", "taizhou-jiangsu", "yangzhou"]
    assert "drawn without Hangzhou, for which Shanghai is probably meant" in str(ask("map Nantong").sections)


def test_a_pairing_that_is_asked_for_by_name_is_drawn_however_doubtful(ask: Asker) -> None:
    (tie,) = map_of(ask, "Harbin-Ningbo counterpart cooperation")
    assert [place.slug for place in tie.doubted] == ["ningbo"]


@pytest.mark.parametrize(
    "text",
    [
        "Hangzhou doubtful",
        "Hangzhou, doubtful too",
        "Hangzhou with doubtful ties",
        "of Hangzhou and the doubtful ones",
        "杭州 存疑",
        "杭州，含存疑",
    ],
)
def test_what_is_doubtful_may_be_asked_for_in_words(ask: Asker, text: str) -> None:
    assert any(tie.doubted for tie in map_of(ask, text))


def test_what_lies_beyond_the_map_is_told_with_what_ties_it_there(ask: Asker) -> None:
    assert ask("map Shandong").headline == (
        "Map of what ties Shandong to the Yangtze River Delta: 2 places and 1 pairing drawn."
    )
    nothing = ask("map Liaoning")
    assert nothing.picture is None
    assert [choice.label for choice in nothing.choices] == [
        "Liaoning", "Draw the doubtful one", "Map of the whole delta"
    ]  # fmt: skip


def test_xuzhou_is_drawn_as_a_city_of_jiangsu(ask: Asker) -> None:
    picture = ask("map Xuzhou").picture
    assert picture is not None
    (spot,) = (spot for spot in picture.spots if spot.asked)
    assert spot.place.province == "jiangsu"
    assert is_on_map(spot.place)
    assert spot.place.slug in {place.slug for tie in picture.ties for place in tie.places}


def test_a_line_is_told_by_a_fact_that_says_who_is_tied(ask: Asker) -> None:
    picture = ask("map twinning").picture
    assert picture is not None
    facts = {tie.pairing.slug: tie.fact.id for tie in picture.ties}
    assert facts["nanjing-chuzhou"] == "xu-twinning-045"
    assert facts["hangzhou-suzhou-anhui"] == "xu-twinning-050"
    (tie,) = (tie for tie in map_of(ask, "G40") if tie.pairing.slug.endswith("g40"))
    assert len(set(tie.pairing.members) & set(tie.fact.subjects)) > 1


def map_of(ask: Asker, name: str) -> tuple[Tie, ...]:
    picture = ask(f"map {name}").picture
    return picture.ties if picture else ()


def test_what_is_not_drawn_is_told_by_why_with_its_source(ask: Asker) -> None:
    titles = [section.title for section in ask("map").sections]
    assert titles == [
        "Pairings drawn",
        "Metropolitan areas drawn",
        "Not drawn: one of the places is probably not meant",
        "Not drawn: ties of whole provinces",
        "Not drawn: fewer than two of the places are on the map",
    ]
    assert all(entry.count("(") for section in ask("map").sections for entry in section.entries)


def test_places_that_nothing_ties_are_drawn_alone_and_told_so(ask: Asker) -> None:
    answer = ask("map Hefei and Shanghai")
    assert answer.headline == "Map of Hefei – Shanghai: no pairing of them is recorded."
    assert answer.picture is not None
    assert not answer.picture.ties
    assert {spot.place.slug for spot in answer.picture.spots} == {"hefei", "shanghai"}


def test_two_places_whose_tie_is_doubted_are_offered_it(ask: Asker) -> None:
    answer = ask("map Hangzhou and Dalian")
    assert [choice.label for choice in answer.choices] == ["Draw the doubtful one too"]


@pytest.mark.parametrize(
    "text",
    [
        "map Yangtze River Delta",
        "map the delta",
        "map 长三角",
        "map all",
        "map everything",
        "map of the whole delta",
        "show me a map",
        "map 全部",
        "请给我画一幅长三角地图",
    ],
)
def test_a_map_of_all_may_be_asked_for_in_many_words(ask: Asker, text: str) -> None:
    whole, asked = ask("map").picture, ask(text).picture
    assert whole is not None
    assert asked is not None
    assert asked.ties == whole.ties


@pytest.mark.parametrize(
    "text",
    [
        "show me a map of Nanjing",
        "map Nanjing, please",
        "Nanjing map",
        "where is Nanjing on the map",
        "can you draw me a map of Nanjing?",
        "show Nanjing on a map",
        "draw Nanjing",
        "画一张南京的地图",
    ],
)
def test_a_sentence_that_asks_for_a_map_gets_the_map_of_what_it_names(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.picture is not None
    assert answer.picture.title == "Nanjing"


@pytest.mark.parametrize(
    "text",
    ["who called for maps of industries?", "map of the best parks in Hefei", "what does the map say"],
)
def test_a_question_about_maps_is_no_wish_for_one(ask: Asker, text: str) -> None:
    assert ask(text).picture is None


def test_a_map_of_something_unknown_is_told_to_be_of_nothing_held(ask: Asker) -> None:
    assert ask("show me a map of Atlantis").headline.startswith("Nothing on Atlantis.")


def test_the_map_of_a_fact_shows_the_places_and_pairings_it_is_about(services: Services, ask: Asker) -> None:
    pairing = next(
        pairing for pairing in services.base.seeds.pairings if not pairing.doubts and pairing.delta
    )
    fact = services.base.about(pairing.slug)[0]
    picture = ask(f"map {fact.id}").picture
    assert picture is not None
    assert pairing in [tie.pairing for tie in picture.ties]


def test_the_map_of_a_fact_that_there_is_not_names_the_nearest(ask: Asker) -> None:
    answer = ask("map xu-twinning-999")
    assert answer.picture is None
    assert answer.choices


def test_metropolitan_areas_are_counted_and_listed_apart_from_pairings(ask: Asker) -> None:
    answer = ask("map Nanjing")
    assert answer.headline == "Map of Nanjing: 2 places, 1 pairing and 1 metropolitan area drawn."
    assert [(section.title, len(section.entries)) for section in answer.sections] == [
        ("Pairings drawn", 1),
        ("Metropolitan areas drawn", 1),
    ]


@pytest.mark.parametrize(
    "text", ["map hangzhou ports", "map Ningbo ports", "map Shanghai and enclave economy"]
)
def test_a_place_and_a_topic_are_drawn_with_what_is_of_both_or_it_is_told_that_nothing_is(
    ask: Asker, services: Services, text: str
) -> None:
    answer = ask(text)
    assert answer.picture is not None
    (place,) = (record for slug in answer.context if isinstance(record := services.base.entity(slug), Place))
    here = services.base.within(place)
    assert all(not here.isdisjoint(tie.pairing.members) for tie in answer.picture.ties)
    assert answer.picture.title == place.name
    assert any(note.startswith(f"No pairing of {place.name} is recorded on ") for note in answer.notes)


@pytest.mark.parametrize("text", ["map enclave economy", "map G60"])
def test_what_has_no_map_leads_to_what_shows_it(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.picture is None
    page, whole = answer.choices
    assert ask(page.text, page.command).outcome == "answer"
    assert whole.label == "Map of the whole delta"


def test_two_places_of_a_name_are_a_choice_between_maps_and_nothing_else(ask: Asker) -> None:
    answer = ask("map Suzhou")
    assert answer.outcome == "ambiguous"
    assert answer.lines == ()
    assert [(choice.command, choice.verb) for choice in answer.choices] == [("map", ""), ("map", "")]


@pytest.mark.parametrize(
    ("text", "kinds", "of"),
    [
        ("map parks", {Arrangement.PARK}, "delta"),
        ("map only parks", {Arrangement.PARK}, "delta"),
        ("map just the joint parks", {Arrangement.PARK}, "delta"),
        ("only parks on the map", {Arrangement.PARK}, "delta"),
        ("map parks in Zhejiang", {Arrangement.PARK}, "zhejiang"),
        ("地图 浙江 园区", {Arrangement.PARK}, "zhejiang"),
        ("map twinnings", {Arrangement.TWINNING, Arrangement.FRIENDSHIP}, "delta"),
        ("map Anhui, only twinnings", {Arrangement.TWINNING}, "anhui"),
        ("map only alliances", {Arrangement.ALLIANCE}, "delta"),
    ],
)
def test_ties_of_one_kind_are_drawn_alone(ask: Asker, text: str, kinds: set[Arrangement], of: str) -> None:
    picture = ask(text).picture
    assert picture is not None
    assert {tie.pairing.arrangement for tie in picture.ties} == kinds
    assert picture.key.split("+")[0] == of


def test_the_button_for_what_is_doubtful_keeps_the_kind(ask: Asker) -> None:
    answer = ask("map twinnings")
    (more,) = [choice for choice in answer.choices if choice.id == "doubtful"]
    again = ask(f"map {more.text}").picture
    assert again is not None
    assert any(tie.doubted for tie in again.ties)
    assert {tie.pairing.arrangement for tie in again.ties} <= AS_TWINS


@pytest.mark.parametrize(
    "text",
    [
        "map Hangzhou without doubtful",
        "map Hangzhou without the doubtful ones",
        "map Hangzhou, no doubtful ones",
        "地图 杭州 不含存疑",
        "map pairings of Hangzhou",
        "map Hangzhou, thank you",
        "地图 杭州，谢谢",
    ],
)
def test_what_says_how_a_map_is_to_be_is_no_name(ask: Asker, text: str) -> None:
    shown, plain = ask(text), ask("map Hangzhou")
    assert shown.picture == plain.picture
    assert shown.sections == plain.sections


@pytest.mark.parametrize("text", ["map Hangzhou bigger", "a bigger map of Hangzhou", "map Hangzhou, larger"])
def test_who_wants_a_larger_map_is_told_where_it_is(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.picture == ask("map Hangzhou").picture
    assert answer.notes == ("Open the picture to see it in full size.",)


@pytest.mark.parametrize(
    "text", ["bigger map", "larger map", "整个长三角的地图", "map pairings", "map cities"]
)
def test_all_of_it_is_asked_for_in_many_words(ask: Asker, text: str) -> None:
    picture = ask(text).picture
    assert picture is not None
    assert picture.key == "delta"


def test_the_delta_beside_a_topic_is_no_place_of_its_own(ask: Asker) -> None:
    assert ask("map ports in the delta").picture == ask("map ports").picture


def test_a_place_whose_name_a_document_has_too_is_drawn(ask: Asker) -> None:
    picture = ask("map Huaihai").picture
    assert picture is not None
    assert picture.key == "huaihai-economic-zone"


def test_where_all_is_doubtful_it_is_said_once_and_what_is_told_of_it_leads_on(ask: Asker) -> None:
    answer = ask("map counterpart cooperation")
    assert answer.picture is None
    assert answer.headline == (
        "Counterpart cooperation is not drawn: its 2 pairings are each printed with a place that is probably not meant."
    )
    assert answer.sections[0].title == "What is printed, and what is probably meant"
    assert [choice.label for choice in answer.choices] == [
        "Map of all facts on Leapfrog counterpart cooperation",
        "Draw the 2 doubtful ones",
        "Map of the whole delta",
    ]
    assert {choice.style for choice in answer.choices} == {"default"}
