"""The words by which a statement is told to be on a topic are gathered once for a base."""

from __future__ import annotations

from knowledge.base import FactBase
from knowledge.overlay import Overlay


def test_a_word_leads_to_the_topics_and_the_facts_that_have_it(base: FactBase) -> None:
    known = base.topic_words
    assert base.topic_words is known
    assert "port" in known.own["ports"]
    assert known.spread["port"] >= 1
    assert all("port" in fact.statement.lower() for fact in known.by_word["port"])
    assert set(known.by_word["port"]) <= set(known.by_stem["port"])


def test_what_a_team_takes_away_has_no_words_there(base: FactBase) -> None:
    gone = base.topic_words.by_word["port"][0]
    without = base.with_overlay(Overlay(superseded={gone.id: ""}))
    assert gone not in without.topic_words.by_word.get("port", ())
