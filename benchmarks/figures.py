"""The committed figures: tests/questions/figures.json. `make test` holds the project to all but those of the test questions.

python -m benchmarks.figures        write them anew (`make eval-figures`), when they got better
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import ablate, slips
from benchmarks.encoding import demanded
from benchmarks.engines import ours
from benchmarks.grading import Graded, grade, shares
from benchmarks.question_set import FOLDER, SEEN, Question, path_of, read, unseen
from benchmarks.report import by_style
from knowledge.base import FactBase

PATH = FOLDER / "figures.json"
# How far a measured share may fall behind its committed figure. Aims and drift are other things.
MAY_DIFFER = 0.01
# Of so many development questions one is asked anew with the encoder by `make test`: it reads some fifty a second.
SAMPLED = 4
# Of which shares there should be many, and of which few.
MANY, FEW = ("right", "first", "found", "confident"), ("wrong", "answered")

Figures = dict[str, dict[str, float]]


def of_questions(graded: Sequence[Graded]) -> Figures:
    """Return number and measures by style and group."""
    return {
        style: {"n": len(items), **{name: round(share, 4) for name, share in shares(items).items()}}
        for style, items in by_style(graded).items()
    }


def sampled() -> tuple[Question, ...]:
    """Return the development questions that are asked anew with the encoder."""
    return read(path_of(SEEN))[::SAMPLED]


def of_slips(base: FactBase) -> Figures:
    """Return the outcomes of slips in names of the delta, all kinds together and each."""
    counts = slips.count(base.names, slips.delta_places(base))
    return {kind: _shares(found) for kind, found in {"all slips": slips.total(counts), **counts}.items()}


def of_parts(path: Path) -> Figures:
    """Return by how much each measure changes without each part of what is known and learned, on both sets."""
    (_, whole), *without = ablate.measure_side_by_side(path, ablate.KNOWN)
    return {
        part: {
            f"{name} {measure}": round(now[measure] - then[measure], 4)
            for name, now, then in zip(("seen", "unseen"), measured, whole, strict=True)
            for measure in then
        }
        for part, measured in without
    }


def _shares(found: slips.Counts) -> dict[str, float]:
    n = found.total() - found["another"]
    shares = {name: round(found[name] / n, 4) for name in slips.OUTCOMES if name != "another"}
    return {"n": n, **shares, "another name": found["another"]}


def measure(path: Path) -> dict[str, Figures]:
    """Return all figures of the base at `path`; those of the test questions are recorded for readers, and nothing is held
    to them. "light" is without the encoder.
    """
    base, light = FactBase.open(path, demanded()), FactBase.open(path)
    graded = grade(read(path_of(SEEN)), ours(base))
    return {
        "questions": of_questions(graded),
        "sampled": of_questions(graded[::SAMPLED]),
        "unseen": of_questions(grade(unseen(), ours(base))),
        "light": of_questions(grade(read(path_of(SEEN)), ours(light))),
        "light unseen": of_questions(grade(unseen(), ours(light))),
        "parts": of_parts(path),
        "slips": of_slips(base),
    }


def worse(measured: Figures, committed: Figures, names: Sequence[str]) -> list[str]:
    """Return, in sentences, which of `names` lost what there should be many of, or gained what there should be few of."""
    return [
        f"{name}: {measure} {now[measure]:.1%}, committed {then[measure]:.1%}"
        for name in names
        for now, then in ((measured[name], committed[name]),)
        for measure in then
        if _is_worse(measure, now, then)
    ]


def _is_worse(measure: str, now: Mapping[str, float], then: Mapping[str, float]) -> bool:
    gained = now[measure] - then[measure]
    return (measure in MANY and gained < -MAY_DIFFER) or (measure in FEW and gained > MAY_DIFFER)


def read_committed() -> dict[str, Figures]:
    """Return the committed figures."""
    found: dict[str, Figures] = json.loads(PATH.read_text(encoding="utf-8"))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(prog="figures", description=__doc__)
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    options = parser.parse_args(arguments)
    measured = measure(options.base)
    PATH.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    print(f"{PATH.parent.name}/{PATH.name} written: look at the difference before you commit it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
