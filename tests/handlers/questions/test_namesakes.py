"""Questions that name a spelling which several places share: what is told of each, and what of none."""

from __future__ import annotations

import pytest

from tests.conftest import Asker
from tests.render.answers import plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Taizhou ports", "The base has nothing on “ports” of Taizhou (Jiangsu) or Taizhou (Zhejiang)."),
        ("Yulin GDP", "The base has no GDP of Yulin (Guangxi) or Yulin (Shaanxi)."),
        ("What is the population of Suzhou?", "The base has no population of Suzhou (Jiangsu) or Suzhou (Anhui)."),
        ("Suzhou GDP 2019", "The base has no GDP of Suzhou (Jiangsu) or Suzhou (Anhui) for 2019."),
        ("mayor of Suzhou", "The documents name no mayor of Suzhou (Jiangsu) or Suzhou (Anhui)."),
        (
            "Did Suzhou outgrow Wuxi?",
            "Nothing on Wuxi. On Suzhou (Jiangsu) the base has 12 facts. On Suzhou (Anhui) the base has 10 facts.",
        ),
    ],
)  # fmt: skip
def test_what_none_of_them_has_is_said_in_a_sentence(ask: Asker, text: str, said: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline, answer.lines) == ("unknown", said, ())
    assert answer.denied is not None


def test_beside_a_name_that_nothing_is_held_on_the_shared_one_is_kept(ask: Asker) -> None:
    answer = ask("Changzhou and Suzhou")
    assert answer.headline.startswith("Nothing on Changzhou. On Suzhou (Jiangsu) the base has ")
    assert " On Suzhou (Anhui) the base has " in answer.headline
    assert answer.near


def test_of_several_without_a_fact_one_sentence_names_all_and_keeps_the_one_that_has_some(ask: Asker) -> None:
    answer = ask("Ma'anshan and Taizhou")
    assert answer.headline.startswith("Nothing on Ma'anshan or Taizhou (Zhejiang). On Taizhou (Jiangsu) ")
    assert not answer.notes


def test_on_which_namesake_nothing_is_held_is_said(ask: Asker) -> None:
    assert ask("Taizhou").notes == ("No fact is about Taizhou (Zhejiang).",)
    assert not ask("Suzhou").notes


@pytest.mark.parametrize("text", ["Minhang paired wiht Huianan?", "Is Minhang paired with Huianan?"])
def test_a_slip_that_leaves_several_is_read_as_the_partner_of_the_other(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.lines[0].fact.id == "xu-twinning-039"
    assert "“Huianan” read as Huainan." in answer.read


def test_where_a_slip_leaves_several_the_partner_of_the_other_is_offered_first_and_the_question_kept(
    ask: Asker,
) -> None:
    answer = ask("Minhang Huianan GDP")
    assert answer.headline.startswith("“Huianan” is no name")
    assert answer.choices[0].label == "Huainan"
    assert all(choice.text == "Minhang Huianan GDP" for choice in answer.choices)


@pytest.mark.parametrize("text", ["Is Minhang paired with Huainan?", "Minhang paired with Huainan?"])
def test_whether_two_are_paired_that_are_is_told_by_their_tie(ask: Asker, text: str) -> None:
    assert ask(text).lines[0].fact.id == "xu-twinning-039"
    assert ask("When did Minhang and Huainan pair up?").outcome == "unknown"


def test_the_pages_of_those_that_facts_are_on_are_offered(ask: Asker) -> None:
    assert [choice.id for choice in ask("Yulin GDP").choices] == ["yulin-guangxi", "yulin-shaanxi"]
    assert [choice.id for choice in ask("Taizhou ports").choices] == ["taizhou-jiangsu"]


def test_what_they_lack_each_in_another_way_is_said_of_each(ask: Asker) -> None:
    answer = ask("Taizhou twin")
    assert answer.headline.startswith("No twinning of Taizhou (Jiangsu) is recorded.")
    assert answer.notes == ("Nothing on Taizhou (Zhejiang).",)


def test_where_one_alone_has_it_that_one_is_named_and_so_is_what_the_other_lacks(ask: Asker) -> None:
    answer = ask("What is Suzhou twinned with?")
    assert answer.headline == "“Suzhou” is the name of 2 places. I found an answer only for Suzhou (Anhui):"
    assert {line.group for line in answer.lines} == {"Suzhou (Anhui)"}
    assert answer.lines[0].value == "Hangzhou, Zhejiang"
    assert answer.notes[0].startswith("No twinning of Suzhou (Jiangsu) is recorded.")
    assert len(answer.choices) == 2


def test_where_both_have_it_each_stands_under_its_name(ask: Asker) -> None:
    answer = ask("Does Suzhou have partners?")
    assert answer.headline == "“Suzhou” is the name of 2 places."
    assert {line.group for line in answer.lines} == {"Suzhou (Jiangsu)", "Suzhou (Anhui)"}
    assert answer.notes == ()


def test_what_may_be_held_is_not_denied(ask: Asker) -> None:
    answer = ask("best noodles in suzhou??")
    assert (answer.outcome, answer.denied) == ("ambiguous", None)
    assert (
        answer.headline == "I found no fact that surely answers that for any of the 2 places called “Suzhou”."
    )


@pytest.mark.parametrize(
    "text", ["Suzhou", "Taizhou ports", "Does Suzhou have partners?", "What industries are there in Yulin?"]
)
def test_which_is_meant_is_asked_once_at_most(ask: Asker, text: str) -> None:
    assert plain(ask(text)).count("Which one") <= 1


@pytest.mark.parametrize(
    "text", ["What do your sources have on Suzhou?", "What do the documents say about Yulin?"]
)
def test_where_nothing_in_particular_is_asked_what_is_most_on_each_is_told(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "ambiguous"
    assert len({line.group for line in answer.lines}) == 2
