"""Who hears of a proposal, and of a fact that was corrected: by the notifier, after the event is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from handlers.answer import Answer, Line
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


def tell_readers(services: Services, request: Request, fact_id: str) -> None:
    """Say in every channel that saw a fact in the last 30 days, once a channel, that it was corrected."""
    base = services.team_bases.of(request.team)
    old = base.fact(fact_id)
    new = base.fact(base.overlay.superseded.get(fact_id, ""))
    stands_again = fact_id not in base.overlay.superseded
    shown = old if stands_again else new
    for exposure in services.exposures.of_fact(request.team, fact_id, request.now - REMEMBERED):
        said = _corrected(fact_id, f"{exposure.at:%Y-%m-%d}", new.id if new else "", again=stands_again)
        lines = (Line(shown),) if shown else ()
        answer = Answer(headline=said, outcome="answer", match="exact", lines=lines)
        services.notifier.notify(request.team, exposure.channel, answer, exposure.thread)


def _corrected(fact_id: str, day: str, later: str, *, again: bool) -> Said:
    """Return what is said of a fact that was shown on `day`, and now stands as another, if any, or `again`."""
    if again:
        return say(
            "Correction: {fact}, shown here on {day}, was corrected. It stands again:", fact=fact_id, day=day
        )
    if later:
        return say(
            "Correction: {fact}, shown here on {day}, was corrected. It now stands as {later}:",
            fact=fact_id,
            day=day,
            later=later,
        )
    return say(
        "Correction: {fact}, shown here on {day}, was corrected. It no longer stands.", fact=fact_id, day=day
    )
