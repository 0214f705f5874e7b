"""What leads an answer and what stands below it: on the point, in either case."""

from __future__ import annotations

import pytest

from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from tests.conftest import NOW
from tests.handlers.shown import ids, noted


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("What did Minhang give Huainan?", "xu-twinning-042"),
        ("What does Minhang offer Huainan?", "xu-twinning-042"),
        ("闵行给淮南带来什么", "xu-twinning-042"),
        ("What does Nanjing give Chuzhou?", "xu-twinning-046"),
        ("What does Hangzhou bring to Suzhou?", "xu-twinning-054"),
        ("What did Huainan give Minhang?", "xu-twinning-044"),
        ("What did Minhang get from Huainan?", "xu-twinning-044"),
        ("闵行给淮南带来什么？", "xu-twinning-042"),
        ("闵行从淮南得到什么？", "xu-twinning-044"),
        ("What did Hangzhou give Suzhou Anhui?", "xu-twinning-054"),
        ("How was Chuzhou helped by Nanjing?", "xu-twinning-046"),
    ],
)
def test_what_one_gave_leads_with_what_it_gave(services: Services, text: str, lead: str) -> None:
    assert ids(reply(services, Request(text, NOW)))[0] == lead


@pytest.mark.parametrize("text", ["What happened in 2018?", "What happened in May 2019?"])
def test_what_happened_comes_in_order_with_what_is_said_of_documents_last(
    services: Services, text: str
) -> None:
    lines = reply(services, Request(text, NOW)).lines
    on_documents = [not services.base.about_documents.isdisjoint(line.fact.topics) for line in lines]
    dated = [line.fact.date for line in lines if line.fact.kind.value == "event" and len(line.fact.date) > 7]
    assert len(dated) > 1
    assert dated == sorted(dated)
    assert on_documents == sorted(on_documents)


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        ("what can go wrong when two towns team up", "han-huaihai-141"),
        ("housing", "xu-homogenization-040"),
    ],
)
def test_what_has_nothing_to_do_with_the_lead_is_not_shown_below_it(
    services: Services, text: str, noise: str
) -> None:
    assert noise not in ids(reply(services, Request(text, NOW)))


def test_the_word_that_is_asked_leads_before_another_for_it(services: Services) -> None:
    (lead, *_) = reply(services, Request("housing", NOW)).lines
    assert "housing" in lead.fact.statement


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Who is the chairman of Ant Financial?", "is Chairman and CEO of Ant Financial"),
        ("chairman of Ant Financial", "is Chairman and CEO of Ant Financial"),
        ("Ant Financial boss", "is Chairman and CEO of Ant Financial"),
        (
            "director of the Shanghai Institute for Science of Science",
            "is the director of the Shanghai Institute",
        ),
    ],
)
def test_an_office_is_answered_by_the_fact_that_states_it(services: Services, text: str, says: str) -> None:
    answer = reply(services, Request(text, NOW))
    assert not answer.headline
    assert says in answer.lines[0].fact.statement


@pytest.mark.parametrize("text", ["Who is Luo Dajin?", "Eric Jing", "President Xi"])
def test_a_name_alone_opens_its_page(services: Services, text: str) -> None:
    assert reply(services, Request(text, NOW)).headline


@pytest.mark.parametrize("text", ["Ningbo ports", "ports Ningbo", "宁波 港口"])
def test_a_place_and_a_topic_without_a_fact_on_both_is_refused(services: Services, text: str) -> None:
    answer = reply(services, Request(text, NOW, "/yrd-city"))
    assert answer.outcome == "unknown"
    assert answer.headline.startswith("Nothing on ")
    assert {choice.id for choice in answer.choices} == {"ningbo", "ports"}


def test_a_place_and_a_topic_get_the_facts_on_both(services: Services) -> None:
    lines = reply(services, Request("Zhejiang ports", NOW, "/yrd-city")).lines
    assert lines
    for line in lines:
        assert line.fact in services.base.on("ports")
        assert any(services.base.is_about(line.fact, slug) for slug in ("zhejiang", "ningbo"))


@pytest.mark.parametrize("text", ["list the core cities of the delta", "What is the core city of the delta?"])
def test_a_list_of_what_sources_differ_on_says_so(services: Services, text: str) -> None:
    answer = reply(services, Request(text, NOW))
    assert any(note.startswith("Sources differ on which city leads the delta") for note in noted(answer))
