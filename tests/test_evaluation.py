"""The bot answers the development questions, and reads slips, no worse than the committed figures say.

What got better is committed with `make eval-figures`; what got worse is a decision, and then the same.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import ablate, curve, encoding, evaluate, figures, learn, matching_page, slips
from benchmarks.engines import NOW, ours
from benchmarks.figures import Figures
from benchmarks.grading import Graded, grade
from benchmarks.question_set import SEEN, TALK, Question, path_of, read, read_lines, unseen
from benchmarks.report import GROUPS
from benchmarks.slips import Counts
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from handlers.verdict.answerability import RULES
from knowledge.base import FactBase
from knowledge.search.vectors.embeddings import Texts
from knowledge.tuning import TUNING, Tuning
from knowledge.vocabulary import Level

needs_encoder = pytest.mark.skipif(
    encoding.remembering() is None, reason="there is no encoder for this machine"
)
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


def test_without_the_encoder_the_development_questions_are_answered_as_well_as_committed(
    graded: list[Graded], committed: dict[str, Figures]
) -> None:
    measured = figures.of_questions(graded)
    assert figures.worse(measured, committed["light"], GROUPS) == []


@pytest.mark.slow
@needs_encoder
def test_with_the_encoder_the_development_questions_are_answered_as_well_as_committed(
    dense_db: Path, committed: dict[str, Figures]
) -> None:
    base = FactBase.open(dense_db, encoding.demanded())
    measured = figures.of_questions(grade(figures.sampled(), ours(base)))
    assert figures.worse(measured, committed["sampled"], GROUPS) == []


def test_the_encoder_brings_two_points_at_no_more_wrong(committed: dict[str, Figures]) -> None:
    with_it, without = committed["unseen"]["answerable"], committed["light unseen"]["answerable"]
    assert with_it["first"] >= without["first"] + 0.02
    assert with_it["wrong"] <= without["wrong"]


def test_what_falls_behind_its_committed_figure_is_named() -> None:
    then = {"answerable": {"n": 9, "first": 0.8, "wrong": 0.05}, "unanswerable": {"n": 9, "answered": 0.1}}
    now = {"answerable": {"n": 9, "first": 0.78, "wrong": 0.07}, "unanswerable": {"n": 9, "answered": 0.12}}
    assert figures.worse(now, then, GROUPS) == [
        "answerable: first 78.0%, committed 80.0%",
        "answerable: wrong 7.0%, committed 5.0%",
        "unanswerable: answered 12.0%, committed 10.0%",
    ]
    assert figures.worse(then, now, GROUPS) == []


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("questions", read(path_of(SEEN))),
        ("sampled", figures.sampled()),
        ("light", read(path_of(SEEN))),
        ("unseen", unseen()),
        ("light unseen", unseen()),
    ],
    ids=["seen", "sampled", "light", "unseen", "light unseen"],
)
def test_the_committed_figures_are_of_these_questions(
    committed: dict[str, Figures], name: str, questions: tuple[Question, ...]
) -> None:
    asked = Counter(question.style for question in questions)
    asked.update(question.group for question in questions)
    assert {style: found["n"] for style, found in committed[name].items()} == asked


def test_the_committed_figures_say_what_everything_known_is_worth(committed: dict[str, Figures]) -> None:
    assert list(committed["parts"]) == [part.part for part in ablate.KNOWN]


def test_without_a_rule_what_it_withheld_is_answered(base: FactBase) -> None:
    asked = [question for question in read(path_of(SEEN)) if not question.is_answerable][::3]
    near = next(part for part in ablate.PARTS if part.rule == "near")
    (_, (whole,)), (_, (without,)) = ablate.measure(base, (asked,), (ablate.NOTHING, near))
    assert without["answered"] > whole["answered"]


def test_without_its_gaps_the_base_says_less_of_what_it_does_not_hold(base: FactBase) -> None:
    left, rules = ablate.engine(base, next(part for part in ablate.PARTS if part.curated == "gaps"))
    asked = Request(text="What is the population of Huainan?", now=NOW)
    assert "without any figure" in reply(Services(base), asked).headline
    assert "without any figure" not in reply(Services(left, rules=rules), asked).headline


def test_without_its_asks_a_fact_is_not_found_in_other_words(base: FactBase) -> None:
    asked = [question for question in read(path_of(SEEN)) if question.style == "paraphrase"][::3]
    asks = next(part for part in ablate.PARTS if part.curated == "asks")
    (_, (whole,)), (_, (without,)) = ablate.measure(base, (asked,), (ablate.NOTHING, asks))
    assert without["found"] < whole["found"]


def test_every_part_that_can_be_taken_away_is_a_part(base: FactBase) -> None:
    for part in ablate.PARTS:
        left, rules = ablate.engine(base, part)
        is_other = left.tuning != base.tuning or len(rules) < len(RULES) or part.light
        # The seeds are compared last: that takes longest.
        assert is_other or left.seeds != base.seeds, part.part


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


def test_the_table_of_what_parts_are_worth_shows_shares_and_no_question(base: FactBase) -> None:
    asked = unseen()[:12]
    lines = list(ablate.table(ablate.measure(base, (asked,), (ablate.NOTHING, *ablate.KNOWN[3:4]))))
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| nothing", "| gaps"]
    assert not any(question.text in line for question in asked for line in lines)


@needs_encoder
def test_the_committed_vectors_are_those_of_the_development_questions_and_the_lines_of_talk() -> None:
    texts = [question.text for question in read(path_of(SEEN))] + [line.text for line in read_lines(TALK)]
    encoder = encoding.demanded(before={})
    known = encoding.read_before(encoding.BEFORE)
    keys = Texts(encoder, (), tuple(texts)).question_keys.tolist()
    assert set(known) == set(keys), "run `make learn`"
    for text, key in [*zip(texts, keys, strict=True)][::100]:
        assert known[key] == pytest.approx(encoder.questions([text])[0], abs=1e-3), text


@pytest.mark.slow
@needs_encoder
def test_the_committed_weights_are_learned_from_the_committed_data(dense_db: Path) -> None:
    now, committed = (
        {entry.pop("feature"): entry for entry in tomllib.loads(text)["weight"]}
        for text in (
            learn.written(learn.learned(dense_db)),
            learn.PATH.read_text(encoding="utf-8"),
        )
    )
    assert list(now) == list(committed)
    for feature, weights in now.items():
        # Another processor may add up in another order, and tip the last digit.
        assert weights == pytest.approx(committed[feature], abs=0.0101), f"{feature}: run `make learn`"


@pytest.mark.slow
def test_the_curve_runs_over_the_threshold_with_the_one_in_use_marked(base: FactBase, tmp_path: Path) -> None:
    points = curve.sweep(read(path_of(SEEN))[::80], base)
    assert [point.value for point in points if point.chosen] == [TUNING.likely_by_words]
    answered = [point.right + point.wrong + point.unanswerable_answered for point in points]
    assert answered == sorted(answered, reverse=True)
    assert answered[0] > answered[-1]
    table, drawing = curve.write(points, points[:1], tmp_path)
    assert len(table.read_text(encoding="utf-8").splitlines()) == len(points) + 2
    assert "Precision and coverage" in drawing.read_text(encoding="utf-8")


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
    assert evaluate.main(["dev", "test", "--failures"]) == 2
    assert evaluate.main(["--failures"]) == 2
    assert capsys.readouterr().out == ""


def test_the_page_on_matching_shows_the_committed_figures_and_weights(
    committed: dict[str, Figures], base: FactBase
) -> None:
    text = matching_page.PAGE.read_text(encoding="utf-8")
    assert matching_page.measured(text, committed, base) == text, "run `make eval-figures`"


def test_the_examples_on_the_page_end_as_they_do_there(services: Services) -> None:
    shown = matching_page.examples(matching_page.PAGE.read_text(encoding="utf-8"))
    assert len(shown) == 3
    for question, text in shown.items():
        said = matching_page.explained(services, question)
        (outcome,) = re.findall(r"^outcome +(\w+ \(\w+\))", said, re.MULTILINE)
        assert f"outcome     {outcome}" in text, question
