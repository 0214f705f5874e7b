"""`map`: what it draws, what it tells in words, and when the word is taken for a question."""

from __future__ import annotations

import pytest

from handlers.answer import Tie
from handlers.lookups import map as map_word
from handlers.lookups.map_selection import is_on_map
from handlers.services import Services
from knowledge.model import Pairing, Place
from knowledge.vocabulary import Arrangement
from tests.conftest import Asker


def test_a_place_is_drawn_with_its_pairings_and_their_citations(ask: Asker) -> None:
    answer = ask("map Huainan")
    assert answer.outcome == "answer"
    assert answer.picture is not None
    assert [tie.pairing.slug for tie in answer.picture.ties] == ["minhang-huainan"]
    assert [spot.place.slug for spot in answer.picture.spots if spot.asked] == ["huainan"]
    assert all(tie.fact.citations for tie in answer.picture.ties)
    assert {tie.fact for tie in answer.picture.ties} == {line.fact for line in answer.lines}


def test_without_text_all_of_the_delta_is_drawn_but_ties_of_whole_provinces(ask: Asker) -> None:
    picture = ask("map").picture
    assert picture is not None
    assert picture.title == ""
    assert len(picture.ties) > 15
    assert all(tie.pairing.delta for tie in picture.ties)
    assert "yrd-three-provinces-one-city" in {pairing.slug for pairing in picture.undrawn}


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


@pytest.mark.parametrize("text", ["Ningbo", "Minhang and Huainan", "What is Minhang twinned with?", "宁波"])
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
    told = {tie.pairing.slug for tie in picture.ties} | {pairing.slug for pairing in picture.undrawn}
    assert told == {p.slug for p in services.base.seeds.pairings if p.delta and services.base.about(p.slug)}


def test_a_ring_needs_one_place_and_every_other_tie_two(ask: Asker) -> None:
    picture = ask("map").picture
    assert picture is not None
    for tie in picture.ties:
        assert isinstance(tie.pairing, Pairing)
        assert all(isinstance(place, Place) and place.latitude for place in tie.places)
        assert len(tie.places) >= (1 if tie.pairing.arrangement is Arrangement.METROPOLITAN_AREA else 2)


def test_a_map_tells_the_closest_ties_first_and_those_that_are_doubted_of_what_was_asked_last(
    ask: Asker,
) -> None:
    groups = [line.group for line in ask("map Hangzhou").lines]
    assert groups[:3] == ["Twinning", "Metropolitan areas", "Counterpart cooperation"]


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


def test_why_a_tie_is_not_drawn_is_said_plainly(ask: Asker) -> None:
    short, wide = ask("map").notes
    assert short.startswith("A line needs two places on the map. Not drawn: ")
    assert wide.startswith("Ties of whole provinces are not drawn here: ")
