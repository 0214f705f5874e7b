"""A verdict names every rule that a fact breaks, and what of the question is missing in it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from handlers.verdict.answerability import RULES, answers, verdict
from handlers.verdict.evidence import FactEvidence
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.tuning import TUNING
from tests.conftest import NOW, Asker

# A question for each rule, a fact that breaks it, and what is missing there.
BROKEN = {
    "name": ("What was the GDP of Huaibei in 2021?", "han-huaihai-079", ("huaibei",)),
    "year": ("What was the GDP of Xuzhou in 2021?", "han-huaihai-078", ("2021",)),
    "kind of thing": ("Which airport serves Jiashan?", "zhejiang-integration-034", ("airport",)),
    "number": ("How long is the G40 expressway?", "cao-layout-065", ()),
    "money": ("How much money did Huainan get from Minhang?", "xu-twinning-041", ()),
    "share": ("What share of GDP does Xuzhou hold?", "han-huaihai-078", ()),
    "attribute": ("What is the throughput of Ningbo port?", "cao-layout-033", ("throughput",)),
    "time": ("In which year did Huainan become a city?", "xu-twinning-043", ()),
    "pairing": ("What is Hefei paired with?", "cao-layout-078", ("hefei",)),
    "near": ("house prices in Hangzhou", "han-huaihai-202", ("prices",)),
}


def judged(base: FactBase, question: str, fact_id: str) -> dict[str, tuple[str, ...]]:
    query = base.parse(question)
    hit = next(hit for hit in base.rank(query) if hit.entry.id == fact_id)
    return {reason.rule.name: reason.shown for reason in verdict(base, query, FactEvidence(base, hit))}


def test_every_rule_has_a_case() -> None:
    assert list(BROKEN) == [rule.name for rule in RULES]


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_says_what_is_missing(base: FactBase, rule: str) -> None:
    question, fact_id, missing = BROKEN[rule]
    assert judged(base, question, fact_id)[rule] == missing


def test_a_fact_that_answers_breaks_no_rule(base: FactBase) -> None:
    assert judged(base, "What was the GDP of Xuzhou in 2018?", "han-huaihai-078") == {}


def test_what_breaks_several_rules_has_a_reason_for_each(base: FactBase) -> None:
    assert list(judged(base, "What is the throughput of Ningbo port?", "zhejiang-integration-096")) == [
        "name", "number", "attribute", "near",
    ]  # fmt: skip


@pytest.mark.parametrize("question", sorted({question for question, _, _ in BROKEN.values()}))
def test_a_fact_answers_unless_it_breaks_a_rule_that_binds_facts(base: FactBase, question: str) -> None:
    query = base.parse(question)
    for hit in base.rank(query):
        if isinstance(hit.entry, Fact):
            evidence = FactEvidence(base, hit)
            broken = {reason.rule.name for reason in verdict(base, query, evidence)}
            assert answers(base, query, evidence) is broken.isdisjoint({"name", "year", "share", "near"})


def test_what_lacks_a_number_may_answer_where_all_else_speaks_for_it(base: FactBase) -> None:
    question = "What is the throughput of Ningbo port?"
    hit = base.search(question)[0]
    sure = replace(hit, likely=1.0)
    assert answers(base, base.parse("How many ports are there?"), FactEvidence(base, sure))


# A question that is refused, and the headline: what of it no fact of the whole base holds.
REFUSED = {
    "figure": ("What is the GDP of Hangzhou in 2018?", "The base has no GDP of Hangzhou."),
    "year of a figure": (
        "What was the GDP of Xuzhou in 2021?",
        "The base has no GDP of Xuzhou for 2021; it has one for 2018.",
    ),
    "kind of thing": (
        "Which airport serves Jiashan?",
        "I found no fact that answers that.",
    ),
    "nothing in particular": (
        "In which year did Huainan become a city?",
        "I found no fact that says when.",
    ),
    "words": (
        "house prices in Hangzhou",
        "The base has facts on “house”, “prices” and Hangzhou, but none on all of them together.",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_names_what_the_whole_base_lacks(ask: Asker, what: str) -> None:
    question, headline = REFUSED[what]
    answer = ask(question)
    assert answer.outcome == "unknown"
    assert answer.headline == headline
    assert answer.near


def test_the_rules_are_those_of_the_desk(base: FactBase) -> None:
    request = Request(text="What was the GDP of Xuzhou in 2021?", now=NOW)
    lenient = Services(base, rules=tuple(rule for rule in RULES if rule.name not in ("year", "near")))
    assert reply(Services(base), request).outcome == "unknown"
    assert reply(lenient, request).outcome == "answer"


def test_the_numbers_are_those_of_the_base(base: FactBase) -> None:
    request = Request(text="How big was the output of Xuzhou in 2018?", now=NOW)
    strict = base.tuned(replace(TUNING, likely_by_words=1.1))
    assert reply(Services(base), request).outcome == "answer"
    assert reply(Services(strict), request).outcome == "unknown"


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("Xuzhou invests 2000 yuan.", set()),
        ("Xuzhou invests 3 million.", {"money"}),
        ("Xuzhou invests in 2000.", {"number", "money"}),
    ],
)
def test_a_currency_shows_that_what_looks_like_a_year_is_a_sum(
    base: FactBase, statement: str, broken: set[str]
) -> None:
    query = base.parse("How much money does Xuzhou invest?")
    hit = next(hit for hit in base.rank(query) if isinstance(hit.entry, Fact))
    fact = hit.fact.model_copy(update={"statement": statement, "figures": ()})
    reasons = verdict(base, query, FactEvidence(base, replace(hit, entry=fact)))
    assert {reason.rule.name for reason in reasons} & {"number", "money"} == broken


def test_every_rule_says_what_it_demands_and_how_it_is_put_where_it_is_broken() -> None:
    for rule in RULES:
        assert rule.demands.startswith("It "), rule.name
        assert rule.otherwise
    assert len({rule.otherwise for rule in RULES}) == len(RULES)


def test_what_a_rule_demands_stands_also_where_docstrings_are_left_out() -> None:
    said = "from handlers.verdict.answerability import RULES; print(all(rule.demands for rule in RULES))"
    shown = subprocess.run([sys.executable, "-OO", "-c", said], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "True"
