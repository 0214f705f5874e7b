"""What people may do to a fact of the team's own once it is approved: take it back, and say that it still holds."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import Answer
from handlers.contribution import Contribution, CurationState
from handlers.curation import actions, describe, hindrance, telling
from handlers.request import Request
from handlers.say import say
from handlers.services import Services


def revert(services: Services, request: Request, fact_id: str, why: str) -> Answer:
    """Take an approved fact back, so that what it superseded stands again. Nothing is deleted.

    Return what became of it.
    """
    if not why.strip():
        return actions.refused(say("Say why: /yrd fact {fact} revert REASON", fact=fact_id))
    kept = actions.curation_of(services, request).of_fact(fact_id)
    if kept is None:
        return actions.refused(
            say("{fact} is none of the team's own facts: suggest a correction instead.", fact=fact_id)
        )

    def check(curation: CurationState, now: Contribution) -> str:
        if request.user not in curation.curators:
            return actions.NOT_A_CURATOR
        return hindrance.of_reverting(curation, now)

    done = actions.change(services, request, kept.number, check, "reverted", why)
    if isinstance(done, str):
        return actions.not_done(services, request, done)
    telling.renew_cards(services, request, kept.number)
    if done.proposer != request.user:
        telling.tell_reverted(services, request, done)
    telling.tell_closed(services, request, done)
    telling.tell_readers(services, request, fact_id)
    said = say("The fact is taken back.")
    if before := done.draft.supersedes:
        said = say(
            "The fact is taken back. What it replaced stands again: {before}",
            before=describe.called(services, before),
        )
    # The card has its own headline: who took it back, and why.
    return replace(describe.card(services.with_base_of(request.team), done), notes=(said,), outcome="done")


def verify(services: Services, request: Request, fact_id: str) -> Answer:
    """Record that a curator or the fact's owner checked it today; return by when it is to be checked again."""
    kept = actions.curation_of(services, request).of_fact(fact_id)
    if kept is None:
        return actions.refused(
            say(
                "{fact} is none of the team's own facts; those of the seeds are reviewed with them.",
                fact=fact_id,
            )
        )

    def check(curation: CurationState, now: Contribution) -> str:
        if request.user not in curation.curators and request.user != now.proposer:
            return actions.NOT_A_CURATOR
        return hindrance.of_verifying(curation, now, request.now.date())

    done = actions.change(services, request, kept.number, check, "verified")
    if isinstance(done, str):
        return actions.not_done(services, request, done)
    due = str(done.review_by)
    fact = describe.called(services, fact_id)
    said = say("Verified as of today, to be reviewed by {date}: {fact}", fact=fact, date=due)
    return Answer(headline=said, outcome="done")
