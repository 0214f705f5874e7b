"""Which of the team's own facts are overdue for review, and whose they are to verify."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from handlers.answer import Answer, Choice, Section
from handlers.contribution import Contribution, CurationState
from handlers.curation import describe
from handlers.request import FACT
from handlers.say import say, say_many
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
    lines = tuple(
        say(
            "{at}. Due {date}: {statement}",
            at=at,
            date=str(c.review_by),
            statement=describe.clipped(c.draft.statement),
        )
        for at, c in enumerate(late[:_SHOWN], 1)
    )
    choices = tuple(
        Choice(
            "verify",
            say("Verify {at}", at=at),
            FACT,
            "",
            "verify",
            target=Target(id=kept.id),
            effect="changes",
        )
        for at, kept in enumerate(late[:5], 1)
    )
    return Answer(
        headline=say_many(
            "{count} of your facts is overdue for review. Verify it if it still holds; if it does not, suggest a correction.",
            "{count} of your facts are overdue for review. Verify what still holds; suggest a correction of what does not.",
            len(late),
        ),
        outcome="answer",
        sections=(Section(say("Overdue"), lines),),
        choices=choices,
    )
