"""What proposes digests and their changes: subscribe, edit, and what a form proposes. Nothing is kept here: what would be
is shown, with what comes next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.answer import Answer, Choice
from handlers.digests.access import (
    changeable,
    digest_title,
    ended,
    listed_for,
    named,
    none_on,
    refusal,
    which_one,
)
from handlers.digests.changing.keep import unchanged
from handlers.digests.changing.proposal import proposed
from handlers.digests.changing.wished import filled, new_subscription, stays, wished_of
from handlers.digests.hindrance import hindrance_to, no_room, nothing_to_post, trouble_text
from handlers.digests.misread import of_names
from handlers.digests.reading import known, names_changed, parse, which
from handlers.digests.reading.deeds import exchanging
from handlers.request import DIGEST, Request
from handlers.say import say
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription
from handlers.target import Target
from handlers.without_state import DIGESTS_ELSEWHERE


def subscribe(services: Services, request: Request) -> Answer:
    """Return the digest that the text describes or a button carries, with buttons to save it, test it or leave it."""
    if request.digest is not None:
        carried = request.digest.by(request.team, request.user)
        return _offered(services, request, replace(carried, channel=carried.channel or request.channel))
    wanted = wished_of(services, request, None, "subscribe", request.text)
    return wanted if isinstance(wanted, Answer) else proposed(services, request, wanted)


def wished(services: Services, request: Request) -> Subscription | Answer:
    """Return the digest that the text describes or a button carries, one of nothing yet without either, or why there is none."""
    if request.digest is not None or not request.text:
        return filled(services, request, request.digest)
    return wished_of(services, request, None, "subscribe", request.text)


def changed(services: Services, request: Request) -> Subscription | Answer:
    """Return the digest named as the text would have it, as it stands where that says nothing, or why there is none."""
    kept = changeable(services, request, "edit", "reads")
    if isinstance(kept, Answer) or not request.text:
        return kept
    return wished_of(services, request, kept, "edit", request.text)


def mine(services: Services, request: Request) -> Answer:
    """Return the digest named as one of the direct messages of whoever asks, with buttons to save it or leave it."""
    gone = ended(services, request, request.target.id if request.target else "")
    kept = gone.digest if gone else named(services, request, "mine")
    if isinstance(kept, Answer):
        return kept
    channel = services.channels.direct(request.team, request.user)
    if not channel:
        return refusal(trouble_text("unreachable", "this"))
    theirs = StoredDigest.anew(kept).by(request.team, request.user)
    return _offered(services, request, replace(theirs, channel=channel))


def _offered(services: Services, request: Request, wanted: Subscription) -> Answer:
    find = hindrance_to if wanted.channel else nothing_to_post
    hindrance = find(services, request, wanted) or no_room(services, wanted)
    return hindrance.answer if hindrance else proposed(services, request, wanted)


def sketch(services: Services, request: Request) -> Answer:
    """Return the digest that the text describes, where none can be saved."""
    wanted = wished_of(services, request, None, "subscribe", request.text)
    if isinstance(wanted, Answer):
        return wanted
    return replace(proposed(services, request, wanted), choices=(), notes=(DIGESTS_ELSEWHERE,))


def edit(services: Services, request: Request) -> Answer:
    """Return how the digest named would be after a change, with buttons to save it or leave it."""
    meant = _meant_by_name(services, request)
    if isinstance(meant, Answer):
        return meant
    request = meant
    kept = changeable(services, request, "edit", "reads")
    if isinstance(kept, Answer):
        return kept
    if parse.wrong_address(request):
        return stays(request, kept)
    if not request.text:
        return refusal(
            say("What shall change? {digest}.", digest=digest_title(services, kept)),
            say(
                "For example: /yrd-digest edit {digest} weekly tue 10:00, edit {digest} add Hangzhou, edit {digest} facts 3.",
                digest=kept.id,
            ),
        )
    wanted = wished_of(services, request, kept, "edit", request.text)
    if isinstance(wanted, Answer):
        return wanted
    same = unchanged(kept, wanted)
    return same.answer if same else proposed(services, request, wanted)


def _meant_by_name(services: Services, request: Request) -> Request | Answer:
    """Return a request with the digest that is on the names of its target, or on those that its text begins with, as its
    target, and the change behind them; as it is where none are named.
    """
    if request.target is not None:
        slugs, change = request.target.ids, request.text
        is_named = not request.target.id.isdecimal()
    else:
        slugs, change = names_changed.named_and_changed(services.base, request.text)
        is_named = bool(slugs)
        if not is_named and (read := exchanging.unaddressed(services.base, request.text)) and read.target:
            slugs, change, is_named = read.target.ids, read.argument, True
    here = listed_for(services, request)
    if not is_named or not (here or request.channel):
        return request
    found = which.fitting(services.base, here, slugs)
    if len(found) == 1:
        return request.saying(change, Target(id=found[0].id))
    if found:
        return which_one(services, request.saying(change, Target.of(slugs)), found, "edit")
    return _none_fits(services, request, here, slugs, change)


def _none_fits(
    services: Services, request: Request, here: Sequence[Subscription], slugs: Sequence[str], change: str
) -> Answer:
    """Return that no digest is on what is named, with what may be meant: a new one, or that the only one is to be on it."""
    none = none_on(services, slugs)
    if parse.changes_names(change):
        return none
    groups = which.groups(services.base, slugs)
    if any(len(records) > 1 for records in groups):
        listed = ", ".join(which.shared_name(records) for records in groups)
        asked_which = subscribe(services, request.saying(f"{listed} {change}".strip()))
        both = say("{none} {asked}", none=none.headline, asked=asked_which.headline)
        return replace(asked_which, headline=both)
    names = [known.Known(records[0].slug, records) for records in groups]
    new = of_names(services.base, names, change, new_subscription(services, request, request.tz))
    only = here[0].id if len(here) == 1 and all(len(records) == 1 for records in groups) else ""
    instead = (
        Choice(
            f"instead:{only}",
            say("Have digest {digest} on that instead", digest=only),
            DIGEST,
            f"{', '.join(slugs)} {change}".strip(),
            "edit",
            target=Target(id=only),
        )
        if only
        else None
    )
    if not new:
        return none
    asked = say("{none} Shall there be a new one?", none=none.headline)
    return refusal(asked, *none.notes, choices=(*new, *filter(None, (instead,)), *none.choices))
