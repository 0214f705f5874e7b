"""A verdict names every rule that a fact breaks, and what of the question is missing in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.answerability import RULES, answers, verdict
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.tuning import TUNING
from tests.conftest import NOW, Asker

# A question for each rule, a fact that breaks it, and what is missing there.
BROKEN = {
    "coverage": ("What was the GDP of Huaibei in 2021?", "han-huaihai-079", ("huaibei",)),
    "name": ("What was the GDP of Huaibei in 2021?", "han-huaihai-079", ("huaibei",)),
    "year": ("What was the GDP of Xuzhou in 2021?", "han-huaihai-078", ("2021",)),
    "kind of thing": ("Which banks help Xuzhou?", "han-huaihai-066", ("banks",)),
    "words": ("How much money does Xuzhou invest?", "han-huaihai-078", ("invest",)),
    "number": ("What was the GDP of Xuzhou in 2021?", "han-huaihai-081", ()),
    "money": ("How much money does Xuzhou invest?", "han-huaihai-076", ()),
    "attribute": ("What was the GDP of Xuzhou in 2021?", "han-huaihai-077", ("gdp",)),
    "time": ("When was Ningbo port founded?", "cao-layout-053", ()),
}


def judged(base: FactBase, question: str, fact_id: str) -> dict[str, tuple[str, ...]]:
    query = base.parse(question)
    hit = next(hit for hit in base.rank(query) if hit.fact.id == fact_id)
    return {reason.rule: reason.shown for reason in verdict(base, query, hit)}


def test_every_rule_has_a_case() -> None:
    assert list(BROKEN) == [rule.name for rule in RULES]


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_says_what_is_missing(base: FactBase, rule: str) -> None:
    question, fact_id, missing = BROKEN[rule]
    assert judged(base, question, fact_id)[rule] == missing


def test_a_fact_that_answers_breaks_no_rule(base: FactBase) -> None:
    assert judged(base, "What was the GDP of Xuzhou in 2018?", "han-huaihai-078") == {}


def test_what_breaks_several_rules_has_a_reason_for_each(base: FactBase) -> None:
    assert list(judged(base, "What was the GDP of Huaibei in 2021?", "han-huaihai-081")) == [
        "coverage", "name", "year", "number",
    ]  # fmt: skip


@pytest.mark.parametrize("question", sorted({question for question, _, _ in BROKEN.values()}))
def test_a_fact_answers_when_its_verdict_is_empty(base: FactBase, question: str) -> None:
    query = base.parse(question)
    for hit in base.rank(query):
        assert answers(base, query, hit) is (verdict(base, query, hit) == ())


def test_a_refusal_names_what_the_rules_find_missing(ask: Asker) -> None:
    assert ask("What was the GDP of Huaibei in 2021?").headline.endswith("for huaibei.")
    assert ask("What was the GDP of Xuzhou in 2021?").headline.endswith("for 2021.")


def test_what_goes_without_saying_is_not_the_reason_where_a_year_is(ask: Asker) -> None:
    answer = ask("How many city cooperation treaties were signed in China in 2015?")
    assert answer.headline.endswith("It holds nothing on this for 2015.")


def test_the_rules_are_those_of_the_desk(base: FactBase) -> None:
    request = Request(text="What was the GDP of Xuzhou in 2021?", now=NOW)
    lenient = Services(base, rules=tuple(rule for rule in RULES if rule.name != "year"))
    assert reply(Services(base), request).outcome == "unknown"
    assert reply(lenient, request).outcome == "answer"


def test_the_numbers_are_those_of_the_base(base: FactBase) -> None:
    request = Request(text="What was the GDP of Xuzhou in 2018?", now=NOW)
    strict = FactBase(base.seeds, base.version, tuning=replace(TUNING, enough=1.1))
    assert reply(Services(base), request).outcome == "answer"
    assert reply(Services(strict), request).outcome == "unknown"


def test_every_rule_says_what_it_demands_and_how_it_is_put_where_it_is_broken() -> None:
    for rule in RULES:
        assert rule.demands.startswith("It "), rule.name
        assert rule.otherwise
    assert len({rule.otherwise for rule in RULES}) == len(RULES)
