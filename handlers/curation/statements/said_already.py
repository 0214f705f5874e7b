"""Which fact of the base, and which proposal that waits, says what a draft says, or something like it."""

from __future__ import annotations

from typing import Final

from handlers.contribution import Contribution, CurationState
from handlers.curation.correction import bare
from handlers.draft import Draft
from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.checks.consistency import likeness
from knowledge.model import Fact

_MOST_SHOWN: Final = 3


def fact_of(base: FactBase, draft: Draft) -> Fact | None:
    """Return the fact that states just what `draft` does, None where none stands; what the draft corrects is none."""
    if draft.withdraws:
        return None
    wanted, gone = bare(draft.statement), {*base.overlay.superseded, draft.supersedes}
    return next((fact for fact in base.facts if fact.id not in gone and bare(fact.statement) == wanted), None)


def approved_of(curation: CurationState, draft: Draft, besides: int = 0) -> Contribution | None:
    """Return the approved proposal whose fact states just what `draft` does: what the ledger says now, under its lock."""
    if draft.withdraws:
        return None
    wanted = bare(draft.statement)
    standing = (
        kept
        for kept in curation.contributions.values()
        if kept.state == "approved" and kept.number != besides and kept.id != draft.supersedes
        if not kept.draft.withdraws and curation.successor(kept.id) is None
    )
    return next((kept for kept in standing if bare(kept.draft.statement) == wanted), None)


def sentence(fact_id: str) -> Said:
    """Return what whoever says it once more is told."""
    return say("The base says this already: {fact}.", fact=fact_id)


def alike(base: FactBase, curation: CurationState, draft: Draft) -> tuple[Contribution, ...]:
    """Return the proposals that wait and read like `draft`, the most alike first, by the measure of the base's facts."""
    if draft.withdraws:
        return ()
    shares = (
        (likeness(draft.statement, kept.draft.statement, base.lexicon.stop), kept)
        for kept in curation.waiting()
        if not kept.draft.withdraws and kept.draft.supersedes == draft.supersedes
    )
    near = [(share, kept) for share, kept in shares if share >= base.tuning.alike]
    return tuple(kept for _, kept in sorted(near, key=lambda pair: -pair[0]))[:_MOST_SHOWN]


def waiting(kept: Contribution) -> Said:
    """Return what is told of a proposal that reads like what somebody proposes, with what it states."""
    return say(
        "{name} proposed something like it: proposal {number} waits for review. “{statement}”",
        name=kept.proposer_name,
        number=kept.number,
        statement=kept.draft.statement,
    )
