"""A second voice for what somebody proposed already, in the place of the same proposal once more."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.answer import Answer, Choice, Line
from handlers.contribution import Contribution, CurationEvent, CurationState
from handlers.curation import actions, describe, hindrance, projection, telling
from handlers.curation.correction import says_it_by_another_source, states_the_same
from handlers.curation.statements import said_already
from handlers.draft import Draft
from handlers.request import REVIEW, Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.target import Target
from knowledge.base import FactBase

SUPPORT: Final = "support"
"""The verb of `review`."""


def same_of_another(curation: CurationState, user: str, draft: Draft) -> Contribution | None:
    """Return the proposal of somebody else that waits and wants the same as `draft`, None where there is none.

    That of the same person is no second voice: they are told so by `hindrance.of_proposing`.
    """
    others = (kept for kept in curation.waiting() if kept.proposer != user)
    return next((kept for kept in others if states_the_same(draft, kept.draft)), None)


def doubts(base: FactBase, curation: CurationState, draft: Draft) -> tuple[Said, ...]:
    """Return a sentence for each proposal that waits and states the same by another source, or something like it."""
    return tuple(
        say(
            "{name} proposed the same statement with another source: proposal {number} waits for review.",
            name=kept.proposer_name,
            number=kept.number,
        )
        if says_it_by_another_source(draft, kept.draft)
        else said_already.waiting(kept)
        for kept in said_already.alike(base, curation, draft)
    )


def waits_already(kept: Contribution) -> Said:
    """Return the sentence that whoever proposes the same is told."""
    return say(
        "{name} proposed the same already: proposal {number} waits for review.",
        name=kept.proposer_name,
        number=kept.number,
    )


def propose(services: Services, request: Request, draft: Draft, why: str = "") -> Answer:
    """Keep a draft for review, unless the base says it, or the same of somebody else waits: return that fact then, or the
    card with the way to support it.
    """
    if fact := said_already.fact_of(services.base, draft):
        return Answer(headline=said_already.sentence(fact.id), outcome="refused", lines=(Line(fact),))
    same = same_of_another(actions.curation_of(services, request), request.user, draft)
    if same is None:
        return actions.propose(services, request, draft, why)
    card = describe.card(services, same, reader=request.user)
    return replace(card, headline=waits_already(same), outcome="refused", choices=(choice(same),))


def choice(kept: Contribution) -> Choice:
    """Return the button that adds a voice to a proposal."""
    target = Target(id=str(kept.number))
    return Choice(
        SUPPORT, say("Add my voice"), REVIEW, "", SUPPORT, target=target, effect="changes", style="primary"
    )


def support(services: Services, request: Request, number: int, why: str = "") -> Answer:
    """Record that the person wants the same as a proposal that waits; return its card, or why that is not recorded."""
    wanted = actions.event_of(services, request, f"p:{number}", "supported", why)

    def decide(events: tuple[CurationEvent, ...]) -> CurationEvent | str:
        kept = projection.replay(events).contributions.get(number)
        return (_why_not(kept, request.user) or wanted) if kept else describe.no_proposal(number)

    done = actions.record(services, request, decide)
    if isinstance(done, str):
        return actions.as_it_stands(services, request, number, done)
    telling.renew_cards(services, request, number)
    kept = actions.curation_of(services, request).contributions[number]
    said = say("Your voice stands with proposal {number}. I tell you how it went.", number=number)
    card = describe.card(services, kept, reader=request.user)
    return replace(card, headline=said, outcome="done", choices=())


def _why_not(kept: Contribution, user: str) -> str:
    if why := hindrance.of_proposal(kept, 0, user):
        return why
    if user == kept.proposer:
        return say("Proposal {number} is your own.", number=kept.number)
    if user in kept.supporters:
        return say("Your voice stands with proposal {number} already.", number=kept.number)
    return ""
