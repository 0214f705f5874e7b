"""What readers are expected to ask is enough, in both languages, and names and dates what its fact does."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.checks import asks
from knowledge.model import Outside
from tests.knowledge.small import DOCUMENT, fact, gap, place, seeds

PLAIN = (
    "Who signed?",
    "treaty worth",
    "What was agreed?",
    "Why a treaty?",
    "How much money?",
    "条约是哪一年签的？",
)
AVILLE = place("aville", chinese="阿维尔", aliases=["Aburg"], delta=True)
SUZHOUS = (
    place("suzhou-north", name="Suzhou (North)", chinese="宿州", level="prefecture-level city", delta=True,
          not_to_be_confused_with=["suzhou-south"]),
    place("suzhou-south", name="Suzhou (South)", chinese="苏州", level="prefecture-level city", delta=True,
          not_to_be_confused_with=["suzhou-north"]),
)  # fmt: skip


def faults(*questions: str, near_misses: tuple[str, ...] = (), **fields: Any) -> list[str]:
    """The faults of one fact that those are asks and near misses of."""
    outside = (Outside(name="Perth", chinese="珀斯", within="Australia"),)
    curated = seeds(
        fact(asks=questions, near_misses=near_misses, **fields),
        places=(AVILLE, place("bton"), *SUZHOUS),
        outside=outside,
    )
    return [problem.message for problem in asks.faults(curated)]


def lacks(*questions: str, **records: Any) -> list[str]:
    curated = seeds(fact(asks=questions, topics=["harbours"]), **records)
    return [problem.message for problem in asks.lacking(curated)]


def test_an_entry_has_six_asks_and_one_of_them_is_chinese() -> None:
    assert lacks(*PLAIN) == []
    assert lacks(*PLAIN[1:]) == ["are 5: readers ask in more ways; write 6 or more"]
    assert lacks(*PLAIN[:5], "Which year?") == ["are all in English: write one in Chinese"]


def test_of_a_document_itself_fewer_asks_will_do() -> None:
    about_it = fact(asks=PLAIN[3:], topics=["about-the-documents"])
    assert asks.lacking(seeds(about_it)) == ()


def test_a_gap_is_held_to_the_same() -> None:
    found = asks.lacking(seeds(fact(asks=PLAIN), gaps=(gap(*PLAIN[:2], topics=["harbours"]),)))
    assert [(problem.file, problem.record) for problem in found] == [("gaps.toml", "ports-gap-001")] * 2


@pytest.mark.parametrize(
    "known",
    [
        "Did Aville or ABURG sign with Bton?",
        "Is Perth part of it?",
        "June treaty, GDP of Aville?",
        "Tell me about Northland",
        "Whose harbours? Harbours!",
        "Kraków is what it opens with",
    ],
)
def test_names_of_the_base_words_of_its_texts_and_ordinary_words_are_known(known: str) -> None:
    assert faults(known, speaker="the GDP report") == []


def test_a_name_that_neither_base_nor_language_knows_is_found() -> None:
    message = "“{}” is no name of the base: write one, or curate it where it belongs"
    assert faults("Did XQZ sign with Xqville?") == [message.format("XQZ"), message.format("Xqville")]


def test_a_slip_in_a_name_is_found_in_near_misses_too() -> None:
    slip = ["“avillle” is no name; Aville is near"]
    assert faults("What did Avillle pay?") == faults(near_misses=("What did Avillle pay?",)) == slip


def test_a_name_written_with_other_characters_that_sound_alike_is_found() -> None:
    assert faults("阿微尔在哪里？") == ["“阿微尔” is no name; 阿维尔 sounds like it"]
    assert faults("阿维尔在哪里？") == []


def test_a_place_that_is_easily_taken_for_the_subject_is_found_unless_the_fact_speaks_of_it() -> None:
    ask = "苏州的港口怎么样？"
    assert faults(ask, subjects=["suzhou-north"]) == [
        f"“{ask}” names Suzhou (South), for which a subject is easily taken"
    ]
    assert faults(ask, subjects=["suzhou-north"], caveat="Not 苏州.") == []


def test_characters_guessed_for_a_name_in_pinyin_are_found() -> None:
    said = "Zou Zaijin signed for Aville in June 2018."
    assert faults("邹再进签了什么？", statement=said) == ["“邹再进” is a guess at a name in pinyin"]
    assert faults("邹再进签了什么？") == []


@pytest.mark.parametrize("ask", ["What was agreed in 2018?", "Treaties of the 2010s", "2010年代的条约"])
def test_a_year_that_the_fact_speaks_of_and_a_decade_may_be_asked_for(ask: str) -> None:
    assert faults(ask) == []


def test_a_year_that_the_fact_does_not_speak_of_is_found() -> None:
    ask = "What was agreed in 2019?"
    assert faults(ask) == [f"“{ask}” asks for 2019, which the fact does not speak of"]
    assert faults(ask, caveat="In force since 2019.") == []
    dated = DOCUMENT.model_copy(update={"published": "2019"})
    found = asks.faults(seeds(fact(asks=[ask]), documents=(dated,)))
    assert found == ()


@pytest.mark.parametrize(
    "ask", ["Is it 25%?", "is it 25 per cent", "Was it 4717.8亿元?", "more than 400 billion?"]
)
def test_a_figure_may_be_written_in_another_way_and_a_bound_may_be_any(ask: str) -> None:
    assert faults(ask, statement="A quarter, 471.78 billion crowns, went to Aville in June 2018.") == []


@pytest.mark.parametrize(("ask", "said"), [("Is it 30%?", "30%"), ("Was it 4.5 billion?", "4.5 billion")])
def test_a_figure_that_the_fact_does_not_state_is_found(ask: str, said: str) -> None:
    assert faults(ask) == [f"“{ask}” says {said}, which the fact does not state"]
