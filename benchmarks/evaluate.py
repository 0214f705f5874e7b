"""How often the first message is right, declined or wrong, by style of question.

Right: outcome "answer", a shown fact cites a right paragraph, and the shown facts hold every key of the
answer; for a spelling that places share, outcome "ambiguous". Declined: "unknown" or "suggestion", or
"ambiguous" where none was expected. Wrong: "answer" otherwise, and any "answer" to a near-miss.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from handlers.answer import Answer
from handlers.desk import Desk
from handlers.reply import reply
from handlers.request import QUESTION, Request
from knowledge.base import FactBase
from knowledge.model import Fact

QUESTIONS = Path(__file__).parent.parent / "tests" / "questions"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
Verdict = Literal["right", "declined", "wrong"]
Engine = Callable[["Question"], Answer]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what outcome it expects, the paragraphs that answer it and the words the answer holds."""

    id: str
    style: str
    command: str
    text: str
    expects: str
    cites: frozenset[tuple[str, int]]
    keys: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """A question with its answer; `rank` is that of the first fact with a right citation, 0 for none."""

    question: Question
    answer: Answer
    verdict: Verdict
    rank: int
    seconds: float


def read(path: Path) -> tuple[Question, ...]:
    """Return the questions of a JSON lines file."""
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Question(
            id=entry["id"],
            style=entry["style"],
            command=entry["command"] or QUESTION,
            text=entry["text"],
            expects=entry["expects"],
            cites=frozenset((document, paragraph) for document, paragraph in entry["cites"]),
            keys=tuple(tuple(group) for group in entry["keys"]),
        )
        for entry in raw
    )


def grade(questions: Iterable[Question], engine: Engine) -> list[Graded]:
    """Ask every question and say how its answer is to be judged."""
    graded = []
    for question in questions:
        start = time.perf_counter()
        answer = engine(question)
        seconds = time.perf_counter() - start
        facts = [line.fact for line in answer.lines]
        rank = next((i for i, fact in enumerate(facts, 1) if _cites(fact, question)), 0)
        graded.append(Graded(question, answer, _verdict(question, answer, facts, rank), rank, seconds))
    return graded


def _verdict(question: Question, answer: Answer, facts: list[Fact], rank: int) -> Verdict:
    if question.expects == "ambiguous":
        return (
            "right"
            if answer.outcome == "ambiguous"
            else "wrong"
            if answer.outcome == "answer"
            else "declined"
        )
    if answer.outcome != "answer":
        return "right" if question.expects == "unknown" else "declined"
    if question.expects == "unknown":
        return "wrong"
    return "right" if rank and _holds_keys(facts, question) else "wrong"


def _cites(fact: Fact, question: Question) -> bool:
    return any((citation.document, citation.paragraph) in question.cites for citation in fact.citations)


def _holds_keys(facts: list[Fact], question: Question) -> bool:
    text = " ".join(f"{fact.statement} {fact.caveat} {fact.speaker}" for fact in facts).casefold()
    return all(any(key.casefold() in text for key in group) for group in question.keys)


def engine_of(base: FactBase) -> Engine:
    """Return the engine as every adapter calls it."""
    desk = Desk(base)
    return lambda q: reply(desk, Request(text=q.text, command=q.command, now=NOW))


def table(graded: list[Graded]) -> str:
    """Return the verdicts by style as a table."""
    styles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in graded:
        for style in (
            item.question.style,
            "answerable" if item.question.expects != "unknown" else "all near-misses",
        ):
            styles[style][item.verdict] += 1
    rows = [f"{'style':16} {'n':>4} {'right':>7} {'declined':>9} {'wrong':>7}"]
    for style, counts in sorted(styles.items()):
        total = counts.total()
        rows.append(
            f"{style:16} {total:4} {counts['right'] / total:7.1%} {counts['declined'] / total:9.1%} "
            f"{counts['wrong'] / total:7.1%}"
        )
    ranks = [item.rank for item in graded if item.verdict == "right" and item.rank]
    shown = [
        fact
        for item in graded
        if item.verdict == "right"
        for fact in (line.fact for line in item.answer.lines)
    ]
    if ranks and shown:
        first = sum(rank == 1 for rank in ranks) / len(ranks)
        rows.append(
            f"right fact first: {first:.1%}; facts shown with a right answer: {len(shown) / len(ranks):.1f}"
        )
    times = sorted(item.seconds for item in graded)
    rows.append(
        f"engine per answer: median {statistics.median(times) * 1000:.2f} ms, "
        f"p99 {times[int(len(times) * 0.99)] * 1000:.2f} ms"
    )
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> int:
    """Print the table for one set of questions; with --failures also what was not right."""
    parser = argparse.ArgumentParser(prog="evaluate")
    parser.add_argument("questions", nargs="?", default="dev", help="name of a set in tests/questions")
    parser.add_argument("--base", type=Path, default=Path("var/facts.db"))
    parser.add_argument("--failures", action="store_true")
    options = parser.parse_args(arguments)
    path = Path(options.questions)
    questions = read(path if path.suffix else QUESTIONS / f"{options.questions}.jsonl")
    graded = grade(questions, engine_of(FactBase.open(options.base)))
    print(table(graded))
    if options.failures:
        for item in graded:
            if item.verdict != "right":
                shown = " | ".join(line.fact.id for line in item.answer.lines[:3])
                print(
                    f"{item.verdict:8} {item.question.id} [{item.question.style}] {item.question.command} {item.question.text}"
                )
                print(
                    f"         {item.answer.outcome}: {item.answer.headline[:110]} {shown} want {sorted(item.question.cites)} {item.question.keys}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
