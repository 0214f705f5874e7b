"""Why a proposal or a fact of the team's own cannot be dealt with as it stands: a sentence, "" where it can."""

from __future__ import annotations

from datetime import date

from handlers.contribution import Contribution, CurationState
from handlers.curation import describe
from handlers.say import say
from knowledge.base import FactBase


def of_proposal(kept: Contribution, version: int) -> str:
    """Return why a proposal is not decided on: it waits no longer, or is of another `version`, where one is named."""
    if kept.state != "waiting":
        standing = describe.standing(describe.proposal(kept.number), kept.state)
        return say("{standing} {name} was first.", standing=standing, name=kept.events[-1].name)
    if version and kept.version != version:
        return say(
            "Proposal {number} was edited meanwhile: look again with /yrd review {number}.",
            number=kept.number,
        )
    return ""


def of_superseding(base: FactBase, curation: CurationState, fact_id: str) -> str:
    """Return why nothing takes the place of a fact; "" also where there is none to replace."""
    if not fact_id:
        return ""
    if other := curation.successor(fact_id):
        return say(
            "{fact} was superseded by {later} meanwhile: correct that one.", fact=fact_id, later=other.id
        )
    own = curation.of_fact(fact_id)
    stands = base.fact(fact_id) is not None and (own is None or own.state == "approved")
    return "" if stands else say("There is no fact {fact} that it could supersede.", fact=fact_id)


def of_reverting(curation: CurationState, kept: Contribution) -> str:
    """Return why a fact is not taken back."""
    if kept.state != "approved":
        standing = describe.standing(kept.id, kept.state)
        return say("{standing} There is nothing to take back.", standing=standing)
    if later := curation.successor(kept.id):
        return say("{fact} supersedes it: take that one back first.", fact=later.id)
    return ""


def of_verifying(curation: CurationState, kept: Contribution, today: date) -> str:
    """Return why a fact is not verified `today`."""
    if kept.state != "approved":
        return describe.standing(kept.id, kept.state)
    if kept.verified == today:
        due = str(kept.review_by)
        return say("{fact} is verified as of today already; review by {date}.", fact=kept.id, date=due)
    if later := curation.successor(kept.id):
        return say("{fact} was superseded by {later}: verify that one.", fact=kept.id, later=later.id)
    return ""
