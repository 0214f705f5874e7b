"""Was the first message right, declined or wrong?

Right: outcome "answer", a shown fact cites a right paragraph, and the shown facts hold every key of the
answer; for a spelling that places share, outcome "ambiguous"; for a question the base does not answer, any
outcome but "answer". Declined: "unknown" or "suggestion", or "ambiguous" where none was expected. Wrong:
"answer" otherwise, so any "answer" to a near-miss.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.question_set import Question
from handlers.answer import Answer
from knowledge.model import Fact

Verdict = Literal["right", "declined", "wrong"]
VERDICTS: tuple[Verdict, ...] = ("right", "declined", "wrong")
Engine = Callable[[Question], Answer]


@dataclass(frozen=True, slots=True)
class Graded:
    """A question with its answer; `rank` is that of the first fact with a right citation, 0 for none.

    `rightly_cited` of the shown facts cite a right paragraph.
    """

    question: Question
    answer: Answer
    verdict: Verdict
    rank: int
    rightly_cited: int
    seconds: float


def grade(questions: Iterable[Question], engine: Engine) -> list[Graded]:
    """Ask every question and say how its answer is to be judged."""
    graded = []
    for question in questions:
        start = time.perf_counter()
        answer = engine(question)
        seconds = time.perf_counter() - start
        facts = [line.fact for line in answer.lines]
        right = [place for place, fact in enumerate(facts, 1) if cites(fact, question)]
        verdict = _verdict(question, answer, facts, bool(right))
        graded.append(Graded(question, answer, verdict, min(right, default=0), len(right), seconds))
    return graded


def share(graded: Sequence[Graded], verdict: Verdict) -> float:
    """Return the share of `graded` with that verdict; 0 of none."""
    return sum(item.verdict == verdict for item in graded) / len(graded) if graded else 0.0


def _verdict(question: Question, answer: Answer, facts: list[Fact], is_cited: bool) -> Verdict:
    answers = answer.outcome == "answer"
    if question.expects == "ambiguous":
        return "right" if answer.outcome == "ambiguous" else "wrong" if answers else "declined"
    if not question.is_answerable:
        return "wrong" if answers else "right"
    if not answers:
        return "declined"
    return "right" if is_cited and _holds_keys(facts, question) else "wrong"


def cites(fact: Fact, question: Question) -> bool:
    """Say whether a fact cites a paragraph that answers the question."""
    return any((citation.document, citation.paragraph) in question.cites for citation in fact.citations)


def _holds_keys(facts: list[Fact], question: Question) -> bool:
    text = " ".join(f"{fact.statement} {fact.caveat} {fact.speaker}" for fact in facts).casefold()
    return all(any(key.casefold() in text for key in group) for group in question.keys)
