"""Why a proposal or a fact of the team's own cannot be dealt with as it stands: a sentence, "" where it can."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from handlers.contribution import Contribution, CurationState
from handlers.curation import describe
from handlers.curation.correction import states_the_same
from handlers.curation.statements import said_already
from handlers.draft import Draft
from handlers.say import say
from knowledge.base import FactBase

_A_MOMENT: Final = timedelta(seconds=5)


def of_proposal(kept: Contribution, version: int, user: str) -> str:
    """Return why `user` does not decide on a proposal: it waits no longer, or is of another `version`, where one is named."""
    if kept.state == "closed":
        return describe.why_closed(kept)
    if kept.state != "waiting":
        if kept.decided.actor == user:
            return _done_by_them(kept)
        standing = describe.standing(describe.proposal(kept.number), kept.state)
        return say("{standing} {name} was first.", standing=standing, name=kept.decided.name)
    if version and kept.was_edited_since(version):
        return say(
            "Proposal {number} was edited meanwhile: look again with /yrd review {number}.",
            number=kept.number,
        )
    return ""


def _done_by_them(kept: Contribution) -> str:
    """Return what whoever decided on a proposal, and does so again, is told: nobody else was first."""
    match kept.state:
        case "approved":
            return say("You approved proposal {number} already.", number=kept.number)
        case "rejected":
            return say("You rejected proposal {number} already.", number=kept.number)
        case "withdrawn":
            return say("You withdrew proposal {number} already.", number=kept.number)
        case _:
            return say("You took proposal {number} back already.", number=kept.number)


def of_proposing(curation: CurationState, proposer: str, draft: Draft) -> str:
    """Return why a draft is not proposed: a fact states it, or the same of the same person waits already."""
    if said := of_saying_again(curation, draft):
        return said
    for kept in curation.waiting():
        if kept.proposer == proposer and states_the_same(draft, kept.draft):
            return say(
                "You have said so already: proposal {number} waits for review. /yrd review {number} shows it, and lets"
                " you add to it.",
                number=kept.number,
            )
    return ""


def sent_twice(curation: CurationState, proposer: str, draft: Draft, why: str, now: datetime) -> int:
    """Return the number of the proposal that `proposer` sent just so a moment ago, as by a double click; 0 where there is none."""
    wanted = (proposer, draft, why)
    mine = (kept for kept in curation.waiting() if (kept.proposer, kept.draft, kept.reason) == wanted)
    return next((kept.number for kept in mine if now - kept.events[-1].at <= _A_MOMENT), 0)


def of_saying_again(curation: CurationState, draft: Draft, besides: int = 0) -> str:
    """Return why a draft adds nothing: a fact that was approved, of another proposal than `besides`, states just that."""
    said = said_already.approved_of(curation, draft, besides)
    return said_already.sentence(said.id) if said else ""


def of_superseding(base: FactBase, curation: CurationState, fact_id: str) -> str:
    """Return why nothing takes the place of a fact; "" also where there is none to replace."""
    if not fact_id:
        return ""
    if other := curation.successor(fact_id):
        return say("Another proposal, {number}, took the place of that fact meanwhile.", number=other.number)
    own = curation.of_fact(fact_id)
    stands = base.fact(fact_id) is not None and (own is None or own.state == "approved")
    return "" if stands else say("The fact that it would replace does not stand any longer.")


def of_reverting(curation: CurationState, kept: Contribution) -> str:
    """Return why a fact is not taken back."""
    if kept.state != "approved":
        standing = describe.standing(say("The fact"), kept.state)
        return say("{standing} There is nothing to take back.", standing=standing)
    if later := curation.successor(kept.id):
        return say("It was replaced by proposal {number}: take that one back first.", number=later.number)
    return ""


def of_verifying(curation: CurationState, kept: Contribution, today: date) -> str:
    """Return why a fact is not verified `today`."""
    if kept.state != "approved":
        return describe.standing(say("The fact"), kept.state)
    if kept.verified == today:
        due = str(kept.review_by)
        return say("It is verified as of today already, to be reviewed by {date}.", date=due)
    if later := curation.successor(kept.id):
        return say("It was replaced by proposal {number}: verify that one.", number=later.number)
    return ""
