"""How often the first message is right, declined or wrong, by style of question (`make eval`).

python -m benchmarks.evaluate dev --failures      while tuning
python -m benchmarks.evaluate dev --beside --curve  with the baselines and the curve, as make eval does
python -m benchmarks.evaluate test                counts, never a text
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import curve, report
from benchmarks.engines import bm25, closest_statement, ours
from benchmarks.grading import Graded, grade
from benchmarks.question_set import SEEN, UNSEEN, Question, path_of, read, unseen
from knowledge.base import FactBase

ARTEFACTS = Path(__file__).parent.parent / "artefacts"
# The name the engine has in the tables.
OURS = "YRD Desk"


def main(arguments: list[str] | None = None) -> int:
    """Print the tables for one set of questions."""
    options = _parser().parse_args(arguments)
    path = path_of(options.questions)
    is_unseen = path.stem == UNSEEN
    if is_unseen and (options.failures or options.curve):
        print("The test questions are counted, never read or tuned on.", file=sys.stderr)
        return 2
    questions = unseen() if is_unseen else read(path)
    base = FactBase.open(options.base)
    base.warm()
    graded = grade(questions, ours(base))
    print(report.table(graded))
    if is_unseen:
        print(f"{len(read(path)) - len(questions)} questions left out: the development set holds them too")
    if options.failures:
        print(report.failures(graded))
    baselines = beside(base, options.base, questions) if options.beside else {}
    if baselines:
        print("\n" + report.beside({OURS: graded, **baselines}))
    if options.curve:
        points = [curve.point(name, 0.0, answered) for name, answered in baselines.items()]
        table, drawing = curve.write(curve.sweep(questions, base), points, ARTEFACTS)
        print(
            f"\nprecision and coverage at every threshold: artefacts/{table.name}, artefacts/{drawing.name}"
        )
    return 0


def beside(base: FactBase, path: Path, questions: Sequence[Question]) -> dict[str, list[Graded]]:
    """Return what the baselines make of the questions: both show five facts and never decline."""
    return {
        "extractOne(WRatio)": grade(questions, closest_statement(base)),
        "FTS5 bm25": grade(questions, bm25(base, path)),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", nargs="?", default=SEEN, help="name of a set in tests/questions")
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    parser.add_argument("--failures", action="store_true", help="show what was not right")
    parser.add_argument("--beside", action="store_true", help="ask two baselines the same")
    parser.add_argument("--curve", action="store_true", help="move each threshold; write artefacts/")
    return parser


if __name__ == "__main__":
    sys.exit(main())
