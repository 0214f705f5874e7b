"""Graded answers as tables of text."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.grading import MEASURES, Graded, shares

STYLES = (
    "plain",
    "keywords",
    "typo",
    "paraphrase",
    "chinese",
    "pinyin",
    "abbreviation",
    "ambiguous",
    "multi",
    "near-miss",
    "off-topic",
)
GROUPS = ("answerable", "unanswerable")


def by_style(graded: Sequence[Graded]) -> Mapping[str, list[Graded]]:
    """Return the graded questions of each style and of both groups, in the order they are shown."""
    found: defaultdict[str, list[Graded]] = defaultdict(list)
    for item in graded:
        found[item.question.style].append(item)
        found[item.question.group].append(item)
    others = sorted(found.keys() - {*STYLES, *GROUPS})
    return {name: found[name] for name in (*STYLES, *others, *GROUPS) if name in found}


def table(graded: Sequence[Graded]) -> str:
    """Return the measures by style, the rank of the right fact, citation precision and latency."""
    rows = [f"{'style':16} {'n':>5}" + "".join(f"{name:>11}" for name in MEASURES)]
    for style, items in by_style(graded).items():
        found = shares(items)
        cells = (f"{found[name]:11.1%}" if name in found else f"{'':11}" for name in MEASURES)
        rows.append(f"{style:16} {len(items):5}" + "".join(cells))
    return "\n".join((*(row.rstrip() for row in rows), "", *_ranks(graded), *_cited(graded), _times(graded)))


def _ranks(graded: Sequence[Graded]) -> tuple[str, ...]:
    ranks = [item.rank for item in graded if item.question.is_answerable]
    if not any(ranks):
        return ()
    at = [ranks.count(rank) / len(ranks) for rank in (1, 2, 3)]
    later = sum(rank > len(at) for rank in ranks) / len(ranks)
    return (
        f"right fact first: {at[0]:.1%}, second: {at[1]:.1%}, third: {at[2]:.1%}, later: {later:.1%}; "
        f"mean reciprocal rank {statistics.mean(1 / rank if rank else 0.0 for rank in ranks):.3f}",
    )


def _cited(graded: Sequence[Graded]) -> tuple[str, ...]:
    right = [item for item in graded if item.verdict == "right" and item.serving]
    if not right:
        return ()
    shown = sum(item.shown for item in right)
    return (
        f"citation precision: {sum(item.serving for item in right) / shown:.1%} of the {shown / len(right):.1f} facts "
        "shown with a right answer answer the question; the others are its context",
    )


def _times(graded: Sequence[Graded]) -> str:
    times = sorted(item.seconds * 1000 for item in graded)
    return f"engine per answer: median {statistics.median(times):.2f} ms, p99 {times[len(times) * 99 // 100]:.2f} ms"


def beside(runs: Mapping[str, Sequence[Graded]]) -> str:
    """Return how often a right fact comes first, and is shown at all, by style: one column to an engine."""
    names = list(runs)
    rows = [f"{'first / found':16}" + "".join(f"{name:>26}" for name in names)]
    styles = {name: by_style(graded) for name, graded in runs.items()}
    for style in (name for name, items in styles[names[0]].items() if "first" in shares(items)):
        found = (shares(styles[name][style]) for name in names)
        cells = (f"{shown['first']:.1%} / {shown['found']:.1%}" for shown in found)
        rows.append(f"{style:16}" + "".join(f"{cell:>26}" for cell in cells))
    return "\n".join(rows)


def failures(graded: Sequence[Graded]) -> str:
    """Return what was not right, with what was shown and what would have been."""
    lines = []
    for item in graded:
        if item.verdict == "right":
            continue
        asked, answer = item.question, item.answer
        shown = " | ".join(fact.id for fact in (*(line.fact for line in answer.lines), *answer.near)[:3])
        lines.append(f"{item.verdict:8} {asked.id} [{asked.style}] {asked.command} {asked.text}")
        lines.append(
            f"         {answer.outcome}: {answer.headline[:110]} {shown} want "
            f"{' '.join(sorted(asked.facts)) or f'{sorted(asked.cites)} {asked.keys}'}"
        )
    return "\n".join(lines)
