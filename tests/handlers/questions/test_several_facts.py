"""Questions that several facts answer: every side, every half and every member is shown, and what lacks is said."""

from __future__ import annotations

import pytest

from handlers.answer import FACTS_PER_PAGE
from tests.conftest import Asker
from tests.handlers.shown import ids, statements

XUZHOU_GDP, JINING_GDP, LINYI_GDP = "han-huaihai-078", "han-huaihai-079", "han-huaihai-080"
FOUNDED, COUNTIES = "han-huaihai-007", "han-huaihai-106"


@pytest.mark.parametrize(("text", "wanted"), [
    ("Compare the 2018 output of Xuzhou, Jining and Linyi", {XUZHOU_GDP, JINING_GDP, LINYI_GDP}),
    ("比较徐州和济宁的GDP", {XUZHOU_GDP, JINING_GDP}),
    ("Compare what Minhang gives Huainan and what Nanjing gives Chuzhou", {"xu-twinning-042", "xu-twinning-046"}),
    ("Compare Xiaoshan's move to Xuancheng with Jing'an's cooperation with Jingning",
     {"zhejiang-integration-054", "zhejiang-integration-056"}),
    ("What do the Pearl River Delta and the delta have as central cities?", {"han-huaihai-087", "han-huaihai-070"}),
])  # fmt: skip
def test_every_side_of_a_comparison_is_in_the_first_message(ask: Asker, text: str, wanted: set[str]) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert wanted <= set(ids(answer)[:FACTS_PER_PAGE]), statements(answer)


@pytest.mark.parametrize("text", [
    "When was the Huaihai zone founded, and how many county-level units does it have?",
    "When was the Huaihai zone founded; how many county-level units has it?",
    "When was the Huaihai zone founded? How many county-level units does it have?",
    "Give the founding year of the Huaihai zone and the number of county units in it.",
    "淮海经济区何时成立，有多少个县级单位？",
])  # fmt: skip
def test_both_halves_of_a_double_question_are_answered(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert {FOUNDED, COUNTIES} <= set(ids(answer)), statements(answer)
    assert not any(note.startswith(("The base has", "I found no fact")) for note in answer.notes)


@pytest.mark.parametrize(("text", "answered", "missing"), [
    ("What does Huang Xianhai say about higher-quality integration, and who is the mayor of Huainan?",
     "zhejiang-integration-101", "The documents name no mayor of Huainan."),
    ("Which district is twinned with Huainan, and how big is Zhangzhou?",
     "xu-twinning-039", "Zhangzhou (漳州) is in Fujian, outside this fact base, which holds nothing about it."),
    ("What is the population and the GDP of Xuzhou?", XUZHOU_GDP, "The base has no population of Xuzhou."),
    ("Compare the GDP of Xuzhou and Bengbu", XUZHOU_GDP, "The base has no GDP of Bengbu."),
    ("徐州的GDP是多少？蚌埠的人口是多少？", XUZHOU_GDP, "The base has no population of Bengbu."),
    ("Where was the Huaihai zone founded and by whom?", FOUNDED, "I found no fact that says who."),
    ("GDP of Xuzhou and its area", XUZHOU_GDP, "I found no fact that answers “area”."),
    ("What is the area of the Jiashan park and its population?", "zhejiang-integration-029",
     "The base has no population of the Sino-Singapore Jiashan Modern Industrial Park."),
    ("Who runs SMIC and where are its bases?", "zhejiang-integration-072", "I found no fact that answers “Who runs SMIC”."),
])  # fmt: skip
def test_a_half_without_an_answer_is_named_beside_the_answer_to_the_other(
    ask: Asker, text: str, answered: str, missing: str
) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert answered in ids(answer), statements(answer)
    assert missing == answer.notes[0]


@pytest.mark.parametrize(("text", "values"), [
    ("how large is the Sino-Singapore Jiashan park and what does it cost?",
     ["16.5 square kilometers", "3 billion yuan (2019, inferred)"]),
    ("When was the Huaihai zone founded and where?", ["1986; Xuzhou, Jiangsu"]),
    ("population of the delta and its GDP per capita", ["1/6 of the country's population", "more than 12,000 US dollars"]),
])  # fmt: skip
def test_each_half_has_its_answer_from_whatever_fact_holds_it(
    ask: Asker, text: str, values: list[str]
) -> None:
    answer = ask(text)
    assert [line.value for line in answer.lines if line.value] == values
    assert not any(note.startswith(("The base has", "I found no fact")) for note in answer.notes)


@pytest.mark.parametrize(("text", "said"), [
    ("What is the area of Wuhu and who is its mayor?",
     "The base has no area of Wuhu. The documents name no mayor of Wuhu."),
    ("When was Hefei founded and what is its population?",
     "I found no fact that answers “When was Hefei founded”. The base has no population of Hefei."),
    ("who is the director of the G60 office and where is it?",
     "The base has facts on “director”, “office” and the G60 Science and Technology Corridor, but none on all of them "
     "together. I found no fact that answers “where is it”."),
])  # fmt: skip
def test_of_two_questions_without_an_answer_each_is_denied_by_itself(
    ask: Asker, text: str, said: str
) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline) == ("unknown", said)


@pytest.mark.parametrize(("text", "shown"), [
    ("Compare the GDP of Xuzhou and Bengbu", [XUZHOU_GDP]),
    ("Compare the GDP of Xuzhou and Jining", [XUZHOU_GDP, JINING_GDP]),
    ("GDP of Jining and Linyi", [JINING_GDP, LINYI_GDP]),
])  # fmt: skip
def test_beside_the_figures_of_several_names_nothing_is_shown_on_others(
    ask: Asker, text: str, shown: list[str]
) -> None:
    answer = ask(text)
    assert ids(answer) == shown
    assert answer.table is None


@pytest.mark.parametrize("text", [
    "ok so Minhang helps Huainan, but who's the mayor over there in Huainan right now?",
    "What did Jiaxing and Huainan agree on?",
    "When will the big data center of Shanghai and Zhejiang go into operation?",
    "How many residents does the integration demonstration zone have, and who governs them?",
])  # fmt: skip
def test_what_only_leads_up_to_a_question_does_not_answer_it(ask: Asker, text: str) -> None:
    assert ask(text).outcome == "unknown"


@pytest.mark.parametrize(("text", "wanted"), [
    ("According to Hong Han, how big was Xuzhou's regional GDP in 2018?", "han-huaihai-078"),
    ("In which year and in which city was the Huaihai Economic Zone founded?", "han-huaihai-007"),
    ("Under their twinning, what does Minhang District provide to Huainan?", "xu-twinning-042"),
    ("闵行和淮南结对以后，淮南的经济有什么变化？", "xu-twinning-043"),
])  # fmt: skip
def test_what_stands_before_a_question_is_no_question_by_itself(ask: Asker, text: str, wanted: str) -> None:
    assert ids(ask(text))[:1] == [wanted]


@pytest.mark.parametrize(("text", "wanted"), [
    ("what did Minhang get out of Huainan", "xu-twinning-044"),
    ("What did Huainan get out of Minhang?", "xu-twinning-043"),
    ("how does Minhang help Huainan", "xu-twinning-042"),
    ("How does Nanjing support Chuzhou?", "xu-twinning-046"),
])  # fmt: skip
def test_the_side_of_a_tie_that_is_asked_for_comes_first(ask: Asker, text: str, wanted: str) -> None:
    assert ids(ask(text))[:1] == [wanted]


def test_a_list_shows_one_fact_on_each_member_before_more_on_any(ask: Asker) -> None:
    answer = ask("Which industrial alliances have been founded in the delta?")
    shown = "\n".join(line.fact.statement for line in answer.lines[:FACTS_PER_PAGE])
    for alliance in (
        "Fashion Industry Alliance",
        "Automobile Industry Innovation Alliance",
        "Health Industry Alliance",
    ):
        assert alliance in shown


def test_the_members_that_the_base_holds_are_all_listed(ask: Asker) -> None:
    shown = statements(
        ask("Which pairs of cities are to cooperate under the March 2017 plan for the Northeast?")
    )
    for city in ("Shenyang", "Dalian", "Changchun", "Harbin"):
        assert city in shown


@pytest.mark.parametrize(
    "text",
    [
        "徐州、济宁和临沂的GDP", "徐州和济宁的GDP", "徐州的GDP和济宁的GDP", "徐州、济宁的GDP是多少？", "GDP of Xuzhou and Jining",
        "GDP of Xuzhou, Jining and Linyi",
    ],
)  # fmt: skip
def test_the_figure_of_each_place_that_is_joined_is_told(ask: Asker, text: str) -> None:
    values = [line.value for line in ask(text).lines]
    assert values[:2] == ["Xuzhou: 675.523 billion yuan (2018)", "Jining: 493 billion yuan (2018)"]


def test_one_fact_on_all_that_is_named_is_not_taken_apart(ask: Asker) -> None:
    answer = ask("What is the big data center of Shanghai and Zhejiang to unify?")
    assert ids(answer)[0] == "zhejiang-integration-122"
    assert all("data" in line.fact.statement for line in answer.lines), statements(answer)
