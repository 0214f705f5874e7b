"""A question is taken apart into names, words, years, and what is asked for."""

from __future__ import annotations

import pytest

from knowledge.base import FactBase
from knowledge.search.intent import AnswerType, asks_share


@pytest.mark.parametrize(
    ("question", "names", "words", "years"),
    [
        ("What was the GDP of Xuzhou in 2018?", ["xuzhou"], ["gdp"], (2018,)),
        ("徐州2018年的GDP是多少", ["xuzhou"], ["gdp"], (2018,)),
        ("Which banks help Xuzhou?", ["xuzhou"], ["banks", "help"], ()),
        ("the", [], [], ()),
    ],
)
def test_a_question_is_names_words_and_years(
    base: FactBase, question: str, names: list[str], words: list[str], years: tuple[int, ...]
) -> None:
    query = base.parse(question)
    assert [owner for concept in query.concepts for owner in concept.owners] == names
    assert [concept.surface for concept in query.concepts if not concept.is_name] == words
    assert query.years == years


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What was the GDP of Xuzhou in 2018?", AnswerType.QUANTITY),
        ("When was Ningbo port founded?", AnswerType.TIME),
        ("Which banks help Xuzhou?", AnswerType.ANYTHING),
    ],
)
def test_what_is_asked_for_is_read(base: FactBase, question: str, wanted: AnswerType) -> None:
    assert base.parse(question).answer_type is wanted


def test_what_a_number_is_wanted_of_and_what_sort_is_asked_for_are_kept_apart(base: FactBase) -> None:
    assert base.parse("What was the GDP of Xuzhou?").measured == {"gdp"}
    assert base.parse("Which banks help Xuzhou?").sorts == {"banks"}
    assert base.parse("How much money does Hefei invest?").money
    assert not base.parse("How many people live in Hefei?").money


def test_a_slip_in_a_word_is_read_and_told(base: FactBase) -> None:
    (slip, _) = base.parse("How does toursim cooperate?").concepts
    assert (slip.surface, slip.owners, slip.corrected) == ("toursim", ("tourism",), "Tourism")
    assert not base.parse("How do ports cooperate?").concepts[0].corrected


def test_what_few_facts_hold_weighs_more_than_what_many_hold(base: FactBase) -> None:
    rare, common = base.parse("semiconductors cooperation").concepts
    assert rare.weight > common.weight


@pytest.mark.parametrize(("question", "is_comparison"), [
    ("How much bigger is Xuzhou's GDP than Jining's?", True),
    ("徐州比济宁大多少？", True),
    ("徐州的GDP比济宁多多少", True),
    # One place alone, a number behind "than", and a share.
    ("Which cities are bigger than Suzhou?", False),
    ("Do Ningbo and Shanghai have more than 3 projects?", False),
    ("上海和苏州的占比多少？", False),
])  # fmt: skip
def test_more_than_another_compares_two_places(base: FactBase, question: str, is_comparison: bool) -> None:
    assert base.parse(question).compares is is_comparison


@pytest.mark.parametrize(("question", "is_share"), [
    ("What is the R&D spending share of the delta?", True),
    ("population share, GDP share and trade share of the YRD", True),
    ("长三角研发支出占全国多少？", True),
    ("What do the three provinces share?", False),
    ("Which libraries share books on the gulf?", False),
    ("Must parties agree on the share of tax?", False),
    ("嘉善跟新加坡合作的那个园子打算占多少地？", False),
])  # fmt: skip
def test_a_share_is_asked_for_in_many_ways(question: str, is_share: bool) -> None:
    assert asks_share(question) is is_share
