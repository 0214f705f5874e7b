"""Ways to find the fact asked for, each built over the same facts: the bot's own, and plain full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from handlers.answer import FACTS_PER_PAGE
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.search.corpus import Corpus
from knowledge.search.index import Index
from knowledge.search.parser import Parser
from knowledge.text.normalize import normalize, tokenize

# A question -> the ids of the facts found, the nearest first.
Searcher = Callable[[str], list[str]]


def ours(base: FactBase, facts: Sequence[Fact]) -> Searcher:
    """Return the bot's own: the question taken apart, candidates, and what was learned to put them in order."""
    index = Index(facts, Corpus.of(facts, base.analyzer), base.seeds.weights, base.about_documents)
    parser = Parser(base.names, index, base.synonymy, base.lexicon, base.english, pinyin=base.pinyin)
    parser.warm()

    def search(text: str) -> list[str]:
        return [hit.fact.id for hit in index.rank(parser.parse(text))[:FACTS_PER_PAGE]]

    return search


def fts5(base: FactBase, facts: Sequence[Fact]) -> Searcher:
    """Return SQLite's full-text search in memory: any word of the question in statement or asks, by bm25."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table said using fts5(id unindexed, statement, asks, tokenize = porter)")
    database.executemany(
        "insert into said values (?, ?, ?)",
        ((fact.id, normalize(fact.statement), normalize("\n".join(fact.asks))) for fact in facts),
    )

    def search(text: str) -> list[str]:
        words = " OR ".join(
            f'"{word}"' for word in tokenize(normalize(text)) if word not in base.lexicon.stop
        )
        rows = database.execute(
            "select id from said where said match ? order by bm25(said) limit ?",
            (words or '""', FACTS_PER_PAGE),
        )
        return [name for (name,) in rows]

    return search


SEARCHERS: Mapping[str, Callable[[FactBase, Sequence[Fact]], Searcher]] = {
    "YRD Desk, free text": ours,
    "FTS5, bm25": fts5,
}
"""By name, as the report prints it."""
