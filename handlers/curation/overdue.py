"""Which of the team's own facts are overdue for review, and whose they are to verify."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from handlers.answer import Answer, Choice, Section
from handlers.contribution import Contribution, CurationState
from handlers.request import FACT
from handlers.target import Target

_SHOWN = 10


def overdue(curation: CurationState, today: date) -> Mapping[str, tuple[Contribution, ...]]:
    """Return what stands and is past its day of review, by its owner's id, the longest overdue first."""
    found: defaultdict[str, list[Contribution]] = defaultdict(list)
    late = (c for c in curation.contributions.values() if c.review_by is not None and c.review_by < today)
    for kept in sorted(late, key=lambda c: (c.review_by, c.number)):
        if kept.state == "approved" and not kept.draft.withdraws and curation.successor(kept.id) is None:
            found[kept.proposer].append(kept)
    return {owner: tuple(kept) for owner, kept in found.items()}


def reminder(late: tuple[Contribution, ...]) -> Answer:
    """Return what an owner is told once a week."""
    lines = tuple(f"{kept.id}, due {kept.review_by}: {kept.draft.statement}" for kept in late[:_SHOWN])
    choices = tuple(
        Choice(
            "verify",
            f"Verify {kept.id}",
            FACT,
            "",
            "verify",
            target=Target(id=kept.id),
            effect="changes",
        )
        for kept in late[:5]
    )
    count = f"{len(late)} of your facts {'is' if len(late) == 1 else 'are'} overdue for review"
    return Answer(
        headline=f"{count}. Verify what still holds; suggest a correction of what does not.",
        outcome="answer",
        sections=(Section("Overdue", lines),),
        choices=choices,
    )
