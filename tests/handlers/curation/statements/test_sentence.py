"""Only a statement is proposed as a fact: what is none is told apart, and told what to do instead."""

from __future__ import annotations

import pytest

from handlers.curation.statements import sentence
from knowledge.base import FactBase


@pytest.mark.parametrize(
    "asked",
    [
        "What is the GDP of Hefei?", "What is the GDP of Hefei", "合肥和上海结对了吗？", "合肥和上海结对了吗", "合肥有多少人口",
        "Is Hefei paired with Ningbo", "Who runs the port of Ningbo", "Which cities are paired with Hefei",
        "How many people live in Hefei", "Hefei is large. Isn't it paired with Ningbo", "Hefei joined Ningbo in 2024?",
    ],
)  # fmt: skip
def test_a_question_is_told_where_it_is_asked(asked: str) -> None:
    assert sentence.why_none(asked) == sentence.QUESTION


@pytest.mark.parametrize(
    "wanted",
    [
        "Please add that Hefei is paired with Ningbo.", "TODO: check whether Hefei joined Ningbo",
        "Tell me about Hefei and Ningbo.", "Add Hefei to the list of twins.", "Note to self: Hefei joined in 2024.",
        "check if Hefei joined Ningbo", "Compare Hefei and Ningbo by trade.", "- Remind me to look up Ningbo.", "请添加合肥和宁波结对。",
        "查一下合肥和宁波是否结对。",
    ],
)  # fmt: skip
def test_a_request_or_a_note_is_no_statement(wanted: str) -> None:
    assert sentence.why_none(wanted) == sentence.REQUEST


@pytest.mark.parametrize("own", ["I heard that Hefei and Ningbo are paired.", "We think Hefei joined in 2024.", "我听说合肥和宁波结对。"])  # fmt: skip
def test_what_somebody_says_of_themselves_is_no_statement(own: str) -> None:
    assert sentence.why_none(own) == sentence.OWN


@pytest.mark.parametrize("short", ["", "Hefei", "Hefei and Ningbo", "Wuhu port", "合肥", "合肥与宁波"])
def test_less_than_a_sentence_is_no_statement(short: str) -> None:
    assert sentence.why_none(short) == sentence.INCOMPLETE


@pytest.mark.parametrize(
    "stated",
    [
        "Wuhu trains pilots.", "Wuhu trains pilots", "Exports fell.", "Hefei Signs Pact With Wuhu", "芜湖培训飞行员。", "合肥和宁波结对",
        "When Hefei joined in 2013, it had 8 million people.", "What Hefei lacks is a sea port of its own.",
        "List prices in Hefei rose by 5% in 2024.", "Draft rules of Hefei allow transfers to Ningbo.",
        "A report asks “Who governs the delta?” and names Hefei.", "请求批准的方案由合肥市提出。", "合肥和宁波于2026年开设联合办公室。",
    ],
)  # fmt: skip
def test_a_statement_may_begin_as_a_question_or_a_request_does_and_have_any_verb(stated: str) -> None:
    assert sentence.why_none(stated) == ""


def test_what_the_base_states_is_stated(base: FactBase) -> None:
    assert [fact.id for fact in base.facts if sentence.why_none(fact.statement)] == []
