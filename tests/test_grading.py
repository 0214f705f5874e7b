"""What counts as a good first message: told by made-up answers that show facts of the base, by letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import report
from benchmarks.grading import Graded, grade, shares
from benchmarks.question_set import Question
from handlers.answer import Answer, Line, Outcome
from handlers.request import QUESTION
from knowledge.base import FactBase
from knowledge.model import Fact


class Judge:
    """Grades what is shown; the facts that answer are named by letter."""

    def __init__(self, base: FactBase) -> None:
        self.facts = dict(zip("abcdefgh", base.facts, strict=False))

    def question(
        self, right: str = "ab", parts: tuple[str, ...] = (), expects: str = "answer", style: str = "plain"
    ) -> Question:
        return Question(
            "q1",
            style,
            QUESTION,
            "Which?",
            expects,
            frozenset(),
            (),
            self.ids(right),
            tuple(map(self.ids, parts)),
        )

    def ids(self, letters: str) -> frozenset[str]:
        return frozenset(fact.id for fact in self.of(letters))

    def of(self, letters: str) -> tuple[Fact, ...]:
        return tuple(self.facts[letter] for letter in letters)

    def __call__(self, question: Question, outcome: Outcome, lines: str = "", near: str = "") -> Graded:
        answer = Answer("", outcome, lines=tuple(map(Line, self.of(lines))), near=self.of(near))
        (graded,) = grade([question], lambda _: answer)
        return graded


@pytest.fixture(scope="module")
def judge(base: FactBase) -> Judge:
    return Judge(base)


@pytest.mark.parametrize(
    ("outcome", "lines", "near", "counts_for"),
    [
        ("answer", "ac", "", {"first", "found", "confident"}),
        ("answer", "cb", "", {"found", "confident"}),
        ("answer", "cd", "", {"wrong"}),
        ("answer", "cdefgb", "", {"wrong"}),  # only five are shown
        ("unknown", "", "bcd", {"first", "found"}),
        ("unknown", "", "cda", {"found"}),
        ("unknown", "", "cde", set()),
        ("unknown", "", "", set()),
        ("ambiguous", "ca", "", {"found"}),
        ("suggestion", "", "", set()),
    ],
)
def test_a_message_is_judged_by_the_facts_it_shows(
    judge: Judge, outcome: Outcome, lines: str, near: str, counts_for: set[str]
) -> None:
    assert judge(judge.question(), outcome, lines, near).measures == counts_for


@pytest.mark.parametrize(
    ("lines", "counts_for"),
    [
        ("ad", {"first", "found", "confident"}),
        ("db", {"first", "found", "confident"}),
        ("ab", {"first", "found", "wrong"}),
        ("ec", {"found", "wrong"}),
        ("e", {"wrong"}),
    ],
)
def test_a_question_in_parts_wants_a_fact_to_each(judge: Judge, lines: str, counts_for: set[str]) -> None:
    assert judge(judge.question("abcd", ("ab", "cd")), "answer", lines).measures == counts_for


def test_an_unanswerable_question_is_answered_whatever_is_shown(judge: Judge) -> None:
    asked = judge.question("", expects="unknown")
    assert judge(asked, "answer", "a").measures == {"answered"}
    assert judge(asked, "unknown", near="a").measures == set()
    assert judge(asked, "ambiguous").measures == set()


def test_a_spelling_that_places_share_is_answered_by_asking(judge: Judge) -> None:
    asked = judge.question("", expects="ambiguous")
    assert judge(asked, "ambiguous", "c").measures == {"first", "found", "confident"}
    assert judge(asked, "answer", "c").measures == {"wrong"}
    assert judge(asked, "unknown").measures == set()


def test_where_no_facts_are_named_paragraphs_and_words_decide(judge: Judge) -> None:
    fact = judge.facts["a"]
    cited = frozenset((citation.document, citation.paragraph) for citation in fact.citations)
    word = fact.statement.split()[0]
    asked = replace(judge.question(""), cites=cited, keys=((word, "no such word"),))
    assert judge(asked, "answer", "a").measures == {"first", "found", "confident"}
    assert judge(replace(asked, keys=(("no such word",),)), "answer", "a").measures == {
        "first",
        "found",
        "wrong",
    }


def test_shares_are_of_the_questions_that_a_measure_is_of(judge: Judge) -> None:
    asked, other = judge.question(), judge.question("", expects="unknown")
    graded = [judge(asked, "answer", "a"), judge(asked, "unknown"), judge(other, "unknown")]
    assert shares(graded) == {"first": 0.5, "found": 0.5, "confident": 0.5, "wrong": 0.0, "answered": 0.0}
    assert shares(graded[:2]) == {"first": 0.5, "found": 0.5, "confident": 0.5, "wrong": 0.0}
    assert shares(graded[2:]) == {"answered": 0.0}


def test_the_report_shows_every_style_in_order_then_all(judge: Judge) -> None:
    graded = [
        judge(judge.question("", expects="unknown", style="near-miss"), "answer", "a"),
        judge(judge.question(style="pinyin"), "unknown", near="ca"),
        judge(judge.question(style="keywords"), "answer", "a"),
    ]
    lines = report.table(graded).splitlines()
    assert [line.split() for line in lines[:6]] == [
        ["style", "n", "first", "found", "confident", "wrong", "answered"],
        ["keywords", "1", "100.0%", "100.0%", "100.0%", "0.0%"],
        ["pinyin", "1", "0.0%", "100.0%", "0.0%", "0.0%"],
        ["near-miss", "1", "100.0%"],
        ["answerable", "2", "50.0%", "100.0%", "50.0%", "0.0%"],
        ["unanswerable", "1", "100.0%"],
    ]
    assert "mean reciprocal rank 0.750" in lines[7]
    assert "citation precision: 100.0% of the 1.0 facts" in lines[8]
