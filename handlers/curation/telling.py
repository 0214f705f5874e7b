"""Who hears of a proposal, and of a fact that was corrected: by the notifier, after the event is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.answer import Answer, Line, Section
from handlers.contribution import Contribution
from handlers.curation import describe
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services

REMEMBERED: Final = timedelta(days=30)


def tell_reviewers(services: Services, request: Request, number: int) -> bool:
    """Show a proposal to the review channel or to every curator but its author; say whether there is any."""
    curation = services.team_bases.curation(request.team)
    kept = curation.contributions[number]
    shown = describe.card(services.with_base_of(request.team), kept)
    others = [user for user in curation.curators if user != kept.author]
    for to in [services.review_channel] if services.review_channel else others:
        services.notifier.notify(request.team, to, shown)
    return bool(others)


def renew_cards(services: Services, request: Request, number: int) -> None:
    """Have every card of a proposal say how it stands now, by whom, when and why."""
    services.notifier.renew(request.team, number)


def tell_edited(services: Services, request: Request, kept: Contribution, changed: tuple[str, ...]) -> None:
    """Show the proposer their proposal with what somebody else changed in it, for them to approve."""
    shown = describe.card(services.with_base_of(request.team), kept, changed, reader=kept.proposer)
    said = say(
        "{name} edited your proposal {number}. You can approve it as it is now, or another curator will.",
        name=kept.events[-1].name,
        number=kept.number,
    )
    services.notifier.notify(request.team, kept.proposer, replace(shown, headline=said))


def tell_approved(services: Services, request: Request, kept: Contribution) -> None:
    """Tell the proposer that it answers from now on, unless they approved it themselves."""
    if kept.approver == kept.proposer:
        return
    fact = services.team_bases.of(request.team).fact(kept.id)
    said = say("{name} approved your proposal {number}.", number=kept.number, name=kept.approver_name)
    if fact:
        said = say("{said} It answers from now on.", said=said)
    answer = Answer(headline=said, outcome="answer", lines=(Line(fact),) if fact else ())
    services.notifier.notify(request.team, kept.proposer, answer)


def tell_supporters(services: Services, request: Request, kept: Contribution) -> None:
    """Show the proposal that was decided on to everybody who supported it, but to whoever decided."""
    shown = describe.card(services.with_base_of(request.team), kept)
    said = say("You supported this. {headline}", headline=shown.headline)
    for user in kept.supporters:
        if user not in (request.user, kept.proposer):
            answer = replace(shown, headline=said, choices=(), card_of=None)
            services.notifier.notify(request.team, user, answer)


def tell_rejected(services: Services, request: Request, kept: Contribution) -> None:
    """Tell the proposer that it was turned down, by whom and why."""
    said = say(
        "{name} rejected your proposal {number}: {why}",
        number=kept.number, name=kept.events[-1].name, why=kept.why,
    )  # fmt: skip
    _tell_proposer(services, request, kept, said)


def tell_closed(services: Services, request: Request, done: Contribution) -> None:
    """Tell whoever proposed to replace the fact that was taken away by what was `done` that nobody can approve that now."""
    for kept in services.team_bases.curation(request.team).closed_by(done.version):
        renew_cards(services, request, kept.number)
        said = say(
            "Your proposal {number} cannot be approved any longer. {why} If something is wrong still, propose it anew.",
            number=kept.number,
            why=describe.why_closed(kept),
        )
        _tell_proposer(services, request, kept, said)


def tell_reverted(services: Services, request: Request, kept: Contribution) -> None:
    """Tell the proposer that their fact no longer answers, who took it back and why."""
    said = say(
        "{name} took back your proposal {number}, which had been approved: {why}",
        number=kept.number, name=kept.events[-1].name, why=kept.why,
    )  # fmt: skip
    _tell_proposer(services, request, kept, said)


def _tell_proposer(services: Services, request: Request, kept: Contribution, said: Said) -> None:
    was = Section(say("What you proposed"), tuple(describe.as_read(services, kept)))
    answer = Answer(headline=said, outcome="answer", sections=(was,))
    services.notifier.notify(request.team, kept.proposer, answer)


def tell_readers(services: Services, request: Request, fact_id: str) -> None:
    """Say in every channel that saw a fact in the last 30 days, once a channel, that it was corrected."""
    base = services.team_bases.of(request.team)
    old = base.fact(fact_id)
    new = base.fact(base.overlay.superseded.get(fact_id, ""))
    stands_again = fact_id not in base.overlay.superseded
    shown = old if stands_again else new
    for exposure in services.exposures.of_fact(request.team, fact_id, request.now - REMEMBERED):
        called = describe.called(services.with_base_of(request.team), fact_id)
        day = f"{exposure.at:%Y-%m-%d}"
        said = _corrected(called, day, is_replaced=new is not None, again=stands_again)
        lines = (Line(shown),) if shown else ()
        answer = Answer(headline=said, outcome="answer", match="exact", lines=lines)
        services.notifier.notify(request.team, exposure.channel, answer, exposure.thread)


def _corrected(fact: str, day: str, *, is_replaced: bool, again: bool) -> Said:
    """Return what is said of a fact that was shown on `day`, and now stands as another, if any, or `again`."""
    if again:
        return say("Correction taken back. What was shown here on {day} stands again:", day=day)
    if is_replaced:
        return say("Correction. This was shown here on {day}: {fact} It now reads:", fact=fact, day=day)
    return say("Correction. This was shown here on {day} and no longer stands: {fact}", fact=fact, day=day)
