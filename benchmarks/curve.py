"""The precision-coverage curve: what the threshold of the verdict buys.

Coverage is the share of answerable questions that get an answer, precision the share of right ones among all
answers given, those to unanswerable questions included.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.drawing import Chart, Line
from benchmarks.engines import OURS, ours
from benchmarks.grading import Graded, grade
from benchmarks.question_set import Question
from knowledge.base import FactBase

# What the threshold of `Tuning.likely` is tried at.
VALUES = tuple(n / 20 for n in range(1, 20))


@dataclass(frozen=True, slots=True)
class Point:
    """What one value of the threshold gives to one engine. Counts of questions; `chosen` is the value in use."""

    engine: str
    value: float
    chosen: bool
    right: int
    declined: int
    wrong: int
    unanswerable_declined: int
    unanswerable_answered: int
    coverage: float
    precision: float


def sweep(questions: Sequence[Question], base: FactBase) -> list[Point]:
    """Answer all questions at each value of the threshold; some twenty runs of the whole set."""
    chosen = base.tuning.likely if base.encoder else base.tuning.likely_by_words
    return [
        point(
            OURS,
            value,
            grade(questions, ours(base.tuned(replace(base.tuning, likely=value, likely_by_words=value)))),
            chosen=value == chosen,
        )
        for value in sorted({*VALUES, chosen})
    ]


def point(engine: str, value: float, graded: Sequence[Graded], *, chosen: bool = False) -> Point:
    """Return what `graded` comes to."""
    answerable = [item.verdict for item in graded if item.question.is_answerable]
    others = [item.verdict for item in graded if not item.question.is_answerable]
    right, wrong = answerable.count("right"), answerable.count("wrong")
    taken = others.count("wrong")
    answers = right + wrong + taken
    return Point(
        engine=engine,
        value=value,
        chosen=chosen,
        right=right,
        declined=answerable.count("declined"),
        wrong=wrong,
        unanswerable_declined=others.count("right"),
        unanswerable_answered=taken,
        coverage=round((right + wrong) / len(answerable), 4) if answerable else 0.0,
        precision=round(right / answers, 4) if answers else 1.0,
    )


def write(points: Sequence[Point], baselines: Sequence[Point], folder: Path) -> tuple[Path, Path]:
    """Write the points as CSV and as a drawing; return where they are.

    The baselines stand in the table only: they answer everything, too far below to be drawn on one scale.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table, drawing = folder / "precision-coverage.csv", folder / "precision-coverage.svg"
    with table.open("w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, fieldnames=list(asdict(points[0])))
        rows.writeheader()
        rows.writerows(asdict(entry) for entry in (*points, *baselines))
    line = Line(
        "likely",
        [(p.coverage, p.precision) for p in points],
        [f"{p.value:.2f}" for p in points],
        next((place for place, p in enumerate(points) if p.chosen), None),
    )
    chart = Chart(
        "Precision and coverage on the development questions",
        "coverage: answerable questions answered",
        "precision: right among all answers",
        [line],
    )
    drawing.write_text(chart.svg(), encoding="utf-8")
    return table, drawing
