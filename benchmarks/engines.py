"""What is measured: the engine as every adapter calls it, and baselines that always show five facts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

from rapidfuzz import fuzz, process

from benchmarks.grading import Engine
from benchmarks.question_set import Question
from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from handlers.verdict.answerability import RULES, Rule
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.text.normalize import normalize, tokenize

NOW = datetime(2026, 1, 1, tzinfo=UTC)
# The name the engine has in tables.
OURS = "YRD Desk"


def ours(base: FactBase, rules: tuple[Rule, ...] = RULES) -> Engine:
    """Return the engine of the bot, with its rules on when a fact answers or others."""
    services = Services(base, rules=rules)
    return lambda question: reply(services, Request(text=question.text, command=question.command, now=NOW))


def closest_statement(base: FactBase) -> Engine:
    """Return the first baseline: the statements that `extractOne(WRatio)` finds closest, of all of them."""
    statements = {fact.id: fact.statement for fact in base.facts}

    def engine(question: Question) -> Answer:
        found = process.extract(question.text, statements, scorer=fuzz.WRatio, limit=FACTS_PER_PAGE)
        return _showing([fact for _, _, name in found if (fact := base.fact(name))])

    return engine


def bm25_of_statements(base: FactBase) -> Engine:
    """Return the second baseline: FTS5 with porter stems and bm25 over the statements, any word."""
    return _bm25(base, lambda fact: fact.statement)


def bm25_of_asks(base: FactBase) -> Engine:
    """Return the third baseline: the same over each statement and its asks together."""
    return _bm25(base, lambda fact: "\n".join((fact.statement, *fact.asks)))


def _bm25(base: FactBase, text: Callable[[Fact], str]) -> Engine:
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table texts using fts5(id unindexed, text, tokenize='porter')")
    database.executemany("insert into texts values (?, ?)", ((fact.id, text(fact)) for fact in base.facts))

    def engine(question: Question) -> Answer:
        words = " OR ".join(f'"{word}"' for word in tokenize(normalize(question.text)))
        rows = database.execute(
            "select id from texts where texts match ? order by bm25(texts) limit ?",
            (words or '""', FACTS_PER_PAGE),
        )
        return _showing([fact for (name,) in rows if (fact := base.fact(name))])

    return engine


def _showing(facts: list[Fact]) -> Answer:
    return Answer(headline="", outcome="answer", match="search", lines=tuple(map(Line, facts)))
