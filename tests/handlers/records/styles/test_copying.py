"""Copy with citation: text to paste, as librarians want it."""

from __future__ import annotations

import re

import pytest

from handlers.answer import Answer, Line
from handlers.curation.projection import overlay, replay
from handlers.lookups.copying import STYLES, copied
from handlers.services import Services
from knowledge.base import FactBase
from tests.cli.test_export_seeds import PAGE, approved
from tests.conftest import Asker


def text(services: Services, style: str, *ids: str, value: str = "") -> str:
    facts = [fact for i in ids if (fact := services.base.fact(i))]
    answer = Answer("", "answer", lines=tuple(Line(fact, value=value) for fact in facts))
    (section,) = copied(services, answer, (style,)).sections
    return "\n".join(section.entries)


@pytest.mark.parametrize(
    ("style", "footnote"),
    [
        (
            "plain",
            "[1] Xu Qimin, “Yangtze River Delta City Group: From homogenization competition to urbanization cooperation”, "
            "Wenhui Daily, 2018-06-23, para 2.",
        ),
        (
            "chicago",
            "1. Xu Qimin, “Yangtze River Delta City Group: From homogenization competition to urbanization cooperation,” "
            "Wenhui Daily, June 23, 2018, para. 2.",
        ),
        (
            "gbt7714",
            "[1] XU Qimin. Yangtze River Delta City Group: From homogenization competition to urbanization cooperation[N]. "
            "Wenhui Daily, 2018-06-23: para. 2.",
        ),
        ("bibtex", "  author = {Xu, Qimin},\n  journal = {Wenhui Daily},\n  year = {2018},\n  month = jun,"),
    ],
)
def test_a_newspaper_article_is_cited_by_author_paper_day_and_paragraph(
    services: Services, style: str, footnote: str
) -> None:
    assert footnote in text(services, style, "xu-homogenization-004")


def test_of_four_authors_chicago_names_one_and_gbt_three(services: Services) -> None:
    assert "\n1. Jiayi Xu et al., “Study" in text(services, "chicago", "xu-twinning-039")
    assert "\n[1] XU Jiayi, YU Han, QIU Liming, et al. Study" in text(services, "gbt7714", "xu-twinning-039")
    assert "Xu, Jiayi and Yu, Han and Qiu, Liming and Chen, Zhengkang" in text(
        services, "bibtex", "xu-twinning-039"
    )


def test_neighbouring_paragraphs_are_one_range_in_every_style(services: Services) -> None:
    shown = {style: text(services, style, "xu-twinning-039") for style in STYLES}
    assert "section 4.1.1, paras 31-32." in shown["plain"]
    assert "sec. 4.1.1, paras. 31–32." in shown["chicago"]
    assert ": sec. 4.1.1, para. 31-32." in shown["gbt7714"]
    assert r"\cite[sec.~4.1.1, paras.~31--32]{xu-twinning}" in shown["bibtex"]


def test_what_has_no_date_says_so(services: Services) -> None:
    shown = {style: text(services, style, "cao-layout-009") for style in STYLES}
    assert "undated" in shown["plain"]
    assert ",” n.d., " in shown["chicago"]
    assert "[Z]. [S.l.]: [s.n.], [n.d.]: " in shown["gbt7714"]
    assert "year = {n.d.}" in shown["bibtex"]


def test_a_date_that_is_worked_out_is_told_from_one_that_is_printed(services: Services) -> None:
    assert "[2024?]" in text(services, "chicago", "xu-twinning-039")
    assert ", [2024]: " in text(services, "gbt7714", "xu-twinning-039")


def test_what_has_no_author_begins_with_its_title(services: Services) -> None:
    assert "\n1. “Higher quality, larger structure" in text(services, "chicago", "zhejiang-integration-003")
    assert "\n[1] Higher quality, larger structure" in text(services, "gbt7714", "zhejiang-integration-003")


def test_a_document_cited_again_is_not_described_again(services: Services) -> None:
    shown = {style: text(services, style, "xu-twinning-039", "xu-twinning-041") for style in STYLES}
    assert all(entry.count("Study on Twinning Cooperation") == 1 for entry in shown.values())
    assert "\n[2] Xu et al. 2024, section 4.1.1, para 33, as in [1]." in shown["plain"]
    assert "\n2. Xu et al., sec. 4.1.1, para. 33." in shown["chicago"]
    assert "[1]sec. 4.1.1, para. 33" in shown["gbt7714"]


def test_the_value_asked_for_stands_before_its_statement(services: Services) -> None:
    assert text(services, "plain", "xu-twinning-038", value="Three").startswith("Three twinnings serve")
    assert text(services, "plain", "xu-twinning-040", value="One thing").startswith("One thing: ")


def test_no_id_of_ours_is_pasted_and_every_warning_is(services: Services, ask: Asker) -> None:
    for question in ("Which district is twinned with Huainan?", "Hangzhou", "enclave economy"):
        answer = ask(question)
        for section in copied(services, answer).sections:
            said = section.entries[0]
            assert not re.search(r"[a-z]+-[a-z]+-\d{3}|YRD Desk", said)
            for line in answer.lines:
                assert " ".join(line.fact.caveat.split()) in said


def test_a_page_of_the_teams_own_is_cited_by_address_and_day_of_reading(base: FactBase) -> None:
    view = base.with_overlay(overlay(base, replay(approved(PAGE))))
    services = Services(view)
    fact = view.facts[-1]
    assert fact.contributed is not None
    seen = fact.contributed.verified
    shown = {style: text(services, style, fact.id) for style in STYLES}
    assert f"Harbour news[EB/OL]. (2026-05-04)[{seen}]. https://example.org/news/harbour." in shown["gbt7714"]
    assert "“Harbour news,” May 4, 2026, https://example.org/news/harbour." in shown["chicago"]
    assert r"howpublished = {\url{https://example.org/news/harbour}}" in shown["bibtex"]
    assert "{harbour-news-2026," in shown["bibtex"]
    assert all("web-" not in entry and "para" not in entry for entry in shown.values())


def test_an_answer_without_facts_has_nothing_to_cite(services: Services) -> None:
    assert copied(services, Answer("Hello.", "answer")).outcome == "unknown"
