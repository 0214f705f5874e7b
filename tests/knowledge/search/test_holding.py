"""What the base holds is told by field: in statement and names, or within one of the asks."""

from __future__ import annotations

from knowledge.base import FactBase
from knowledge.model import Topic
from knowledge.search.terms import index_terms
from tests.knowledge import small

PORTS = small.fact(
    1,
    statement="Aville built harbours.",
    subjects=["aville"],
    topics=["matters"],
    asks=["who built piers?", "are the docks new?"],
)
TRAINS = small.fact(2, statement="Bton built piers.", subjects=["bton"], topics=["matters"])
BASE = FactBase(small.seeds(PORTS, TRAINS, topics=(Topic(slug="matters", name="Matters"),)), "1")


def terms(text: str) -> tuple[str, ...]:
    return index_terms(text, BASE.lexicon.stop)


def ids(places: frozenset[int]) -> set[str]:
    return {BASE.entries[place].id for place in places}


def test_what_is_asked_for_is_found_by_asks_alone() -> None:
    assert ids(BASE.holding.asking(terms("piers"))) == {PORTS.id}
    assert ids(BASE.holding.stating(terms("piers"))) == {TRAINS.id}
    assert BASE.holding.asking(terms("harbours")) == frozenset()


def test_what_two_asks_say_is_not_asked_in_one() -> None:
    assert ids(BASE.holding.asking(terms("built piers"))) == {PORTS.id}
    assert BASE.holding.asking(terms("piers docks")) == frozenset()


def test_nothing_asks_for_no_word_or_for_one_that_the_base_does_not_know() -> None:
    assert BASE.holding.asking(()) == frozenset()
    assert BASE.holding.asking(terms("piers volcano")) == frozenset()
