"""A fact says what of it was asked for: a figure, a time, names, a list; and nothing where that cannot be told."""

from __future__ import annotations

import pytest

from handlers.questions.values import told_once, value_of
from handlers.services import Services
from tests.conftest import Asker


def value(services: Services, question: str, fact_id: str) -> str:
    fact = services.base.fact(fact_id)
    assert fact is not None
    return value_of(services, services.base.parse(question), fact)


@pytest.mark.parametrize(("question", "fact", "shown"), [
    ("What was Xuzhou's GDP in 2018?", "han-huaihai-078", "675.523 billion yuan (2018)"),
    ("GDP of xuhzou 2018??", "han-huaihai-078", "675.523 billion yuan (2018)"),
    ("徐州2018年的GDP是多少？", "han-huaihai-078", "675.523 billion yuan (2018)"),
    ("How many cities does the G60 corridor involve?", "zhejiang-integration-104", "nine cities"),
    ("How many county-level units does the Huaihai Economic Zone have?", "han-huaihai-106", "147 county-level units"),
    ("淮海经济区有多少个县级单位？", "han-huaihai-106", "147 county-level units"),
    ("What share of the delta's total economic output comes from Shanghai?", "han-huaihai-083", "more than a quarter of the delta's total economic output"),
    ("What share of China's population lives in the Yangtze River Delta?", "xu-homogenization-010", "1/6 of the country's population"),
    ("长三角经济总量占全国的比重是多少？", "xu-homogenization-011", "nearly one quarter of the country's total economic output"),
    ("Xuzhou's GDP in 2018 and 2020?", "han-huaihai-078", "675.523 billion yuan (2018)"),
    ("Xuzhou GDP 2018", "han-huaihai-078", "675.523 billion yuan (2018)"),
    ("GDP Xuzhou", "han-huaihai-078", "675.523 billion yuan (2018)"),
    ("徐州GDP", "han-huaihai-078", "675.523 billion yuan (2018)"),
    ("Which share of the delta's output does Shanghai account for?", "han-huaihai-083",
     "more than a quarter of the delta's total economic output"),
    ("嘉善中新产业园规划面积多大？", "zhejiang-integration-029", "16.5 square kilometers"),
    ("What was the per capita GDP of the Yangtze River Delta?", "xu-homogenization-012", "more than 12,000 US dollars"),
    ("中新嘉善现代产业园规划面积多大？", "zhejiang-integration-029", "16.5 square kilometers"),
    ("How many robot-related projects has Pinghu Park introduced?", "zhejiang-integration-022",
     "more than 10 robot-related projects"),
    ("How many special plans were approved?", "zhejiang-integration-030", "15 special plans"),
    ("How many cities are there in the Wuhan metropolitan area?", "han-huaihai-050", "eight surrounding cities"),
    ("How many provinces are in the delta?", "xu-homogenization-009", "Three provinces and one city"),
    ("长三角研发支出占全国多少？", "xu-homogenization-014", "more than 30% of the country's R&D expenditures"),
    ("What is the R&D spending share of the delta?", "xu-homogenization-014",
     "more than 30% of the country's R&D expenditures"),
    ("What percentage of national R&D is spent in the delta?", "xu-homogenization-014",
     "more than 30% of the country's R&D expenditures"),
    ("What share of the country's patents is the delta's?", "xu-homogenization-015",
     "more than 30% of the country's effective invention patents"),
])  # fmt: skip
def test_a_figure_is_shown_as_the_statement_prints_it_with_its_unit(
    services: Services, question: str, fact: str, shown: str
) -> None:
    assert value(services, question, fact) == shown


def test_a_year_that_is_inferred_is_said_to_be(services: Services) -> None:
    asked = "How much is to go into infrastructure of the Sino-Singapore Jiashan park?"
    assert value(services, asked, "zhejiang-integration-035") == "3 billion yuan (2019, inferred)"


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
     "Minhang District and Huainan; Nanjing and Chuzhou; Hangzhou and Suzhou (Anhui)"),
    ("Who is Hangzhou twinned with?", "xu-twinning-050", "Suzhou (Anhui)"),
    ("Which Anhui cities are paired with Nanjing and Hangzhou?", "xu-twinning-038", "Chuzhou and Suzhou (Anhui)"),
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
    ("Who is the director of the Shanghai Institute for Science of Science?", "xu-homogenization-040", "Luo Dajin"),
    ("Which city do scientists most want to work in?", "xu-homogenization-045", "Shanghai"),
    ("Who published the article of 23 June 2018?", "xu-homogenization-053", "Wenhui Daily"),
    ("Who wrote the Wen Wei Paper article?", "xu-homogenization-053", "Xu Qimin"),
    ("Which provinces are in the delta?", "zhejiang-integration-008", "Shanghai, Jiangsu, Zhejiang and Anhui"),
    ("List the cities of the Beibu Gulf Economic Zone", "han-huaihai-049",
     "Nanning, Beihai, Qinzhou, Fangchenggang, Yulin (Guangxi) and Chongzuo"),
    ("Which localities jointly initiated the Yangtze River Delta Automobile Industry Innovation Alliance?",
     "zhejiang-integration-082", "Pinghu, Jiading District, Wenzhou, Kunshan and Taicang"),
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
    ("Which cities are in the delta?", "han-huaihai-085"),
    ("长三角包括哪些城市？", "han-huaihai-085"),
    ("世界500强企业的二级研发中心设在哪里？", "xu-homogenization-018"),
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
    ("Which technology is at the heart of the Sino-Singapore Jiashan park?", "zhejiang-integration-037", "smart sensing"),
    ("In which industries do Hangzhou and Suzhou in Anhui cooperate?", "xu-twinning-053",
     "the e-commerce industry and the tourism industry"),
    ("In which fields do Minhang District and Huainan cooperate?", "xu-twinning-041",
     "industrial collaboration, scientific and technological innovation, and talent training, among other fields"),
])  # fmt: skip
def test_what_something_is_called_and_what_is_listed_is_shown(
    services: Services, question: str, fact: str, shown: str
) -> None:
    assert value(services, question, fact) == shown


@pytest.mark.parametrize(
    "question",
    ["汉考克是谁", "谁是汉考克？", "Who is Russell Hancock?", "Who was Hancock and what did he say?"],
)
def test_who_somebody_is_is_told_by_what_they_are_and_never_by_their_name(
    services: Services, question: str
) -> None:
    assert (
        value(services, question, "xu-homogenization-032")
        == "chairman and CEO of Joint Venture Silicon Valley in the US"
    )
    assert value(services, question, "xu-homogenization-033") == ""


@pytest.mark.parametrize(("question", "fact", "shown"), [
    ("What did the port groups sign?", "zhejiang-integration-092",
     "an agreement on developing the north side of Xiaoyangshan Island"),
    # Others did it, more follows behind a comma, and somebody does it to nothing.
    ("What did Nanjing sign?", "zhejiang-integration-092", ""),
    ("What did the Sino-Singapore park publish?", "zhejiang-integration-030", ""),
    ("What does Wang Yuan do besides chairing?", "xu-homogenization-036", ""),
])  # fmt: skip
def test_what_was_signed_or_published_is_told_of_those_who_did_it(
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


@pytest.mark.parametrize(("question", "fact"), [
    ("谁是淮南市市长？", "xu-twinning-039"),
    ("淮南市长是谁", "xu-twinning-039"),
    ("Who is the party secretary of Xuzhou?", "han-huaihai-063"),
    ("Who leads Zhejiang University?", "zhejiang-integration-100"),
    ("Who is the chairman of Huainan's partner?", "xu-twinning-039"),
    ("Who is the dean of Zhejiang University's School of Economics?", "zhejiang-integration-100"),
])  # fmt: skip
def test_who_holds_an_office_is_told_by_no_fact_that_does_not_name_it(
    services: Services, question: str, fact: str
) -> None:
    assert value(services, question, fact) == ""


@pytest.mark.parametrize(("question", "fact"), [
    # A zone was founded in Xuzhou, a park stands in Jiashan, and projects of a park were signed.
    ("When was Xuzhou founded?", "han-huaihai-007"),
    ("徐州什么时候成立？", "han-huaihai-007"),
    ("Where was Xuzhou founded?", "han-huaihai-007"),
    ("What is the area of Jiashan?", "zhejiang-integration-029"),
    ("嘉善面积多大？", "zhejiang-integration-029"),
    ("When was Jiashan signed?", "zhejiang-integration-028"),
    ("When was Jing'an District established?", "zhejiang-integration-056"),
    ("When was China founded?", "han-huaihai-007"),
    ("When was Guizhou formed?", "han-huaihai-039"),
    ("What is the GDP of the delta?", "xu-homogenization-012"),
    ("What is the per capita GDP of Xuzhou?", "han-huaihai-078"),
    ("When was Pinghu signed?", "zhejiang-integration-021"),
    ("How many special plans does Jiashan have?", "zhejiang-integration-030"),
    ("How many cities does Shanghai have?", "han-huaihai-084"),
])  # fmt: skip
def test_what_is_said_of_something_else_in_a_place_is_not_said_of_it(
    services: Services, question: str, fact: str
) -> None:
    assert value(services, question, fact) == ""


@pytest.mark.parametrize(("question", "fact"), [
    ("Who is Dalian's partner?", "cao-layout-032"),
    ("Who is Hangzhou's partner in the northeast?", "cao-layout-032"),
    ("哈尔滨与哪个城市对口合作?", "cao-layout-033"),
    ("Whom do Harbin and Dalian pair with?", "cao-layout-031"),
    ("Which cities are paired as counterparts?", "cao-layout-031"),
    ("Who is the core city of the delta?", "cao-layout-050"),
])  # fmt: skip
def test_a_place_that_is_probably_not_meant_is_never_the_answer(
    services: Services, question: str, fact: str
) -> None:
    assert value(services, question, fact) == ""


@pytest.mark.parametrize(("question", "fact"), [
    ("Which cities are twinned?", "xu-twinning-050"),
    ("哪些城市结对？", "xu-twinning-039"),
])  # fmt: skip
def test_one_pair_of_several_is_not_the_answer(services: Services, question: str, fact: str) -> None:
    assert value(services, question, fact) == ""


@pytest.mark.parametrize(("question", "shown"), [
    ("Compare the GDP of Xuzhou and Jining", ["Xuzhou: 675.523 billion yuan (2018)", "Jining: 493 billion yuan (2018)"]),
    ("徐州和济宁的GDP对比", ["Xuzhou: 675.523 billion yuan (2018)", "Jining: 493 billion yuan (2018)"]),
    ("GDP of Jining and Linyi", ["Jining: 493 billion yuan (2018)", "Linyi: 471.78 billion yuan (2018)"]),
    ("Compare the GDP of Xuzhou and Bengbu", ["Xuzhou: 675.523 billion yuan (2018)"]),
    ("What is the population and the GDP of Xuzhou?", ["675.523 billion yuan (2018)"]),
    ("Where are Chery's headquarters and where its R&D centre?", ["Wuhu, Anhui; Shanghai"]),
    ("In what year was the Huaihai Economic Zone founded, and in which city did that happen?", ["1986; Xuzhou, Jiangsu"]),
    ("How many prefecture-level cities and how many provinces does the Huaihai Economic Zone involve?",
     ["more than 20; four provinces"]),
    ("徐州比济宁大多少？", ["Xuzhou: 675.523 billion yuan (2018)", "Jining: 493 billion yuan (2018)"]),
    ("徐州比临沂的GDP高多少？", ["Xuzhou: 675.523 billion yuan (2018)", "Linyi: 471.78 billion yuan (2018)"]),
    ("徐州的GDP比济宁多多少", ["Xuzhou: 675.523 billion yuan (2018)", "Jining: 493 billion yuan (2018)"]),
    ("How much bigger is Xuzhou's GDP than Jining's?",
     ["Xuzhou: 675.523 billion yuan (2018)", "Jining: 493 billion yuan (2018)"]),
    ("How much bigger is Xuzhou than Jining?", ["Xuzhou: 675.523 billion yuan (2018)", "Jining: 493 billion yuan (2018)"]),
    ("Is Xuzhou's GDP higher than Linyi's?", ["Xuzhou: 675.523 billion yuan (2018)", "Linyi: 471.78 billion yuan (2018)"]),
    ("Who are the port groups and what did they sign?",
     ["Zhejiang Seaport Group and Shanghai International Port Group",
      "an agreement on developing the north side of Xiaoyangshan Island"]),
    ("population share, GDP share and trade share of the YRD",
     ["1/6 of the country's population", "nearly one quarter of the country's total economic output",
      "more than 30% of China's total international trade volume"]),
    ("R&D and patents share",
     ["more than 30% of the country's R&D expenditures", "more than 30% of the country's effective invention patents"]),
    ("What is the delta's share of population and GDP?",
     ["1/6 of the country's population", "nearly one quarter of the country's total economic output"]),
    ("长三角人口占比和贸易占比",
     ["1/6 of the country's population", "more than 30% of China's total international trade volume"]),
])  # fmt: skip
def test_each_part_of_a_question_has_its_value(ask: Asker, question: str, shown: list[str]) -> None:
    assert [line.value for line in ask(question).lines if line.value] == shown


@pytest.mark.parametrize("question", [
    "Who are the port groups and what did they witness?", "Who and when founded the Huaihai Economic Zone?",
    "Which cities are twinned and who is Huainan twinned with?",
])  # fmt: skip
def test_no_value_stands_twice_in_an_answer(ask: Asker, question: str) -> None:
    shown = [line.value for line in ask(question).lines if line.value]
    assert len(shown) == len({*shown})


def test_a_year_is_told_once_with_its_sum() -> None:
    assert told_once(["493 billion yuan (2018)", "2018"]) == ["493 billion yuan (2018)"]
    assert told_once(["1986", "Xuzhou, Jiangsu"]) == ["1986", "Xuzhou, Jiangsu"]


@pytest.mark.parametrize(("question", "said"), [
    ("Where and when was the first CIIE?", "I found no fact that says where."),
    ("When and by whom was the Huaihai Economic Zone founded?", "I found no fact that says who."),
    ("Who founded the Huaihai Economic Zone and when?", "I found no fact that says who."),
])  # fmt: skip
def test_of_two_question_words_the_one_without_an_answer_is_told(
    ask: Asker, question: str, said: str
) -> None:
    assert said in ask(question).notes


@pytest.mark.parametrize("question", [
    "When and where was the Huaihai Economic Zone founded?",
    "When was the north side agreement signed and by whom?",
    "Who signed the north side of Xiaoyangshan agreement, when and where?",
])  # fmt: skip
def test_what_is_printed_is_not_said_to_lack(ask: Asker, question: str) -> None:
    assert not any(note.startswith("I found no fact") for note in ask(question).notes)


def test_no_value_is_a_word_of_the_question(services: Services) -> None:
    """Names and what is called so are answers only where the question does not say them itself."""
    base = services.base
    for fact in base.facts:
        if fact.id.startswith("xu-twinning"):
            for ask in fact.asks[:7]:
                shown = value_of(services, base.parse(ask), fact)
                assert not shown or shown.casefold() not in ask.casefold(), (ask, shown)
