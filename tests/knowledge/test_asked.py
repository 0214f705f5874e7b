"""Questions that are read as one stand once, and on two facts only where both are shown."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge import seeds as seed_files
from knowledge.model import Fact, Gap
from tests.knowledge import small

OTHER: dict[str, Any] = {"statement": "Bton keeps harbours."}


def problems(*facts: Fact, gaps: tuple[Gap, ...] = ()) -> list[tuple[str, str, str]]:
    found = seed_files.references(small.seeds(*facts, gaps=gaps))
    return [(problem.record, problem.field, problem.message) for problem in found]


@pytest.mark.parametrize("again", ["what did Aville PAY?", "What did Aville’s pay", "what did Áville pay!"])
def test_an_ask_that_is_read_as_another_of_its_fact_is_found(again: str) -> None:
    found = problems(small.fact(asks=["What did Aville pay?", again]))
    assert found == [("ports-001", "asks", f"“{again}” stands there twice")]


def test_an_ask_of_two_facts_is_found_unless_they_say_how_they_are_related() -> None:
    one, two = small.fact(asks=["Aville treaty"]), small.fact(2, **OTHER, asks=["aville treaty?"])
    message = "“aville treaty” is an ask of ports-001 as well: which answers?"
    assert problems(one, two) == [("ports-002", "asks", message)]
    assert problems(one, two.model_copy(update={"more_precise_than": ("ports-001",)})) == []


def test_an_ask_of_a_fact_and_of_a_gap_is_found() -> None:
    found = problems(small.fact(asks=["Who leads the board?"]), gaps=(small.gap("who leads the board"),))
    assert [(record, field) for record, field, _ in found] == [("ports-gap-001", "asks")]


def test_what_answers_is_no_near_miss() -> None:
    missed = small.fact(2, **OTHER, near_misses=["What did Aville pay?", "Who paid?"])
    found = problems(small.fact(asks=["what did aville pay"]), missed, gaps=(small.gap("Who paid"),))
    assert found == [
        ("ports-002", "near_misses", "“What did Aville pay?” is an ask of ports-001: that is no miss"),
        ("ports-002", "near_misses", "“Who paid?” is an ask of ports-gap-001: that is no miss"),
    ]


def test_a_question_that_tells_a_story_or_nothing_is_found() -> None:
    story = "what " * 40
    found = problems(small.fact(asks=["?!", story]))
    assert [message.rpartition("”")[2] for _, _, message in found] == [
        " holds no word",
        " has 199 characters; 140 is the most",
    ]
