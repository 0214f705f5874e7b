"""Words of the field are told from everyday ones by how often the facts say them."""

from __future__ import annotations

from knowledge.base import FactBase
from knowledge.text.normalize import normalize, stem, tokenize


def test_words_that_facts_say_more_often_than_people_do_are_of_the_field(base: FactBase) -> None:
    for terms in (("cooper",), ("popul",), ("twin",), ("合作",)):
        assert base.termhood.is_of_field(terms), terms
    for terms in (("lunch",), ("good",), ("umbrella",), ("天气",)):
        assert not base.termhood.is_of_field(terms), terms


def test_what_readers_ask_again_and_again_is_of_the_field_whether_or_not_a_fact_states_it(
    base: FactBase,
) -> None:
    stated = {stem(word) for fact in base.facts for word in tokenize(normalize(fact.statement))}
    assert stem("commute") not in stated
    assert base.termhood.is_of_field((stem("commute"),))


def test_everyday_words_are_those_that_are_said_often(base: FactBase) -> None:
    assert base.termhood.is_everyday("lunch")
    assert base.termhood.is_everyday("signed off")
    assert not base.termhood.is_everyday("tulip")
