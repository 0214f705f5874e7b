"""The precision-coverage curve: what the thresholds buy, each moved alone with the others as they are.

Coverage is the share of answerable questions that get an answer, precision the share of right ones among all
answers given, near-misses included.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.drawing import Chart, Line
from benchmarks.engines import ours
from benchmarks.grading import Graded, grade
from benchmarks.question_set import Question
from knowledge.base import FactBase

# Each threshold of `Tuning` with the values it is tried at.
SWEPT: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("enough", tuple(n / 20 for n in range(4, 20))),
    ("enough_of_words", tuple(n / 20 for n in range(2, 20))),
    ("plenty", tuple(n / 20 for n in range(11, 21))),
)


@dataclass(frozen=True, slots=True)
class Point:
    """What one value of one threshold gives. Counts of questions; `chosen` is the value in use."""

    threshold: str
    value: float
    chosen: bool
    right: int
    declined: int
    wrong: int
    near_misses_declined: int
    near_misses_wrong: int
    coverage: float
    precision: float


def sweep(questions: Sequence[Question], base: FactBase) -> list[Point]:
    """Answer all questions at each value of each threshold in turn; 44 runs of the whole set."""
    points = []
    for name, values in SWEPT:
        chosen = getattr(base.tuning, name)
        for value in sorted({*values, chosen}):
            tuned = base.tuned(replace(base.tuning, **{name: value}))
            points.append(point(name, value, grade(questions, ours(tuned)), chosen=value == chosen))
    return points


def point(threshold: str, value: float, graded: Sequence[Graded], *, chosen: bool = False) -> Point:
    """Return what `graded` comes to."""
    answerable = [item.verdict for item in graded if item.question.is_answerable]
    others = [item.verdict for item in graded if not item.question.is_answerable]
    right, wrong = answerable.count("right"), answerable.count("wrong")
    taken = others.count("wrong")
    answers = right + wrong + taken
    return Point(
        threshold=threshold,
        value=value,
        chosen=chosen,
        right=right,
        declined=answerable.count("declined"),
        wrong=wrong,
        near_misses_declined=others.count("right"),
        near_misses_wrong=taken,
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
    names = dict.fromkeys(entry.threshold for entry in points)
    lines = [
        Line(
            name,
            [(p.coverage, p.precision) for p in points if p.threshold == name],
            [f"{p.value:.2f}" for p in points if p.threshold == name],
            next((i for i, p in enumerate(q for q in points if q.threshold == name) if p.chosen), None),
        )
        for name in names
    ]
    chart = Chart(
        "Precision and coverage on the development questions",
        "coverage: answerable questions answered",
        "precision: right among all answers",
        lines,
    )
    drawing.write_text(chart.svg(), encoding="utf-8")
    return table, drawing
