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
        ("Did Suzhou outgrow Wuxi?", "Nothing on Wuxi."),
    ],
)  # fmt: skip
def test_what_none_of_them_has_is_said_in_a_sentence(ask: Asker, text: str, said: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.headline, answer.lines) == ("unknown", said, ())
    assert answer.denied is not None


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
