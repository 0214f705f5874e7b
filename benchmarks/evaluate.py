"""How good the first message is, by style of question (`make eval`): the questions it was tuned on, then those it was not.

python -m benchmarks.evaluate --beside --curve    both sets with the baselines, and the curve, as make eval does
python -m benchmarks.evaluate dev --failures      while tuning
python -m benchmarks.evaluate test                counts, never a text
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import curve, report
from benchmarks.encoding import remembering
from benchmarks.engines import OURS, bm25_of_asks, bm25_of_statements, closest_statement, ours
from benchmarks.grading import Graded, grade
from benchmarks.question_set import SEEN, UNSEEN, Question, path_of, read, unseen
from knowledge.base import FactBase

ARTEFACTS = Path(__file__).parent.parent / "artefacts"


def main(arguments: list[str] | None = None) -> int:
    """Print the tables of the sets that are named, else of both."""
    options = _parser().parse_args(arguments)
    paths = [path_of(name) for name in options.questions or (SEEN, UNSEEN)]
    if options.failures and any(map(_is_unseen, paths)):
        print("The test questions are counted, never read.", file=sys.stderr)
        return 2
    base = FactBase.open(options.base, None if options.light else remembering())
    base.warm()
    for path in paths:
        questions = unseen() if _is_unseen(path) else read(path)
        graded = grade(questions, ours(base))
        print(f"== {path.stem}: {len(questions)} questions\n\n{report.table(graded)}")
        if left_out := len(read(path)) - len(questions):
            print(f"{left_out} questions left out: the development set holds them too")
        if options.failures:
            print(report.failures(graded))
        baselines = beside(base, questions) if options.beside else {}
        if baselines:
            print(f"\n{report.beside({OURS: graded, **baselines})}")
        print()
        if options.curve and not _is_unseen(path):
            _write_curve(questions, base, baselines)
    return 0


def _is_unseen(path: Path) -> bool:
    return path.stem == UNSEEN


def _write_curve(questions: Sequence[Question], base: FactBase, baselines: dict[str, list[Graded]]) -> None:
    points = [curve.point(name, 0.0, answered) for name, answered in baselines.items()]
    table, drawing = curve.write(curve.sweep(questions, base), points, ARTEFACTS)
    print(f"precision and coverage at every threshold: artefacts/{table.name}, artefacts/{drawing.name}\n")


def beside(base: FactBase, questions: Sequence[Question]) -> dict[str, list[Graded]]:
    """Return what the baselines make of the questions: all show five facts and never decline."""
    return {
        "extractOne(WRatio)": grade(questions, closest_statement(base)),
        "FTS5, statements": grade(questions, bm25_of_statements(base)),
        "FTS5, statements and asks": grade(questions, bm25_of_asks(base)),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "questions", nargs="*", help="names of sets in tests/questions; both if none is given"
    )
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    parser.add_argument("--light", action="store_true", help="leave out the encoder")
    parser.add_argument("--failures", action="store_true", help="show what was not right")
    parser.add_argument("--beside", action="store_true", help="ask the baselines the same")
    parser.add_argument(
        "--curve",
        action="store_true",
        help="move the threshold over the development questions; write artefacts/",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
