"""What was learned is weighed, and nothing else."""

from __future__ import annotations

from knowledge import seeds as seed_files
from knowledge.checks import weights
from knowledge.model import Weight
from knowledge.search.features import VERDICT
from tests.conftest import SEEDS
from tests.knowledge.small import seeds

LEARNED = tuple(Weight(feature=feature) for feature in VERDICT)


def found(*learned: Weight) -> list[str]:
    return [problem.record for problem in weights.check(seeds(weights=learned))]


def test_the_projects_weights_are_of_what_is_compared() -> None:
    assert weights.check(seed_files.read(SEEDS)) == ()


def test_a_feature_without_a_weight_and_a_weight_of_none_are_found() -> None:
    assert found(*LEARNED) == []
    assert found(*LEARNED[1:]) == [VERDICT[0]]
    assert found(*LEARNED, Weight(feature="luck")) == ["luck"]
