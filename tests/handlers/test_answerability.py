"""A verdict names every rule that a fact breaks, and what of the question is missing in it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from handlers.answerability import RULES, answers, verdict
from handlers.evidence import FactEvidence
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
    assert list(judged(base, "What was the GDP of Huaibei in 2021?", "han-huaihai-081")) == [
        "coverage", "name", "year", "number",
    ]  # fmt: skip


@pytest.mark.parametrize("question", sorted({question for question, _, _ in BROKEN.values()}))
def test_a_fact_answers_when_its_verdict_is_empty(base: FactBase, question: str) -> None:
    query = base.parse(question)
    for hit in base.rank(query):
        evidence = FactEvidence(base, hit)
        assert answers(base, query, evidence) is (verdict(base, query, evidence) == ())


def test_a_refusal_names_what_the_rules_find_missing(ask: Asker) -> None:
    assert ask("What was the GDP of Huaibei in 2021?").headline.endswith("for huaibei.")
    assert ask("What was the GDP of Xuzhou in 2021?").headline.endswith("for 2021.")


# A question whose nearest fact breaks the rule first, and what the headline of the refusal gives as the reason.
REFUSED = {
    "coverage": ("Which airport serves Jiashan?", "It holds nothing here on airport, serves."),
    "name": ("Which bridge links Nantong to Shanghai?", "It holds nothing on this for nantong."),
    "year": ("What is the GDP of Hangzhou in 2018?", "It holds nothing on this for 2018."),
    "kind of thing": ("Which banks finance the Xiaoyangshan terminal?", "What is nearest does not say “banks”."),
    "words": ("house prices in Hangzhou", "It holds nothing here on prices."),
    "number": ("How long is the G40 expressway?", "What is nearest states no number."),
    "money": ("YRD R&D spend % of PRC", "What is nearest states no sum of money."),
    "attribute": (
        "How many provinces and municipalities make up the Yangtze River Delta in Xu Qimin's article?",
        "What is nearest gives no figure for “provinces”.",
    ),
    "time": ("When was the Hanjiang University Alliance founded?", "What is nearest states no time."),
}  # fmt: skip


def test_every_rule_has_a_refusal() -> None:
    assert list(REFUSED) == [rule.name for rule in RULES]


@pytest.mark.parametrize("rule", REFUSED)
def test_the_headline_of_a_refusal_gives_the_reason_of_the_rule(ask: Asker, rule: str) -> None:
    question, reason = REFUSED[rule]
    answer = ask(question)
    (nearest, *_) = answer.near
    assert rule in judged(ask.services.base, question, nearest.id)
    assert answer.headline == f"The fact base does not say that. {reason}"


def test_a_name_that_no_rule_asks_for_is_no_reason(ask: Asker) -> None:
    answer = ask("How many provinces does the Huaihai paper count in the Yangtze River Delta?")
    assert answer.headline == "The fact base does not say that. What is nearest states no number."


def test_a_fact_that_matches_every_word_loosely_is_said_to_say_too_little(ask: Asker) -> None:
    answer = ask("zhejiang yrd news headline")
    assert answer.headline == "The fact base does not say that. What is nearest says too little of it."


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
    hit = base.rank(query)[0]
    fact = hit.fact.model_copy(update={"statement": statement, "figures": ()})
    reasons = verdict(base, query, FactEvidence(base, replace(hit, fact=fact)))
    assert {reason.rule.name for reason in reasons} & {"number", "money"} == broken


def test_every_rule_says_what_it_demands_and_how_it_is_put_where_it_is_broken() -> None:
    for rule in RULES:
        assert rule.demands.startswith("It "), rule.name
        assert rule.otherwise
    assert len({rule.otherwise for rule in RULES}) == len(RULES)


def test_what_a_rule_demands_stands_also_where_docstrings_are_left_out() -> None:
    said = "from handlers.answerability import RULES; print(all(rule.demands for rule in RULES))"
    shown = subprocess.run([sys.executable, "-OO", "-c", said], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "True"
