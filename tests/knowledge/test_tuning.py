"""The numbers that tune are one value: what is handed in is what reading, ranking and judging go by."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from handlers import answerability
from handlers.curation import unanswered, validation
from handlers.questions import answering, compound, disambiguation, excerpts
from knowledge.base import FactBase
from knowledge.names import keys, mentions, resolver
from knowledge.names.resolver import Found, Suggestions, Unknown
from knowledge.search import index as search_index
from knowledge.search import intent, parser, terms
from knowledge.tuning import TUNING, at_length

ENGINE = (
    intent, mentions, resolver, keys, parser, search_index, terms,
    validation, answerability, disambiguation, answering, compound, unanswered, excerpts,
)  # fmt: skip


@pytest.mark.parametrize("module", ENGINE, ids=[module.__name__ for module in ENGINE])
def test_no_module_of_the_engine_keeps_a_share_of_its_own(module: ModuleType) -> None:
    kept = [
        ast.unparse(statement)
        for statement in ast.parse(inspect.getsource(module)).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for value in ast.walk(statement)
        if isinstance(value, ast.Constant) and isinstance(value.value, float)
    ]
    assert kept == []


@pytest.mark.parametrize(("length", "held"), [(0, 0.0), (2, 0.0), (3, 1.0), (5, 1.0), (6, 2.0), (40, 2.0)])
def test_a_step_holds_from_its_length_on(length: int, held: float) -> None:
    assert at_length(((3, 1.0), (6, 2.0)), length) == held


def test_a_slip_is_read_as_far_as_the_numbers_say(base: FactBase) -> None:
    def resolved(**numbers: Any) -> object:
        tuned = base.tuned(replace(TUNING, **numbers))
        return type(tuned.names.resolve("hangzou"))

    assert resolved() is Found
    assert resolved(read_as=()) is Suggestions
    assert resolved(read_as=(), offered=(), phonetic=9.0) is Unknown


def test_a_light_word_weighs_what_the_numbers_say(base: FactBase) -> None:
    def weight(light: float) -> float:
        (concept,) = base.tuned(replace(TUNING, low_content=light)).parse("city").concepts
        return concept.weight

    assert weight(0.0) == 0.0
    assert weight(1.0) == pytest.approx(5 * weight(0.2))


def test_a_fact_covers_a_word_by_the_strength_of_the_field_that_holds_it(base: FactBase) -> None:
    fields = ("statement", "term", "speaker", "figure", "subject_name", "topic_name", "caveat")

    def best(strength: float) -> float:
        strengths: dict[str, Any] = dict.fromkeys(fields, strength)
        tuned = base.tuned(replace(TUNING, **strengths))
        return max(hit.coverage for hit in tuned.search("witnessed"))

    assert best(0.5) == pytest.approx(best(1.0) / 2)
    assert best(1.0) > 0
