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
from benchmarks.engines import ours
from benchmarks.grading import VERDICTS, Graded, grade, share
from benchmarks.question_set import FOLDER, SEEN, path_of, read, unseen
from benchmarks.report import by_style
from knowledge.base import FactBase

PATH = FOLDER / "figures.json"
# How far a measured share may fall behind its committed figure. Aims and drift are other things.
MAY_DIFFER = 0.01

Figures = dict[str, dict[str, float]]


def of_questions(graded: Sequence[Graded]) -> Figures:
    """Return number and shares of right, declined and wrong answers by style and group."""
    return {
        style: {"n": len(items), **{verdict: round(share(items, verdict), 4) for verdict in VERDICTS}}
        for style, items in by_style(graded).items()
    }


def of_slips(base: FactBase) -> Figures:
    """Return the outcomes of slips in names of the delta, all kinds together and each."""
    counts = slips.count(base.names, slips.delta_places(base))
    return {kind: _shares(found) for kind, found in {"all slips": slips.total(counts), **counts}.items()}


def of_rules(base: FactBase) -> Figures:
    """Return for each rule how many more questions are rightly answered without it, and near-misses taken."""
    rules = [part for part in ablate.PARTS if part.rule]
    (_, whole), *without = ablate.measure(base, (read(path_of(SEEN)), unseen()), rules)
    return {
        part.rule: {
            f"{name} {sort}": getattr(now, field) - getattr(then, field)
            for name, now, then in zip(("seen", "unseen"), counts, whole, strict=True)
            for sort, field in (("right", "right"), ("near-misses", "taken"))
        }
        for part, (_, counts) in zip(rules, without, strict=True)
    }


def _shares(found: slips.Counts) -> dict[str, float]:
    n = found.total() - found["another"]
    shares = {name: round(found[name] / n, 4) for name in slips.OUTCOMES if name != "another"}
    return {"n": n, **shares, "another name": found["another"]}


def measure(base: FactBase) -> dict[str, Figures]:
    """Return all figures of a base; those of the test questions are recorded for readers, and nothing is held to them."""
    return {
        "questions": of_questions(grade(read(path_of(SEEN)), ours(base))),
        "unseen": of_questions(grade(unseen(), ours(base))),
        "rules": of_rules(base),
        "slips": of_slips(base),
    }


def worse(measured: Figures, committed: Figures, names: Sequence[str]) -> list[str]:
    """Return, in sentences, which of `names` lost right answers or gained wrong ones."""
    found = []
    for name in names:
        now, then = measured[name], committed[name]
        if now["right"] < then["right"] - MAY_DIFFER:
            found.append(f"{name}: {_fall(now, then, 'right')}")
        if now["wrong"] > then["wrong"] + MAY_DIFFER:
            found.append(f"{name}: {_fall(now, then, 'wrong')}")
    return found


def _fall(now: Mapping[str, float], then: Mapping[str, float], verdict: str) -> str:
    return f"{verdict} {now[verdict]:.1%}, committed {then[verdict]:.1%}"


def read_committed() -> dict[str, Figures]:
    """Return the committed figures."""
    found: dict[str, Figures] = json.loads(PATH.read_text(encoding="utf-8"))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(prog="figures", description=__doc__)
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    options = parser.parse_args(arguments)
    measured = measure(FactBase.open(options.base))
    PATH.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    print(f"{PATH.parent.name}/{PATH.name} written: look at the difference before you commit it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
