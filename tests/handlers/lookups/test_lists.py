"""Everything of a sort is listed by its own word, in both scripts; a question that names a sort is a question."""

from __future__ import annotations

import re

import pytest

from handlers.lookups.lists import LISTINGS
from handlers.request import Request
from handlers.route import route
from handlers.services import Services
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import AS_TWINS, Arrangement, Level
from tests.conftest import NOW, Asker

ASKED = {
    "topics": ("topics", "Topics?", "list topics", "list the topics", "please list all topics, thanks", "which topics are there?", "what topics can I ask about", "主题", "有哪些主题？", "所有话题"),
    "mechanisms": ("mechanisms", "list mechanisms", "which mechanisms do you know?", "机制", "有哪些合作机制"),
    "pairings": ("pairings", "pairs", "list all pairings", "show me the pairs", "结对", "列出所有结对"),
    "places": ("places", "list places", "all places please", "regions", "provinces", "which places do you know?", "地方", "有哪些地方？"),
    "all cities": ("cities", "which cities do you know", "list of cities", "how many cities do you know?", "districts", "cities and counties", "城市", "你知道哪些城市？", "全部城市"),
    "sources": ("documents", "sources", "which documents do you have?", "How many documents do you use?", "你用了几份文献", "文件", "来源"),
    "plans": ("plans", "list plans", "规划"),
    "projects": ("projects", "all projects please", "项目"),
    "organisations": ("organisations", "organizations", "机构"),
    "people": ("people", "list people", "人物"),
    "": ("list", "list all", "what can I ask?", "what do you know?", "everything", "列表", "全部", "我可以问什么？"),
}  # fmt: skip
SAID = [(sort, text) for sort, texts in ASKED.items() for text in texts]


@pytest.mark.parametrize(("sort", "text"), SAID, ids=[text for _, text in SAID])
def test_a_sort_is_listed(services: Services, sort: str, text: str) -> None:
    found = route(services, Request(text, NOW))
    assert (found.command.name, found.verb.name) == ("list", sort)


@pytest.mark.parametrize("use", LISTINGS, ids=str)
def test_a_list_has_the_names_with_their_facts_the_most_first_and_tells_how_to_ask(
    ask: Asker, use: str
) -> None:
    answer = ask("", "list", verb=str(use))
    assert answer.outcome == "answer"
    assert not answer.lines
    assert answer.notes[0].startswith("For one of them ")
    for section in answer.sections:
        counts = [int(entry.rpartition("(")[2].rstrip(")")) for entry in section.entries]
        assert counts == sorted(counts, reverse=True)
        assert all(counts)


@pytest.mark.parametrize("use", LISTINGS, ids=str)
def test_every_name_in_a_list_is_answered(ask: Asker, use: str) -> None:
    pages = ask("", "list", verb=str(use)).pages
    entries = [
        entry
        for page in range(1, pages + 1)
        for section in ask("", "list", page=page, verb=str(use)).sections
        for entry in section.entries
    ]
    assert len(entries) == len(set(entries))
    for entry in entries[:12]:
        name = entry.rpartition(" (")[0].partition(" · ")[0]
        asked = f"source {name.partition(':')[0]}" if use == "sources" else name
        assert ask(asked).outcome in ("answer", "ambiguous"), asked


def _titles(ask: Asker, use: str) -> list[str]:
    pages = ask("", "list", verb=use).pages
    shown = (ask("", "list", page=page, verb=use) for page in range(1, pages + 1))
    return list(dict.fromkeys(section.title for answer in shown for section in answer.sections))


def test_pairings_of_the_delta_come_first_twinning_before_all_and_those_elsewhere_have_headings_of_their_own(
    ask: Asker,
) -> None:
    titles = _titles(ask, "pairings")
    elsewhere = [title for title in titles if title.startswith("Elsewhere in China: ")]
    assert titles[:4] == ["Twinning", "Counterpart cooperation", "Joint parks", "Alliances"]
    assert titles[-len(elsewhere) :] == elsewhere
    assert titles[-len(elsewhere) - 1] == "Regional cooperation"
    assert len(elsewhere) > 3


def test_the_line_above_pairings_counts_those_of_the_delta_and_those_elsewhere(
    ask: Asker, services: Services
) -> None:
    held = [pairing for pairing in services.base.seeds.pairings if services.base.about(pairing.slug)]
    here = sum(pairing.delta for pairing in held)
    assert ask("pairings").headline.startswith(
        f"The base records {here} pairings of the delta and {len(held) - here} elsewhere in China;"
    )


def test_the_first_page_of_pairings_is_of_the_delta_and_those_elsewhere_come_by_more(ask: Asker) -> None:
    first, *others = (ask("pairings", page=page) for page in range(1, ask("pairings").pages + 1))
    assert others
    assert not [section for section in first.sections if section.title.startswith("Elsewhere")]
    assert all(section.title.startswith("Elsewhere") for page in others for section in page.sections)


@pytest.mark.parametrize(
    "text", [next(text for text in texts if not text.isascii()) for texts in ASKED.values()]
)
def test_a_list_that_is_asked_for_in_chinese_opens_with_a_sentence_in_chinese(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.in_chinese
    assert all(CHINESE.search(said) for said in (answer.headline, *answer.notes))
    for choice in answer.choices:
        assert ask(choice.text, choice.command, verb=choice.verb).in_chinese


def test_help_that_is_asked_for_in_chinese_opens_with_a_sentence_in_chinese(ask: Asker) -> None:
    assert CHINESE.search(ask("帮助").headline)
    assert not ask("help").in_chinese


def test_cities_are_cities_with_their_districts_and_counties_and_places_are_everything(
    ask: Asker, services: Services
) -> None:
    answer = ask("cities")
    pages = [ask("cities", page=page) for page in range(1, answer.pages + 1)]
    entries = [entry for page in pages for section in page.sections for entry in section.entries]
    names = {place.name: place.level for place in services.base.seeds.places}
    levels = {names[entry.rpartition(" (")[0].partition(" · ")[0]] for entry in entries}
    assert levels <= {
        Level.MUNICIPALITY, Level.PREFECTURE_LEVEL_CITY, Level.COUNTY_LEVEL_CITY, Level.CITY, Level.DISTRICT, Level.COUNTY,
    }  # fmt: skip
    cities, parts = map(int, re.findall(r"\d+", answer.headline))
    assert cities + parts == len(entries) == answer.total
    assert "Type places for provinces" in answer.notes[0]
    assert ask("places").total > answer.total
    assert _titles(ask, "all cities")[0] == "Municipality"


@pytest.mark.parametrize("use", ["plans", "pairings"])
def test_what_is_printed_for_another_place_says_so_beside_its_name(
    ask: Asker, services: Services, use: str
) -> None:
    base = services.base
    records = base.seeds.plans if use == "plans" else base.seeds.pairings
    doubted = {record.name for record in records if record.doubts and base.facts_of(record)}
    pages = [ask("", "list", page=page, verb=use) for page in range(1, ask("", "list", verb=use).pages + 1)]
    entries = [entry for page in pages for section in page.sections for entry in section.entries]
    said = {entry.partition(" · ")[0] for entry in entries if " is printed where " in entry}
    assert said == doubted
    assert len(said) > 1


def test_list_alone_says_what_there_are_lists_of_with_a_button_for_each(ask: Asker) -> None:
    answer = ask("list")
    assert {choice.label for choice in answer.choices} == {listing.title for listing in LISTINGS.values()}
    for choice in answer.choices:
        assert ask(choice.text, choice.command, verb=choice.verb).sections[0].entries


@pytest.mark.parametrize(
    ("command", "text", "word"),
    [
        ("/yrd-mechanism", "list", "mechanisms"), ("/yrd-topic", "all", "topics"), ("/yrd-city", "list all", "places"),
        ("/yrd-pair", "全部", "pairings"), ("/yrd-topic", "列表", "topics"), ("/yrd-city", "topics", "topics"),
    ],
)  # fmt: skip
def test_a_command_lists_what_it_is_for(ask: Asker, command: str, text: str, word: str) -> None:
    assert word in ask(text, command).headline
    assert ask(text, command).outcome == "answer"
    assert ask(text, command).sections


@pytest.mark.parametrize(
    "text",
    [
        "which cities are twinned with Huainan", "which cities are in the delta?", "list ports", "list the ports of Ningbo",
        "what projects are there in Shaoxing", "什么是结对合作?", "list of members of the G60 corridor",
        "哪些城市和淮南结对？", "plans for Hangzhou", "Planning",
    ],
)  # fmt: skip
def test_a_question_that_names_a_sort_is_a_question(services: Services, text: str) -> None:
    found = route(services, Request(text, NOW))
    assert (found.command.name, found.argument) == ("/yrd", text)


@pytest.mark.parametrize(
    ("command", "text"), [("/yrd-topic", "planning"), ("/yrd-topic", "规划"), ("/yrd-mechanism", "结对")]
)
def test_a_name_behind_its_command_is_that_name(services: Services, command: str, text: str) -> None:
    found = route(services, Request(text, NOW, command))
    assert (found.command.name, found.argument) == (command, text)


@pytest.mark.parametrize(
    ("texts", "held"),
    [
        (("How many twinnings are there?", "list twinnings", "twinnings", "what are twinnings?", "结对", "列出所有结对"), AS_TWINS),
        (("how many joint parks are there", "list parks", "which parks do you know?", "有多少园区？"), {Arrangement.PARK}),
        (("how many alliances are there in the delta?", "all alliances", "有哪些联盟"), {Arrangement.ALLIANCE}),
        (("how many parks and alliances are there?",), {Arrangement.PARK, Arrangement.ALLIANCE}),
    ],
)  # fmt: skip
def test_the_number_of_ties_of_a_kind_is_told_with_the_list_of_those_alone(
    ask: Asker, services: Services, texts: tuple[str, ...], held: frozenset[Arrangement]
) -> None:
    of_kind = [p for p in services.base.seeds.pairings if p.arrangement in held and services.base.facts_of(p)]
    here = {pairing.name for pairing in of_kind if pairing.delta}
    for text in texts:
        first = ask(text)
        pages = [ask(text, page=page) for page in range(1, first.pages + 1)]
        entries = [entry for page in pages for section in page.sections for entry in section.entries]
        assert len(entries) == len(of_kind), text
        assert all(any(entry.startswith(pairing.name) for entry in entries) for pairing in of_kind), text
        assert sum(entry.startswith(name) for entry in entries for name in here) >= len(here)


def test_the_number_of_a_kind_is_that_of_the_map(ask: Asker) -> None:
    picture = ask("map alliances").picture
    assert picture is not None
    assert ask("how many alliances are there?").headline.startswith(
        f"The base records {len(picture.ties)} alliances of the delta and 1 elsewhere in China"
    )


@pytest.mark.parametrize("text", ["what is counterpart cooperation?", "what are industrial parks?", "parks"])
def test_what_a_kind_of_tie_is_stays_a_question(ask: Asker, text: str) -> None:
    assert not ask(text).headline.startswith("The base records")


def test_the_list_of_all_pairings_is_of_every_kind(ask: Asker) -> None:
    assert "pairings of the delta" in ask("how many pairings are there?").headline
