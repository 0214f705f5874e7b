"""How good was the first message?

Of a question that the base answers: **first**, the first fact shown answers, as answer or among the closest; **found**, a
fact that is shown does; **confident**, the outcome is "answer" and a shown fact answers, of a question in parts one to
each part; **wrong**, the outcome is "answer" and none does. Of one that it does not: **answered**, the outcome is
"answer", whatever is shown. A spelling that places share is answered by the question which is meant.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from benchmarks.question_set import Question
from handlers.answer import FACTS_PER_PAGE, Answer
from knowledge.model import Fact

Verdict = Literal["right", "declined", "wrong"]
Engine = Callable[[Question], Answer]

OF_ANSWERABLE: Final = ("first", "found", "confident", "wrong")
OF_UNANSWERABLE: Final = ("answered",)
MEASURES: Final = (*OF_ANSWERABLE, *OF_UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class Graded:
    """A question with its answer; `rank` is that of the first fact of the message that answers, 0 for none.

    `serving` of the `shown` facts answer: those the answer consists of, the closest left out.
    """

    question: Question
    answer: Answer
    verdict: Verdict
    rank: int
    serving: int
    shown: int
    seconds: float

    @property
    def measures(self) -> frozenset[str]:
        """Return which of `MEASURES` it counts for."""
        if not self.question.is_answerable:
            return frozenset(OF_UNANSWERABLE if self.verdict == "wrong" else ())
        holds = {
            "first": self.rank == 1,
            "found": self.rank > 0,
            "confident": self.verdict == "right",
            "wrong": self.verdict == "wrong",
        }
        return frozenset(name for name, is_so in holds.items() if is_so)


def grade(questions: Iterable[Question], engine: Engine) -> list[Graded]:
    """Ask every question and say how its answer is to be judged."""
    graded = []
    for question in questions:
        start = time.perf_counter()
        answer = engine(question)
        seconds = time.perf_counter() - start
        shown = [line.fact for line in answer.lines[:FACTS_PER_PAGE]]
        places = [place for place, fact in enumerate((*shown, *answer.near), 1) if serves(fact, question)]
        is_asked = question.expects == "ambiguous" and answer.outcome == "ambiguous"
        graded.append(
            Graded(
                question,
                answer,
                _verdict(question, answer, shown),
                1 if is_asked else min(places, default=0),
                sum(place <= len(shown) for place in places),
                len(shown),
                seconds,
            )
        )
    return graded


def counts(graded: Sequence[Graded]) -> dict[str, int]:
    """Return how many questions count for each of `MEASURES`."""
    return {name: sum(name in item.measures for item in graded) for name in MEASURES}


def shares(graded: Sequence[Graded]) -> dict[str, float]:
    """Return the same as shares of the questions that a measure is of; without those that are of none of these."""
    counted = counts(graded)
    answerable = sum(item.question.is_answerable for item in graded)
    found = {name: counted[name] / answerable for name in OF_ANSWERABLE if answerable}
    others = len(graded) - answerable
    return found | {name: counted[name] / others for name in OF_UNANSWERABLE if others}


def _verdict(question: Question, answer: Answer, shown: Sequence[Fact]) -> Verdict:
    answers = answer.outcome == "answer"
    if question.expects == "ambiguous":
        return "right" if answer.outcome == "ambiguous" else "wrong" if answers else "declined"
    if not question.is_answerable:
        return "wrong" if answers else "right"
    if not answers:
        return "declined"
    return "right" if _answer(shown, question) else "wrong"


def serves(fact: Fact, question: Question) -> bool:
    """Say whether a fact answers the question, or a part of it; by the paragraph that it cites where no facts are named."""
    if question.facts:
        return fact.id in question.facts
    return any((citation.document, citation.paragraph) in question.cites for citation in fact.citations)


def _answer(facts: Sequence[Fact], question: Question) -> bool:
    """Say whether `facts` together answer the question: each of its parts, or all of its keys where no facts are named."""
    if question.parts:
        return all(any(fact.id in part for fact in facts) for part in question.parts)
    is_served = any(serves(fact, question) for fact in facts)
    return is_served and (bool(question.facts) or _hold_keys(facts, question))


def _hold_keys(facts: Sequence[Fact], question: Question) -> bool:
    text = " ".join(f"{fact.statement} {fact.caveat} {fact.speaker}" for fact in facts).casefold()
    return all(any(key.casefold() in text for key in group) for group in question.keys)
