"""A list of names is read as people write it."""

from __future__ import annotations

import pytest

from handlers.curation import naming
from handlers.services import Services
from knowledge.base import FactBase


@pytest.mark.parametrize(
    "typed",
    [
        "Nanjing, Hefei", "nanjing and hefei", "Nanjing & Hefei", "Nanjing/Hefei", "Nanjing + Hefei", "Nanjing\nHefei",
        "Nanjing, and Hefei", "南京、合肥", "南京和合肥", "南京，合肥", "南京与合肥",
    ],
)  # fmt: skip
def test_names_are_told_apart_however_they_are_joined(base: FactBase, typed: str) -> None:
    assert naming.named(Services(base), typed) == naming.Names(
        ("nanjing", "hefei"), meant=naming.named(Services(base), typed).meant
    )


def test_a_name_that_holds_what_joins_names_stays_whole(base: FactBase) -> None:
    for record in (
        *base.seeds.pairings,
        *base.seeds.organisations,
        *base.seeds.mechanisms,
        *base.seeds.plans,
    ):
        assert naming.named(Services(base), f"{record.name} and Hefei").slugs[0] == record.slug, record.name


def test_each_name_that_is_wrong_is_told_by_itself(base: FactBase) -> None:
    found = naming.named(Services(base), "Hefei, Shangai and Atlantis")
    assert found.slugs == ("hefei",)
    assert found.meant == "Hefei, Shanghai, Atlantis"
    assert [why.split("”")[0] for why in found.wrong] == ["“Shangai", "“Atlantis"]
