"""All checks of the seeds in one go: consistency, disagreements, asks and weights always; grounding, copying and coverage where the
documents are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge import seeds
from knowledge.checks import asks, consistency, copying, coverage, disagreements, doubts, grounding, weights
from knowledge.checks.coverage import BlockCoverage, DocumentCoverage
from knowledge.checks.sources import Sources
from knowledge.model import Fact, Gap, Leftover
from knowledge.seeds import BadSeedsError, Problem, Seeds

# Pairs of statements at least this alike are listed for reviewers; consistency.ALIKE says which of them fail.
WORTH_A_LOOK = 0.5

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found. `problems` by check; the rest is for reviewers and empty without documents."""

    problems: dict[str, tuple[Problem, ...]]
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    alike: tuple[tuple[float, Fact, Fact], ...] = ()
    blocks: tuple[BlockCoverage, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    rows: tuple[DocumentCoverage, ...] = ()
    with_documents: bool = False

    @property
    def is_clean(self) -> bool:
        """Say whether no check found a problem."""
        return not any(self.problems.values())

    @property
    def asks(self) -> int:
        """Return how many questions of readers are expected."""
        return sum(len(entry.asks) for entries in (self.facts, self.gaps) for entry in entries)

    @property
    def supplied_facts(self) -> tuple[Fact, ...]:
        """Return the facts that state something which the paragraphs they cite do not print."""
        return tuple(fact for fact in self.facts if fact.supplied)

    @property
    def supplied(self) -> float:
        """Return the share (0 to 1) of facts that state something which the paragraphs they cite do not print."""
        return grounding.share_of_supplied(self.facts)


def make(folder: Path, documents: Path | None, progress: Progress = lambda step: None) -> Report:
    """Return what is wrong with the seeds in `folder`, held against the texts in `documents` if there are any.

    `progress` hears what is being checked. Unreadable seeds and documents are problems of the report.
    """
    progress("reading the seeds")
    try:
        curated = seeds.read(folder)
    except BadSeedsError as error:
        return Report({"seeds": error.problems})
    progress("shape")
    problems = {"shape": (*consistency.check(curated), *doubts.check(curated))}
    progress("asks")
    problems |= {
        "disagreements": disagreements.check(curated),
        "asks": asks.check(curated),
        "weights": weights.check(curated),
    }
    alike = consistency.similar(curated, WORTH_A_LOOK)
    if documents is None:
        return Report(problems, curated.facts, curated.gaps, alike)
    try:
        leftovers = seeds.leftovers(folder)
    except BadSeedsError as error:
        return Report({**problems, "leftovers": error.problems}, curated.facts, curated.gaps, alike)
    return _with_documents(curated, documents, leftovers, problems, alike, progress)


def _with_documents(
    curated: Seeds,
    documents: Path,
    leftovers: tuple[Leftover, ...],
    problems: dict[str, tuple[Problem, ...]],
    alike: tuple[tuple[float, Fact, Fact], ...],
    progress: Progress,
) -> Report:
    progress("reading the documents")
    sources = Sources(curated, documents)
    progress("grounding")
    grounded = grounding.check(curated, sources)
    progress("copying")
    copied = copying.check(curated, sources)
    progress("coverage")
    blocks = coverage.blocks(curated, sources)
    unread = frozenset(document.slug for document in curated.documents) - sources.blocks.keys()
    return Report(
        {
            **problems,
            "grounding": grounded,
            "copying": copied,
            "coverage": coverage.check(blocks, leftovers, unread),
        },
        curated.facts,
        curated.gaps,
        alike,
        blocks,
        leftovers,
        coverage.table(blocks, leftovers),
        with_documents=True,
    )
