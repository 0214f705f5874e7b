"""What is printed of one place where another is probably meant is told with that, wherever the statement is pasted."""

from __future__ import annotations

import pytest

from handlers.records.caveats import corrected
from knowledge.base import FactBase
from tests.conftest import Asker
from tests.render.answers import plain


def _stated(base: FactBase, fact: str) -> str:
    found = base.fact(fact)
    assert found
    return corrected(base, found)


def test_what_is_probably_meant_stands_behind_each_place_that_is_printed_instead(base: FactBase) -> None:
    assert "Dalian with Hangzhou [probably Shanghai]" in _stated(base, "cao-layout-031")
    assert "Harbin with Ningbo [probably Shenzhen]" in _stated(base, "cao-layout-031")


def test_it_stands_there_once(base: FactBase) -> None:
    assert _stated(base, "cao-layout-027").count("[probably Shanghai]") == 1


def test_every_doubt_of_a_statement_that_names_the_place_is_told_in_it(base: FactBase) -> None:
    doubted = [fact for fact in base.facts if fact.meant]
    assert doubted
    assert all("[probably " in corrected(base, fact) for fact in doubted)


def test_all_others_are_told_as_they_are_stated(base: FactBase) -> None:
    assert all(corrected(base, fact) == fact.statement for fact in base.facts if not fact.meant)


@pytest.mark.parametrize(
    "spelling", ["Dawan District", "Hubao Emei", "Cebu City", "Zuzhou", "Wen Wei Paper", "Hanjiang"]
)
def test_one_misprint_is_warned_of_once_in_a_message(ask: Asker, base: FactBase, spelling: str) -> None:
    said = plain(ask(spelling))
    assert said.count(f'prints "{spelling}"') == 1
    assert f"print “{spelling}”" not in said
    assert f'print "{spelling}"' not in said
