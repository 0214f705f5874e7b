"""A page tells a record in one line and under headings, the best of each heading first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest

from handlers.answer import FACTS_PER_PAGE, Answer
from handlers.records import about
from handlers.records.caveats import is_doubted
from handlers.records.document_page import of_document
from handlers.records.headings import words
from handlers.records.summary import MOST_CHARACTERS, summary
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.vocabulary import Heading
from tests.conftest import NOW, Asker
from tests.handlers.shown import ids, statements

DOUBTED = {
    "hangzhou": "Hangzhou is printed where Shanghai is probably meant",
    "ningbo": "Ningbo is printed where Shenzhen is probably meant",
    "guizhou": "Guizhou is printed where Jiangxi is probably meant",
}


def _headings(answer: Answer) -> list[str]:
    return [group for group, _ in groupby(line.group for line in answer.lines)]


def _told(base: FactBase) -> Iterator[Named]:
    return (record for record in base.seeds.named() if base.facts_of(record))


def test_the_line_on_a_record_begins_with_its_name_and_counts_what_its_pages_show(services: Services) -> None:
    wrong = []
    for record in _told(services.base):
        facts = services.base.facts_of(record)
        said = summary(services.base, record, facts)
        doubted = sum(is_doubted(services.base, record, fact) for fact in facts)
        certain = len(facts) - doubted
        is_counted = f"{certain or doubted} fact" in said
        if doubted and certain:
            is_counted = is_counted and f"; {doubted} more print" in said
        if (
            not said.startswith(record.name)
            or len(said) > MOST_CHARACTERS
            or not is_counted
            or ("-" in record.slug and record.slug in said.split())
        ):
            wrong.append(said)
    assert wrong == []


def test_every_fact_stands_once_on_the_pages_of_its_record(services: Services) -> None:
    for record in _told(services.base):
        rows = about.pages_of(services, record)
        assert sorted(row.fact.id for row in rows) == sorted(
            fact.id for fact in services.base.facts_of(record)
        )


def test_a_heading_stands_once_on_a_page_and_headings_keep_their_order(services: Services) -> None:
    for record in _told(services.base):
        order = [words(heading, record) for heading in Heading if heading is not Heading.DOUBTED]
        if record.slug in DOUBTED:
            order.append(DOUBTED[record.slug])
        if record.slug in services.base.about_documents:
            order = [document.label for document in services.base.seeds.documents]
        rows = about.pages_of(services, record)
        for first in range(0, len(rows), FACTS_PER_PAGE):
            shown = [group for group, _ in groupby(row.group for row in rows[first : first + FACTS_PER_PAGE])]
            assert shown == sorted(shown, key=order.index), record.slug


@pytest.mark.parametrize("name", ["twinning", "enclave economy", "counterpart assistance"])
def test_a_mechanism_opens_with_what_it_is(ask: Asker, name: str) -> None:
    answer = ask(name, "/yrd-mechanism")
    assert answer.lines[0].group == "What it is"
    assert len(_headings(answer)) > 2


def test_forms_of_a_mechanism_come_in_the_order_of_their_document(ask: Asker) -> None:
    assert ids(ask("enclave economy", "/yrd-mechanism"))[:3] == [
        "cao-layout-037", "cao-layout-039", "cao-layout-038",
    ]  # fmt: skip


def test_a_topic_shows_what_is_most_about_it_and_last_what_touches_it(ask: Asker) -> None:
    answer = ask("ports", "/yrd-topic")
    assert "port" in statements(answer).casefold()
    assert answer.lines[0].group == "Ties and agreements"
    assert all(line.group != "Related" for line in answer.lines)


def test_a_city_opens_with_its_own_ties(ask: Asker) -> None:
    answer = ask("Hangzhou", "/yrd-city")
    assert answer.headline.startswith(
        "Hangzhou 杭州, sub-provincial city and capital of Zhejiang. Twinned with Suzhou (Anhui)."
    )
    assert ids(answer)[0] == "xu-twinning-050"


@pytest.mark.parametrize(("name", "fact"), [
    ("Huang Xianhai", "zhejiang-integration-100"),
    ("Wang Yuan", "xu-homogenization-022"),
    ("Ziguang Cao", "cao-layout-002"),
    ("Hong Han", "han-huaihai-002"),
])  # fmt: skip
def test_a_person_opens_with_whom_they_belong_to(ask: Asker, name: str, fact: str) -> None:
    for text in (name, f"Who is {name}?"):
        lead = ask(text).lines[0]
        assert (lead.fact.id, lead.group) == (fact, "Who this is")


def test_what_a_caveat_doubts_of_a_place_stands_last_and_is_counted(ask: Asker, services: Services) -> None:
    last = ask("Hangzhou", "/yrd-city", 99)
    assert _headings(last) == [DOUBTED["hangzhou"]]
    doubted = [
        row
        for row in about.pages_of(services, _record(services, "hangzhou"))
        if row.heading is Heading.DOUBTED
    ]
    certain = len(services.base.about("hangzhou")) - len(doubted)
    assert last.headline.endswith(
        f"{certain} facts; {len(doubted)} more print Hangzhou where Shanghai is probably meant."
    )
    assert not {row.fact.id for row in doubted} & set(ids(ask("Hangzhou", "/yrd-city")))


@pytest.mark.parametrize("name", ["Hangzhou City Master Plan", "Nantong gateway plan"])
def test_a_plan_that_is_printed_of_another_place_says_so_in_its_line(ask: Asker, name: str) -> None:
    assert "Hangzhou is printed where Shanghai is probably meant." in ask(name).headline


@pytest.mark.parametrize(("name", "fact"), [
    ("Yangtze River Delta", "zhejiang-integration-008"),
    ("Huaihai Economic Zone", "han-huaihai-207"),
    ("G60 corridor", "zhejiang-integration-104"),
    ("Wuhan metropolitan area", "han-huaihai-050"),
    ("Yellow River Golden Triangle", "han-huaihai-088"),
    ("Beibu Gulf (Guangxi) Economic Zone", "han-huaihai-049"),
    ("Pearl River Delta", "han-huaihai-047"),
])  # fmt: skip
def test_a_region_opens_with_who_belongs_to_it(ask: Asker, name: str, fact: str) -> None:
    lead = ask(name, "/yrd-city").lines[0]
    assert (lead.fact.id, lead.group) == (fact, "What it is")


def test_the_line_on_a_region_names_its_members_and_not_its_ties(ask: Asker) -> None:
    for text in ("what is the delta", "Yangtze River Delta"):
        assert "Members named: Shanghai, Jiangsu, Zhejiang and Anhui." in ask(text).headline
        assert "Ties" not in ask(text).headline
    assert "Ties" in ask("Ningbo", "/yrd-city").headline


def test_the_line_on_a_place_says_in_a_sentence_of_which_metropolitan_area_it_is_part(ask: Asker) -> None:
    assert "Anhui. Part of the Hefei metropolitan area." in ask("Hefei", "/yrd-city").headline
    assert "Part of the Ningbo metropolitan area. Ties: SMIC" in ask("Ningbo", "/yrd-city").headline


def test_a_caveat_of_a_record_is_noted_only_where_no_fact_of_the_page_says_the_same(ask: Asker) -> None:
    assert ask("G60 corridor", "/yrd-city").notes == ()
    assert ask("Suzhou (Anhui)", "/yrd-city").notes == ()
    assert ask("Suzhou (Jiangsu)", "/yrd-city").notes[0].startswith("Suzhou is written alike")


def test_a_place_is_not_said_to_be_tied_by_what_is_doubted_of_it(services: Services) -> None:
    for slug, partner in (("hangzhou", "Dalian"), ("ningbo", "Harbin")):
        record = _record(services, slug)
        assert partner not in summary(services.base, record, services.base.facts_of(record))


def test_facts_on_the_documents_stand_behind_those_on_the_record(services: Services) -> None:
    rows = about.pages_of(services, _record(services, "twinning-cooperation"))
    own = [row.heading is Heading.DOCUMENTS for row in rows]
    assert any(own)
    assert not any(own[:FACTS_PER_PAGE])
    assert own[FACTS_PER_PAGE:] == sorted(own[FACTS_PER_PAGE:])


def test_other_regions_stand_last_under_each_heading_of_a_page_of_the_delta(services: Services) -> None:
    rows = about.pages_of(services, _record(services, "benefit-sharing"))[FACTS_PER_PAGE:]
    for _, group in groupby(rows, key=lambda row: row.group):
        elsewhere = [services.base.is_elsewhere(row.fact) for row in group]
        assert elsewhere == sorted(elsewhere)


def test_a_city_of_jiangsu_is_of_no_other_region(services: Services, ask: Asker) -> None:
    base = services.base
    assert not any(map(base.is_elsewhere, base.about("xuzhou")))
    assert "other regions" not in ask("Xuzhou", "/yrd-city").headline
    assert "in Jiangsu" in ask("Xuzhou", "/yrd-city").headline
    urban_circle = next(place for place in base.seeds.places if place.slug == "xuzhou-urban-circle")
    assert about.region_of(base, urban_circle) == "Jiangsu"


def test_a_pairing_is_told_with_its_members_and_their_provinces_and_its_plan(ask: Asker) -> None:
    answer = ask("Minhang-Huainan twinning")
    assert "twinning of Minhang (Shanghai) and Huainan (Anhui), under the Plan for pairing" in answer.headline
    assert ids(answer)[0] == "xu-twinning-039"


def test_a_document_is_told_in_the_order_of_its_sections_every_fact_once(services: Services) -> None:
    base = services.base
    for document in base.seeds.documents:
        first = of_document(base, Request("", NOW), document)
        assert first.headline.startswith(document.label)
        shown: list[str] = []
        for number in range(1, first.pages + 1):
            page = of_document(base, Request("", NOW, page=number), document)
            shown += ids(page)
            assert len(_headings(page)) == len(set(_headings(page)))
        assert sorted(shown) == sorted(fact.id for fact in base.facts if document.slug in fact.documents)
        assert f"{len(shown)} facts" in first.headline


def test_a_document_is_asked_for_by_its_name_alone(ask: Asker) -> None:
    for text in ("xu-twinning", "the twinning paper"):
        assert ask(text).headline.startswith("Xu et al. 2024")


def _record(services: Services, slug: str) -> Named:
    record = services.base.entity(slug)
    assert record is not None
    return record


def test_a_region_counts_as_its_members_only_what_documents_place_there(ask: Asker) -> None:
    assert "Members named: Suzhou (Anhui) and Huainan." in ask("Northern Anhui").headline


@pytest.mark.parametrize("place", ["Anhui", "Jiangsu", "Shanghai", "Zhejiang"])
def test_nothing_ties_a_place_that_no_document_says_it_belongs_to(ask: Asker, place: str) -> None:
    assert "Demonstration Zone" not in ask(place).headline
