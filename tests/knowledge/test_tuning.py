"""The numbers that tune are one value: what is handed in is what reading, ranking and judging go by."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.names.resolver import Found, Suggestions, Unknown
from knowledge.tuning import TUNING, at_length
from tests.conftest import NOW, ROOT

# All but the numbers themselves, and what `yrd check` tells a curator, which goes by no base.
MODULES = tuple(
    path
    for package in ("handlers", "knowledge")
    for path in sorted((ROOT / package).rglob("*.py"))
    if path.name != "tuning.py" and path.parent.name != "checks"
)
# Numbers that tune nothing.
KEPT = {
    "handlers/digests/related.py": {0.5},  # a square root
    "handlers/lookups/maps/selection.py": {114.5, 27.8, 123.6, 34.85},  # degrees, round the delta
    "knowledge/search/index.py": {0.5},  # Robertson's and Sparck Jones's
}


@pytest.mark.parametrize("module", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_no_module_keeps_a_share_of_its_own(module: Path) -> None:
    kept = {
        value.value
        for value in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(value, ast.Constant) and isinstance(value.value, float)
    }
    assert kept - {0.0, 1.0} == KEPT.get(str(module.relative_to(ROOT)), set())


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


@pytest.mark.parametrize(
    ("number", "text", "offered"),
    [
        ("near_verb", "previw ports", ["preview ports"]),
        ("near_keyword", "subscribe ports weekly mon evry", ["every"]),
        ("near_keyword_in_names", "subscribe ports weekyl", ["weekly", "weekdays"]),
        ("near_zone", "subscribe ports weekly mon Asia/Shangai", ["Asia/Shanghai"]),
    ],
)
def test_a_slip_in_what_is_said_to_digests_is_read_as_far_as_the_numbers_say(
    base: FactBase, number: str, text: str, offered: list[str]
) -> None:
    def choices(tuned: FactBase) -> list[str]:
        answer = reply(Services(tuned), Request(text=text, command="/yrd-digest", now=NOW))
        return [choice.label for choice in answer.choices]

    exact: dict[str, Any] = {number: 1.0}
    assert choices(base) == offered
    assert set(choices(base.tuned(replace(TUNING, **exact)))).isdisjoint(offered)
