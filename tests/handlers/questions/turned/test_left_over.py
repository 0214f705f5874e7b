"""Questions of others than those named are answered without these, or it is said that nothing is left or told apart."""

from __future__ import annotations

import pytest

from tests.conftest import Asker
from tests.handlers.shown import ids


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Who is Nanjing twinned with apart from Chuzhou?", "Apart from Chuzhou, no twinning of Nanjing is recorded."),
        ("Is Nanjing twinned with anyone besides Chuzhou?", "Apart from Chuzhou, no twinning of Nanjing is recorded."),
        ("Besides Minhang, who else is twinned with Huainan?", "Apart from Minhang, no twinning of Huainan is recorded."),
        ("南京除了滁州以外还和谁结对？", "Apart from 滁州, no twinning of Nanjing is recorded."),
        ("Besides Minhang, Huainan is twinned with whom?", "Apart from Minhang, no twinning of Huainan is recorded."),
        ("Aside from Minhang, Huainan's twins?", "Apart from Minhang, no twinning of Huainan is recorded."),
        ("Who is Huainan twinned with, Minhang excepted?", "Apart from Minhang, no twinning of Huainan is recorded."),
        ("Is anyone but Minhang twinned with Huainan?", "Apart from Minhang, no twinning of Huainan is recorded."),
        ("除了闵行，淮南还和谁结对", "Apart from 闵行, no twinning of Huainan is recorded."),
        ("除了閔行，淮南還和誰結對", "Apart from 闵行, no twinning of Huainan is recorded."),
        ("淮南跟闵行以外的城市结对吗", "Apart from 闵行, no twinning of Huainan is recorded."),
    ],
)  # fmt: skip
def test_where_no_other_tie_is_left_that_is_said(ask: Asker, text: str, said: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline) == ("unknown", said)
    assert not answer.lines
    assert answer.choices


@pytest.mark.parametrize("text", ["Which cities besides Chuzhou are twinned?", "除了滁州还有哪些城市结对"])
def test_of_all_ties_those_with_what_is_left_out_are_not_shown(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert answer.headline.startswith("Without ")
    assert {"xu-twinning-039", "xu-twinning-050"} <= set(ids(answer))
    assert not any("Chuzhou" in line.fact.statement for line in answer.lines)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("All pairings except Minhang-Huainan", "Minhang"),
        ("Which twinnings besides Minhang-Huainan are there?", "Minhang"),
        ("pairings without Shanghai", "Shanghai"),
        ("Which cities are twinned, but not with Shanghai?", "Shanghai"),
        ("Which cities (not Shanghai) are twinned?", "Shanghai"),
        ("Which cities, Shanghai aside, are twinned?", "Shanghai"),
        ("Without Shanghai, which cities are twinned?", "Shanghai"),
        ("Other than Chuzhou, Hefei and Huainan, which cities are twinned?", "Chuzhou"),
        ("没有上海的结对", "Shanghai"),
        ("All pairings other than twinnings", "twinned"),
    ],
)
def test_what_is_left_out_is_not_told(ask: Asker, text: str, out: str) -> None:
    answer = ask(text)
    assert answer.outcome == "answer"
    assert answer.headline.startswith("Without ")
    assert not any(out in line.fact.statement for line in answer.lines[:2])


@pytest.mark.parametrize(
    "text",
    [
        "Which documents other than Xu et al. 2024 mention twinning?",
        "Who other than Han writes about Xuzhou?",
        "Which districts but Minhang are twinned?",
        "除了闵行区，上海还有哪些区结对",
        "What does Shanghai do apart from helping Huainan?",
        "Which cities besides Suzhou does Hangzhou help?",
        "Name all cities except Shanghai",
    ],
)
def test_what_cannot_be_left_out_is_refused(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown"
    assert answer.headline.startswith("The base has no list of that without ")
    assert answer.choices
    assert not answer.lines


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Besides Shanghai, which provinces belong to the delta?", "Jiangsu, Zhejiang and Anhui"),
        ("Which cities are the regional central cities of the delta besides Nanjing?", "Hangzhou"),
        ("Which cities are the regional central cities of the delta apart from Shanghai?", "Nanjing and Hangzhou"),
    ],
)  # fmt: skip
def test_a_list_is_told_without_what_is_left_out(ask: Asker, text: str, value: str) -> None:
    answer = ask(text)
    assert answer.headline.startswith("Without ")
    assert answer.lines[0].value == value


@pytest.mark.parametrize(
    "text",
    [
        "Which cities apart from Shanghai are in the G60 corridor?",
        "How many cities besides Shanghai are in the G60 corridor?",
        "除了上海，G60走廊还有哪些城市",
    ],
)
def test_what_no_fact_tells_apart_is_refused_with_the_whole_question(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown"
    assert answer.headline.startswith("The base has no list of that without ")
    assert not answer.near


def test_a_fact_that_names_what_is_left_out_with_others_says_so(ask: Asker) -> None:
    answer = ask("Which core cities does the delta have besides Hefei?")
    assert answer.headline == "The fact speaks of Hefei as well:"
    assert ids(answer)[0] == "cao-layout-078"


@pytest.mark.parametrize(
    "text",
    [
        "What sets Xuzhou apart from Zhengzhou?",
        "Apart from giving money, what do rich cities do?",
        "Who is Huainan twinned with besides Minhang and Foobar?",
        "武汉城市圈除了武汉还有哪些城市？",
        "除州",
        "哪些壁垒被消除了？",
    ],
)
def test_what_leaves_out_no_name_or_one_that_is_not_known_is_read_as_any_question(
    ask: Asker, text: str
) -> None:
    headline = ask(text).headline
    assert not headline.startswith(("Without ", "Apart from ", "The base has no list", "That is the rest"))
