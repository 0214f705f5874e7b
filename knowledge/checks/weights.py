"""Checks that what was learned is weighed: every feature once, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.search.features import VERDICT
from knowledge.seeds import Problem, Seeds

FILE = "weights.toml"


def check(seeds: Seeds) -> tuple[Problem, ...]:
    """Return every feature of entries that has no weight, and every weight of none."""
    return tuple(_problems(frozenset(weight.feature for weight in seeds.weights)))


def _problems(weighed: frozenset[str]) -> Iterator[Problem]:
    for feature in VERDICT:
        if feature not in weighed:
            yield Problem(FILE, feature, "feature", "has no weight: run make learn")
    for feature in sorted(weighed.difference(VERDICT)):
        yield Problem(FILE, feature, "feature", "is none that entries are compared by: run make learn")
