"""Who may change a digest, and what anybody else may have instead."""

from __future__ import annotations

from handlers.answer import Choice, Refused
from handlers.request import DIGEST, Request
from handlers.rights import NOT_A_MEMBER, NOT_REACHED, is_admin, is_member
from handlers.say import say
from handlers.services import Services
from handlers.subscription import Subscription, UnreadableDigest
from handlers.target import Target


def denial_to(services: Services, request: Request, found: Subscription | UnreadableDigest) -> Refused | None:
    """Return why the person may not change `found` now, None where they may."""
    may = may_change(services, request, found)
    if may:
        return None
    if may is None:
        return Refused("digest", NOT_REACHED)
    if found.owner == request.user:
        return Refused("digest", NOT_A_MEMBER)
    return Refused(
        "digest",
        say(
            "Digest {digest} is not yours to change: its owner may, and the workspace's admins.",
            digest=found.id,
        ),
        (say("You can see it with “show”, and make one of your own with “subscribe”."),),
    )


def may_change(
    services: Services, request: Request, subscription: Subscription | UnreadableDigest
) -> bool | None:
    """Say whether the person of `request` may change `subscription`: its owner, as long as they are a member of
    the workspace, and its admins. Asks Slack; None where it did not say.
    """
    if subscription.owner == request.user:
        return is_member(services, request)
    return is_admin(services, request)


def is_reader_of(services: Services, request: Request, kept: Subscription) -> bool:
    """Say whether a digest is somebody else's, which whoever asks may read and not change."""
    # Whom Slack does not know may set up no other either.
    is_known = kept.owner != request.user and is_member(services, request)
    return bool(is_known) and may_change(services, request, kept) is False


def for_oneself(kept: Subscription) -> Choice:
    """Return the button by which a reader gets the same in direct messages."""
    label = say("Get it in my direct messages from the start")
    return Choice(f"mine:{kept.id}", label, DIGEST, "", "mine", target=Target(id=kept.id))


def after_its_end(services: Services, request: Request, kept: Subscription) -> tuple[Choice, ...]:
    """Return the button by which whoever may has a digest that was ended run again, or by which anybody else gets the same
    for themselves; () where Slack does not say who asks.
    """
    may = may_change(services, request, kept)
    if may:
        again = say("Take it up again")
        return (Choice("revive", again, DIGEST, "", "revive", target=Target(id=kept.id), effect="changes"),)
    return (for_oneself(kept),) if is_reader_of(services, request, kept) else ()
