"""Facts that contradict each other stand on opposite sides of one disagreement, and no other facts do."""

from __future__ import annotations

import pytest

from knowledge import seeds as seed_files
from knowledge.checks import disagreements
from knowledge.model import Disagreement
from knowledge.seeds import Seeds
from tests.knowledge.small import fact, seeds

ONE = fact(contradicts=["ports-002"])
OTHER = fact(2, statement="Bton keeps harbours.", contradicts=["ports-001"])
THIRD = fact(3, statement="Aville keeps harbours.")


def _told(*sides: list[str], slug: str = "harbours") -> Disagreement:
    return Disagreement.model_validate(
        {
            "slug": slug,
            "on": "who keeps harbours",
            "sides": [{"says": "they", "facts": side} for side in sides],
        }
    )


def _seeds(*told: Disagreement) -> Seeds:
    return seeds(ONE, OTHER, THIRD, disagreements=told)


def test_a_contradiction_that_is_told_once_is_in_order() -> None:
    assert disagreements.check(_seeds(_told(["ports-001"], ["ports-002"]))) == ()


@pytest.mark.parametrize(
    ("told", "record", "said"),
    [
        ((), "ports-001", "that it contradicts ports-002 stands in none"),
        (
            (_told(["ports-001"], ["ports-002"]), _told(["ports-002"], ["ports-001"], slug="piers")),
            "ports-001",
            "that it contradicts ports-002 stands in harbours and piers",
        ),
        (
            (_told(["ports-001"], ["ports-002", "ports-003"]),),
            "harbours",
            "ports-003 contradicts no fact of another side",
        ),
        ((_told(["ports-001"], ["ports-002", "ports-002"]),), "harbours", "ports-002 stands there twice"),
        (
            (_told(["ports-001", "ports-002"], ["ports-003"]),),
            "harbours",
            "ports-001 and ports-002 contradict each other and stand on one side",
        ),
    ],
)
def test_what_is_told_wrongly_is_found(told: tuple[Disagreement, ...], record: str, said: str) -> None:
    found = disagreements.check(_seeds(*told))
    assert any(problem.record == record and problem.message.startswith(said) for problem in found)


def test_a_fact_that_is_not_there_and_a_slug_used_twice_keep_the_base_from_being_built() -> None:
    found = seed_files.references(
        _seeds(_told(["ports-001"], ["ports-009"]), _told(["ports-001"], ["ports-002"]))
    )
    assert [(problem.record, problem.message) for problem in found] == [
        ("harbours", "is used twice"),
        ("harbours", '"ports-009" is not in the seeds'),
    ]
