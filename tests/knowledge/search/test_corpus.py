"""The corpus comes back from facts.db as it was written, and is the same however its entries came into it."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.base import FactBase
from knowledge.search.corpus import Corpus
from knowledge.search.rows import Places, Rows
from tests.knowledge import small

FACTS = (
    small.fact(1, asks=["who signed the treaty?", "条约是谁签的"], near_misses=["who broke the treaty?"]),
    small.fact(2, statement="Bton has twenty harbours.", subjects=["bton"]),
    small.fact(3, statement="Oldham expects more.", asks=["what is expected?"]),
)


@pytest.fixture(scope="module")
def little() -> FactBase:
    return FactBase(small.seeds(*FACTS), "1")


def said(corpus: Corpus) -> list[dict[str, object]]:
    """Return what a corpus holds of each entry, in words and not in numbers."""

    def words(rows: Rows, row: int) -> list[str]:
        return [corpus.terms[number] for number in rows.held[rows.ends[row] : rows.ends[row + 1]]]

    def texts(rows: Rows, ends: Places, entry: int) -> list[list[str]]:
        return [words(rows, row) for row in range(ends[entry], ends[entry + 1])]

    return [
        {
            "stated": words(corpus.stated, entry),
            "named": words(corpus.named, entry),
            "asks": texts(corpus.asks, corpus.asked, entry),
            "near_misses": texts(corpus.near_misses, corpus.missed, entry),
            "number": bool(corpus.states[entry, 0]),
            "time": bool(corpus.states[entry, 1]),
        }
        for entry in range(len(corpus.stated))
    ]


def test_an_entry_is_what_it_states_whom_it_is_about_and_its_asks_each_by_itself(little: FactBase) -> None:
    treaty, harbours, _ = said(little.corpus)
    assert {"@aville", "@bton", "crown", "june", "2018"} <= set(_terms(treaty["stated"]))
    assert treaty["named"] == ["@aville", "@bton", "@about-the-documents", "about", "the", "document"]
    assert [len(asks) for asks in (treaty["asks"], harbours["asks"])] == [2, 1]  # type: ignore[arg-type]
    assert harbours["asks"] == [[]]
    assert (treaty["number"], treaty["time"], harbours["time"]) == (True, True, False)


def test_the_corpus_comes_back_from_what_was_stored(little: FactBase) -> None:
    stored = Corpus.stored(dict(little.corpus.arrays()))
    assert said(stored) == said(little.corpus)
    assert (stored.terms, stored.words) == (little.corpus.terms, little.corpus.words)


def test_facts_db_holds_the_corpus_that_would_be_made_anew(base: FactBase) -> None:
    anew = Corpus.of(base.entries, base.analyzer)
    assert said(base.corpus) == said(anew)
    assert base.corpus.words == anew.words


@pytest.mark.parametrize("without", [0, 1, 2])
def test_a_corpus_without_an_entry_and_with_it_behind_is_that_of_the_entries_in_that_order(
    little: FactBase, without: int
) -> None:
    left = [place for place in range(len(FACTS)) if place != without]
    grown = little.corpus.only(np.array(left)).extended((FACTS[without],), little.analyzer)
    anew = Corpus.of([*(FACTS[place] for place in left), FACTS[without]], little.analyzer)
    assert said(grown) == said(anew)


def test_a_corpus_of_nothing_takes_entries(little: FactBase) -> None:
    assert said(Corpus.empty()) == []
    assert said(Corpus.empty().extended(FACTS, little.analyzer)) == said(little.corpus)


def _terms(found: object) -> list[str]:
    assert isinstance(found, list)
    return found
