"""A question is answered from the facts, or declined in words that say what is missing."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Asker
from tests.handlers.shown import ids, statements


@pytest.mark.parametrize(("text", "missing"), [
    ("GDP of Xuzhou in 2015", "2015"),
    ("Is Minhang twinned with Bengbu?", ""),
    ("Who is the mayor of Jiashan?", "mayor"),
    ("What is the population of Huainan?", ""),
])  # fmt: skip
def test_a_near_miss_is_declined_and_says_what_is_missing(ask: Asker, text: str, missing: str) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown", statements(answer)
    assert not answer.lines
    assert len(answer.near) <= 3
    assert missing in answer.headline


@pytest.mark.parametrize(("text", "value"), [
    ("When did the leaders meet in Wuhu?", "22 May 2019 (inferred)"),
    ("How many cities belong to the Huaihai Economic Zone?", "more than 20"),
    ("G60有几个城市", "nine cities"),
    ("What share of the country's population lives in the delta?", "1/6 of the country's population"),
])  # fmt: skip
def test_a_fact_that_speaks_of_all_that_is_asked_and_has_what_is_wanted_answers(
    ask: Asker, text: str, value: str
) -> None:
    assert ask(text).lines[0].value == value


def test_a_statement_with_every_word_that_is_asked_answers(ask: Asker) -> None:
    assert ids(ask("What are the three mechanisms of twinning?"))[0] == "xu-twinning-028"


@pytest.mark.parametrize("text", [
    "When was Xuzhou founded?",
    "When was Shanghai founded?",
    "When was Nantong established?",
    "When was Xuzhou the capital of Jiangsu?",
])  # fmt: skip
def test_the_time_of_something_else_is_no_answer(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown"
    assert answer.near
    assert not answer.may_answer


def test_when_something_was_is_told_by_no_event(ask: Asker) -> None:
    assert ask("When was Chongqing part of Sichuan?").outcome == "unknown"


def test_beside_a_refusal_nothing_is_told_of_the_documents_unless_they_are_asked_of(ask: Asker) -> None:
    assert (
        "keywords"
        not in " ".join(fact.statement for fact in ask("What does Cao propose for Zhejiang?").near).lower()
    )


def test_a_share_is_no_count(ask: Asker) -> None:
    answer = ask("how many people live in the delta")
    assert not any(line.value for line in answer.lines)


@pytest.mark.parametrize(
    "text", ["What is pi?", "recommend a thriller for tonight", "tell me a joke", "今天天气怎么样"]
)
def test_off_topic_gets_a_friendly_no_without_facts(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.lines, answer.near) == ("unknown", (), ())


def test_an_outside_place_is_named_as_such(ask: Asker) -> None:
    answer = ask("What ties Zhangzhou and Shanghai?")
    assert answer.outcome == "unknown"
    assert answer.headline.startswith("Zhangzhou (漳州) is in Fujian, outside this fact base")


def test_a_follow_up_uses_the_last_subjects(ask: Asker) -> None:
    first = ask("Which district is twinned with Huainan?")
    follow_up = ask("what does it concentrate on?", context=("minhang-huainan",))
    assert first.context
    assert "talent training" in statements(follow_up)


@pytest.mark.parametrize(("text", "said"), [
    ("What are the 15 special plans of the Jiashan park?", "gives neither their titles"),
    ("What is the fourth model of city cooperation?", "a fourth is neither named nor described"),
    ("淮海经济区有多少人口", "gives no population"),
])  # fmt: skip
def test_what_the_documents_are_known_not_to_state_is_said_with_where_they_speak_of_it(
    ask: Asker, text: str, said: str
) -> None:
    answer = ask(text)
    assert answer.outcome == "unknown"
    assert said in answer.headline
    assert re.search(r"\(.*, para \d+\)$", answer.headline)


def test_a_gap_of_another_year_or_place_is_not_given(ask: Asker) -> None:
    assert "The documents do not say" not in ask("what happened in the 1980s").headline
    assert "The documents do not say" not in ask("Which airport serves Jiashan?").headline


@pytest.mark.parametrize(("text", "speaker", "count"), [
    ("What did Wang Yuan say?", "Wang Yuan", 3),
    ("王元说了什么", "Wang Yuan", 3),
    ("What does Jing Xiandong suggest?", "Jing Xiandong", 4),
    ("What did Hanan Tekker say?", "Hanan Tekker", 1),
])  # fmt: skip
def test_what_somebody_says_is_told_by_what_they_say_and_not_by_who_they_are(
    ask: Asker, text: str, speaker: str, count: int
) -> None:
    answer = ask(text)
    assert answer.total == count
    assert all(speaker in line.fact.speaker for line in answer.lines)


def test_of_somebody_who_says_nothing_in_the_base_that_is_said(ask: Asker) -> None:
    assert ask("What did Ma Yun say?").outcome == "unknown"


@pytest.mark.parametrize("text", ["Minhang and Huainan", "Chuzhou, Nanjing"])
def test_two_names_alone_get_what_ties_them(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert "twinning of" in answer.headline
    assert answer.lines[0].fact.kind == "pairing"


def test_two_names_alone_without_a_tie_of_their_own_are_a_question(ask: Asker) -> None:
    assert ask("Xuzhou and Jining").headline == ""


def test_behind_a_fact_stands_what_says_the_same_more_precisely(ask: Asker) -> None:
    answer = ask("When did the YRD integration become a national strategy?")
    assert ids(answer)[:2] == ["zhejiang-integration-027", "cao-layout-008"]
