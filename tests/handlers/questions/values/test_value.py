"""A fact says what of it was asked for: a figure, a time, names, a list; and nothing where that cannot be told."""

from __future__ import annotations

import pytest

from handlers.questions.values import value_of
from handlers.services import Services


def value(services: Services, question: str, fact_id: str) -> str:
    fact = services.base.fact(fact_id)
    assert fact is not None
    return value_of(services, services.base.parse(question), fact)


@pytest.mark.parametrize(("question", "fact", "shown"), [
    ("What was Xuzhou's GDP in 2018?", "han-huaihai-078", "675.523 billion yuan"),
    ("GDP of xuhzou 2018??", "han-huaihai-078", "675.523 billion yuan"),
    ("徐州2018年的GDP是多少？", "han-huaihai-078", "675.523 billion yuan"),
    ("How many cities does the G60 corridor involve?", "zhejiang-integration-104", "nine cities"),
    ("How many county-level units does the Huaihai Economic Zone have?", "han-huaihai-106", "147 county-level units"),
    ("淮海经济区有多少个县级单位？", "han-huaihai-106", "147 county-level units"),
    ("What share of the delta's total economic output comes from Shanghai?", "han-huaihai-083", "more than a quarter"),
    ("What share of China's population lives in the Yangtze River Delta?", "xu-homogenization-010", "1/6"),
    ("What was the per capita GDP of the Yangtze River Delta?", "xu-homogenization-012", "more than 12,000 US dollars"),
    ("中新嘉善现代产业园规划面积多大？", "zhejiang-integration-029", "16.5 square kilometers"),
    ("How many robot-related projects has Pinghu Park introduced?", "zhejiang-integration-022",
     "more than 10 robot-related projects"),
])  # fmt: skip
def test_a_figure_is_shown_as_the_statement_prints_it_with_its_unit(
    services: Services, question: str, fact: str, shown: str
) -> None:
    assert value(services, question, fact) == shown


@pytest.mark.parametrize(("question", "fact"), [
    # Of another place, of something else, of another year, and of two things at once.
    ("What was Xuzhou's GDP in 2018?", "han-huaihai-079"),
    ("How big is the Sino-Singapore Jiashan park?", "zhejiang-integration-030"),
    ("What was Xuzhou's GDP in 2015?", "han-huaihai-078"),
    ("How many prefecture-level cities and provinces does the Huaihai zone involve?", "han-huaihai-207"),
    ("What is the population of Xuzhou?", "han-huaihai-078"),
])  # fmt: skip
def test_no_figure_is_shown_that_measures_something_else(
    services: Services, question: str, fact: str
) -> None:
    assert value(services, question, fact) == ""


@pytest.mark.parametrize(("question", "fact", "shown"), [
    ("When was the Huaihai Economic Zone founded?", "han-huaihai-007", "1986"),
    ("淮海经济区哪一年成立？", "han-huaihai-007", "1986"),
    ("When was the automobile industry innovation alliance set up?", "zhejiang-integration-081", "16 May 2019 (inferred)"),
    ("When was delta integration raised to a national strategy?", "zhejiang-integration-027", "end of 2018 (inferred)"),
    ("When will Semiconductor Shaoxing reach mass production?", "zhejiang-integration-068", "March 2020 (inferred)"),
    ("When was the Wen Wei Paper article published?", "xu-homogenization-053", "23 June 2018"),
    ("When and where was the Huaihai Economic Zone founded?", "han-huaihai-007", "1986; Xuzhou, Jiangsu"),
])  # fmt: skip
def test_a_time_is_shown_in_words(services: Services, question: str, fact: str, shown: str) -> None:
    assert value(services, question, fact) == shown


@pytest.mark.parametrize(("question", "fact", "shown"), [
    ("Which district is twinned with Huainan?", "xu-twinning-039", "Minhang District, Shanghai"),
    ("Who is Huainan twinned with?", "xu-twinning-039", "Minhang District, Shanghai"),
    ("What is Minhang twinned with?", "xu-twinning-039", "Huainan, Anhui"),
    ("淮南和哪个区结对？", "xu-twinning-039", "Minhang District, Shanghai"),
    ("滁州跟哪个城市结对", "xu-twinning-045", "Nanjing, Jiangsu"),
    ("Which city is the counterpart of Shenyang?", "cao-layout-031", "Beijing"),
    ("Whom do Shenyang and Changchun pair with?", "cao-layout-031", "Beijing and Tianjin"),
    ("Which cities are twinned?", "xu-twinning-038",
     "Minhang District and Huainan; Nanjing and Chuzhou; Hangzhou and Suzhou"),
])  # fmt: skip
def test_of_a_pairing_those_are_shown_who_are_not_in_the_question(
    services: Services, question: str, fact: str, shown: str
) -> None:
    assert value(services, question, fact) == shown


@pytest.mark.parametrize(("question", "fact", "shown"), [
    ("Which city is the center of the Guanzhong Economic Zone?", "han-huaihai-074", "Xi'an, Shaanxi"),
    ("Where did the main leaders of the delta meet on 22 May?", "zhejiang-integration-005", "Wuhu, Anhui"),
    ("Where has SMIC put its production bases?", "zhejiang-integration-072", "Ningbo and Shaoxing"),
    ("中芯国际在浙江哪些城市设生产基地?", "zhejiang-integration-072", "Ningbo and Shaoxing"),
    ("Where is Chery Automobile headquartered?", "xu-homogenization-019", "Wuhu, Anhui"),
    ("Which cities launched the Yangtze River Delta Automobile Industry Innovation Alliance?",
     "zhejiang-integration-082", "Pinghu, Jiading District, Wenzhou, Kunshan and Taicang"),
    ("Which university is Ziguang Cao from?", "cao-layout-002", "University of Nottingham Ningbo China"),
    ("In which plan was the sub-regional cooperation circle first proposed?", "han-huaihai-096",
     "Shanxi-Shaanxi-Henan Yellow River Golden Triangle Regional Cooperation Plan"),
    ("Who signed the agreement on the north side of Xiaoyangshan Island?", "zhejiang-integration-092",
     "Zhejiang Seaport Group and Shanghai International Port Group"),
    ("Who is chairman and CEO of Joint Venture Silicon Valley?", "xu-homogenization-032", "Russell Hancock"),
    ("Who said that strong industrial supporting capabilities made the delta well known?", "xu-homogenization-039",
     "Luo Dajin"),
])  # fmt: skip
def test_names_of_the_sort_asked_for_are_shown(
    services: Services, question: str, fact: str, shown: str
) -> None:
    assert value(services, question, fact) == shown


@pytest.mark.parametrize(("question", "fact"), [
    # The eight are not named, a list is none of a single city, and two clauses name one each.
    ("Which eight surrounding cities work with Wuhan in its metropolitan area?", "han-huaihai-050"),
    ("Which Zhejiang city counts among the West Strait zone's centres?", "han-huaihai-089"),
    ("Which cities are the centres of the Northwest and the Western Economic Zone?", "han-huaihai-075"),
    ("武汉都市圈包括哪些城市？", "han-huaihai-050"),
    ("What kind of city is Xuzhou turning into?", "han-huaihai-065"),
    ("Which bank finances the north side of Xiaoyangshan?", "zhejiang-integration-092"),
])  # fmt: skip
def test_no_names_are_shown_where_some_lack_or_others_are_meant(
    services: Services, question: str, fact: str
) -> None:
    assert value(services, question, fact) == ""


@pytest.mark.parametrize(("question", "fact", "shown"), [
    ("What is the name of Anhui's government service reform?", "zhejiang-integration-112", "one web one office"),
    ("上海的政务服务改革叫什么？", "zhejiang-integration-110", "everything done through one web"),
    ("Which two key words did the central government name for Yangtze River Delta regional integration?",
     "zhejiang-integration-017", "integration and high quality"),
    ("Which tourism products does the Greater Bay Area cover?", "han-huaihai-142",
     "cruises and yachts, health care, leisure and holidays, and cultural history"),
])  # fmt: skip
def test_what_something_is_called_and_what_is_listed_is_shown(
    services: Services, question: str, fact: str, shown: str
) -> None:
    assert value(services, question, fact) == shown


@pytest.mark.parametrize(("question", "fact"), [
    ("Is Minhang twinned with Huainan?", "xu-twinning-039"),
    ("闵行和淮南结对了吗？", "xu-twinning-039"),
    ("Why was the Huaihai Economic Zone founded?", "han-huaihai-007"),
    ("How does Minhang help Huainan?", "xu-twinning-042"),
    ("What does Minhang District give Huainan?", "xu-twinning-042"),
    ("What is twinning?", "xu-twinning-021"),
    ("Huainan", "xu-twinning-039"),
])  # fmt: skip
def test_what_a_whole_statement_answers_has_no_value(services: Services, question: str, fact: str) -> None:
    assert value(services, question, fact) == ""


def test_no_value_is_a_word_of_the_question(services: Services) -> None:
    """Names and what is called so are answers only where the question does not say them itself."""
    base = services.base
    for fact in base.facts:
        if fact.id.startswith("xu-twinning"):
            for ask in fact.asks[:7]:
                shown = value_of(services, base.parse(ask), fact)
                assert not shown or shown.casefold() not in ask.casefold(), (ask, shown)
