"""Graded answers as tables of text."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.grading import Graded, share

STYLES = (
    "plain",
    "typo",
    "paraphrase",
    "chinese",
    "abbreviation",
    "ambiguous",
    "multi",
    "near-miss",
    "off-topic",
)
GROUPS = ("answerable", "near-misses")


def by_style(graded: Sequence[Graded]) -> Mapping[str, list[Graded]]:
    """Return the graded questions of each style and of both groups, in the order they are shown."""
    found: defaultdict[str, list[Graded]] = defaultdict(list)
    for item in graded:
        found[item.question.style].append(item)
        found[item.question.group].append(item)
    others = sorted(found.keys() - {*STYLES, *GROUPS})
    return {name: found[name] for name in (*STYLES, *others, *GROUPS) if name in found}


def table(graded: Sequence[Graded]) -> str:
    """Return verdicts by style, the rank of the right fact, citation precision and latency."""
    rows = [f"{'style':16} {'n':>4} {'right':>7} {'declined':>9} {'wrong':>7}"]
    for style, items in by_style(graded).items():
        right, declined, wrong = (share(items, verdict) for verdict in ("right", "declined", "wrong"))
        rows.append(f"{style:16} {len(items):4} {right:7.1%} {declined:9.1%} {wrong:7.1%}")
    return "\n".join((*rows, "", *_ranks(graded), _times(graded)))


def _ranks(graded: Sequence[Graded]) -> tuple[str, ...]:
    right = [item for item in graded if item.verdict == "right" and item.rank]
    if not right:
        return ()
    at = [sum(item.rank == rank for item in right) / len(right) for rank in (1, 2, 3)]
    shown = sum(len(item.answer.lines) for item in right)
    cited = sum(item.rightly_cited for item in right)
    return (
        f"right fact first: {at[0]:.1%}, second: {at[1]:.1%}, third: {at[2]:.1%}, later: {1 - sum(at):.1%}; "
        f"mean reciprocal rank {statistics.mean(1 / item.rank for item in right):.3f}",
        f"citation precision: {cited / shown:.1%} of the {shown / len(right):.1f} facts shown with a right "
        "answer cite what the question asks for; the others are its context",
    )


def _times(graded: Sequence[Graded]) -> str:
    times = sorted(item.seconds * 1000 for item in graded)
    return f"engine per answer: median {statistics.median(times):.2f} ms, p99 {times[len(times) * 99 // 100]:.2f} ms"


def beside(runs: Mapping[str, Sequence[Graded]]) -> str:
    """Return the share of right (and of wrong) answers by style, one column to an engine."""
    names = list(runs)
    rows = [f"{'right / wrong':16}" + "".join(f"{name:>24}" for name in names)]
    styles = {name: by_style(graded) for name, graded in runs.items()}
    for style in styles[names[0]]:
        cells = (styles[name][style] for name in names)
        shares = (f"{share(cell, 'right'):.1%} / {share(cell, 'wrong'):.1%}" for cell in cells)
        rows.append(f"{style:16}" + "".join(f"{cell:>24}" for cell in shares))
    return "\n".join(rows)


def failures(graded: Sequence[Graded]) -> str:
    """Return what was not right, with what was shown and what would have been."""
    lines = []
    for item in graded:
        if item.verdict == "right":
            continue
        asked, answer = item.question, item.answer
        shown = " | ".join(line.fact.id for line in answer.lines[:3])
        lines.append(f"{item.verdict:8} {asked.id} [{asked.style}] {asked.command} {asked.text}")
        lines.append(
            f"         {answer.outcome}: {answer.headline[:110]} {shown} "
            f"want {sorted(asked.cites)} {asked.keys}"
        )
    return "\n".join(lines)
