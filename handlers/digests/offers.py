"""What can be done with a digest by whoever looks at it, as buttons: only such as work for them."""

from __future__ import annotations

from handlers.answer import Choice, Effect
from handlers.digests import describe
from handlers.digests.access import for_oneself, may_change
from handlers.digests.supply import supply
from handlers.request import DIGEST, Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.subscription import Subscription
from handlers.target import Target


def offers(services: Services, request: Request, kept: Subscription) -> tuple[Choice, ...]:
    """Return what whoever may change `kept` does to it, and what anybody else may have instead; () where Slack does
    not say who asks.
    """
    may = may_change(services, request, kept)
    if may is None:
        return ()
    return _of_owner(services, request, kept) if may else (for_oneself(kept),)


def _of_owner(services: Services, request: Request, kept: Subscription) -> tuple[Choice, ...]:
    runs = not describe.state_text(kept)
    is_resting = supply(services, kept, request.now).is_resting
    offered = (
        (True, _choice(kept, "form", say("Edit"), "opens a form")),
        (not runs, _choice(kept, "resume", say("Resume"))),
        (runs, _choice(kept, "pause", say("Pause"))),
        (runs and not is_resting, _choice(kept, "skip", say("Skip the next run"))),
        (is_resting, _choice(kept, "restart", say("Start over"))),
        (True, _choice(kept, "unsubscribe", say("End it"))),
    )
    return tuple(choice for is_offered, choice in offered if is_offered)


def to_show(kept: Subscription, label: Said) -> Choice:
    """Return the button that shows a digest, and what can be done with it."""
    return _choice(kept, "show", label, "reads")


def _choice(kept: Subscription, verb: str, label: Said, effect: Effect = "changes") -> Choice:
    return Choice(f"{verb}:{kept.id}", label, DIGEST, "", verb, target=Target(id=kept.id), effect=effect)
