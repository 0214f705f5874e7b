"""The bot answers the development questions, and reads slips, no worse than the committed figures say.

What got better is committed with `make eval-figures`; what got worse is a decision, and then the same.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import ablate, evaluate, figures, matching_page, slips
from benchmarks.engines import ours
from benchmarks.explain import explained
from benchmarks.figures import Figures
from benchmarks.grading import Graded, grade
from benchmarks.question_set import SEEN, Question, path_of, read, unseen
from benchmarks.slips import Counts
from handlers.answerability import RULES
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.tuning import TUNING, Tuning
from knowledge.vocabulary import Level

# Wrong readings are worse than questions back: of a thousand slips at most three.
WRONG_SLIPS = 0.003


@pytest.fixture(scope="module")
def committed() -> dict[str, Figures]:
    return figures.read_committed()


@pytest.fixture(scope="module")
def graded(base: FactBase) -> list[Graded]:
    return grade(read(path_of(SEEN)), ours(base))


@pytest.fixture(scope="module")
def outside(base: FactBase) -> dict[str, Counts]:
    return slips.outside(base, every=10)


def test_the_development_questions_are_answered_as_well_as_committed(
    graded: list[Graded], committed: dict[str, Figures]
) -> None:
    measured = figures.of_questions(graded)
    assert figures.worse(measured, committed["questions"], ("answerable", "near-misses")) == []


@pytest.mark.parametrize(
    ("name", "questions"), [("questions", read(path_of(SEEN))), ("unseen", unseen())], ids=["seen", "unseen"]
)
def test_the_committed_figures_are_of_these_questions(
    committed: dict[str, Figures], name: str, questions: tuple[Question, ...]
) -> None:
    asked = Counter(question.style for question in questions)
    asked.update(question.group for question in questions)
    assert {style: found["n"] for style, found in committed[name].items()} == asked


def test_the_committed_figures_say_what_every_rule_is_worth(committed: dict[str, Figures]) -> None:
    assert list(committed["rules"]) == [rule.name for rule in RULES]


def test_without_a_rule_what_it_withheld_is_answered(base: FactBase) -> None:
    asked = [question for question in read(path_of(SEEN)) if not question.is_answerable]
    year = next(part for part in ablate.PARTS if part.rule == "year")
    (_, (whole,)), (_, (without,)) = ablate.measure(base, (asked,), (year,))
    assert without.taken > whole.taken


def test_every_part_that_can_be_taken_away_is_a_part(base: FactBase) -> None:
    for part in ablate.PARTS:
        left, rules = ablate.engine(base, part)
        is_smaller = left.seeds != base.seeds or len(rules) < len(RULES)
        assert is_smaller or left.tuning != base.tuning, part.part


def test_every_number_is_taken_away_or_said_to_do_its_work_elsewhere() -> None:
    rows = [part.numbers for part in ablate.PARTS if part.part.startswith("number: ")]
    measured = {name for numbers in rows for name in numbers}
    assert all(len(numbers) == 1 for numbers in rows)
    assert {number.name for number in fields(Tuning)} == measured | set(ablate.ELSEWHERE)
    assert not measured & set(ablate.ELSEWHERE)
    assert set(ablate.AWAY) <= measured


def test_no_answer_to_the_questions_goes_by_a_number_that_has_no_row(base: FactBase) -> None:
    asked = read(path_of(SEEN))[::8]
    others: dict[str, Any] = {name: 2 * getattr(TUNING, name) for name in ablate.ELSEWHERE}
    changed = grade(asked, ours(base.tuned(replace(TUNING, **others))))
    assert [item.answer for item in changed] == [item.answer for item in grade(asked, ours(base))]


def test_the_table_of_what_parts_are_worth_shows_counts_and_no_question(base: FactBase) -> None:
    asked = unseen()[:12]
    lines = list(ablate.table(ablate.measure(base, (asked,), ablate.PARTS[:1]), (asked,)))
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| nothing", "| rule: coverage"]
    assert not any(question.text in line for question in asked for line in lines)


def test_slips_in_names_are_read_as_well_as_committed(base: FactBase, committed: dict[str, Figures]) -> None:
    measured = figures.of_slips(base)
    assert figures.worse(measured, committed["slips"], ("all slips",)) == []
    assert measured["all slips"]["wrong"] < WRONG_SLIPS


def test_no_city_outside_is_ever_taken_for_one_of_the_delta(outside: dict[str, Counts]) -> None:
    assert [how for how, found in outside.items() if found[slips.TAKEN]] == []


def test_every_other_city_of_china_is_known_for_what_it_is(outside: dict[str, Counts]) -> None:
    typed_exactly = next(iter(outside.values()))
    assert set(typed_exactly) <= {"outside", "known, not of the delta"}


def test_every_kind_of_slip_happens_to_some_name(base: FactBase) -> None:
    counts = slips.count(base.names, slips.delta_places(base))
    assert set(counts) == set(slips.KINDS)
    assert all(found.total() for found in counts.values())


def test_the_cities_of_the_delta_are_all_slipped(base: FactBase) -> None:
    cities = [place for place in slips.delta_places(base) if place.level is Level.PREFECTURE_LEVEL_CITY]
    assert len(cities) == 40


def test_the_sets_of_questions_are_as_large_as_promised_without_what_stands_in_both() -> None:
    questions = (*read(path_of(SEEN)), *unseen())
    answerable = sum(question.is_answerable for question in questions)
    near_misses = len(questions) - answerable
    assert answerable >= 500
    assert near_misses >= 200


def test_the_test_questions_are_never_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate.main(["test", "--failures"]) == 2
    assert evaluate.main(["test", "--curve"]) == 2
    assert capsys.readouterr().out == ""


def test_the_page_on_matching_shows_the_committed_figures(committed: dict[str, Figures]) -> None:
    text = matching_page.PAGE.read_text(encoding="utf-8")
    assert matching_page.measured(text, committed) == text, "run `make eval-figures`"


def test_the_examples_on_the_page_end_as_they_do_there(services: Services) -> None:
    shown = matching_page.examples(matching_page.PAGE.read_text(encoding="utf-8"))
    assert len(shown) == 3
    for question, text in shown.items():
        (outcome,) = re.findall(r"^outcome +(\w+ \(\w+\))", explained(services, question), re.MULTILINE)
        assert f"outcome     {outcome}" in text, question


def test_an_explanation_that_nobody_reads_to_its_end_ends_quietly(facts_db: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "benchmarks.explain", "--base", str(facts_db), "Ningbo"]
    found = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (found.returncode, found.stderr) == (0, "")


def test_an_explanation_says_why_a_fact_does_not_answer(services: Services) -> None:
    said = explained(services, "What was the GDP of Huaibei in 2021?")
    assert "is not on huaibei" in said
    assert "does not speak of 2021" in said
    assert "outcome     unknown" in said
