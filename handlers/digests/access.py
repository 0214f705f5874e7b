"""Which digest is meant, and who may change it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.answer import Answer, Choice, Effect, Refused
from handlers.digests import describe
from handlers.digests.reading.subjects import Subjects
from handlers.digests.reading.which import bare
from handlers.records.enumerated import in_a_row
from handlers.request import DIGEST, Request
from handlers.rights import NOT_A_MEMBER, NOT_REACHED, is_admin, is_member
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import Subscription, UnreadableDigest
from handlers.target import Target

TAKE_NOTHING_ELSE: Final = frozenset({"show", "resume", "skip", "restart", "mine", "unsubscribe", "history"})
"""The verbs behind which only stands which digest is meant."""
LISTED: Final = say("/yrd-digest list shows those there are.")


def refusal(headline: str, *notes: str, choices: tuple[Choice, ...] = ()) -> Answer:
    """Return an answer that says in one sentence why nothing was done, or asks which was meant."""
    return Answer(
        headline=headline, outcome="suggestion" if choices else "refused", notes=notes, choices=choices
    )


def named(services: Services, request: Request, verb: str, effect: Effect = "reads") -> Subscription | Answer:
    """Return the digest that is the target, by its number or what it follows, without one the only one of the channel; else ask
    for which one `verb` is.
    """
    if request.target is not None and request.target.id.isdecimal():
        if verb in TAKE_NOTHING_ELSE and (words := bare(request.text)):
            return refusal(
                say(
                    "“{words}” is not understood behind a digest's number, so nothing was done.", words=words
                ),
                say(
                    "One digest at a time: /yrd-digest {verb} {digest}.", verb=verb, digest=request.target.id
                ),
            )
        found = visible(services, request, request.target.id)
        return found.answer if isinstance(found, Refused) else found
    services.require("subscriptions")
    if request.target is None and request.text and verb in TAKE_NOTHING_ELSE:
        return refusal(
            say("“{words}” is neither a digest's number nor a name that one follows.", words=request.text),
            say("For example: /yrd-digest {verb} 3.", verb=verb),
            LISTED,
        )
    if not request.channel:
        return refusal(say("Which digest? Say its number."), LISTED)
    here = services.subscriptions.listed(request.team, channel=request.channel)
    if here and request.target is not None:
        slugs = request.target.ids
        here = tuple(one for one in here if set(Subjects.of(one).slugs).issuperset(slugs))
        if not here:
            names = in_a_row([record for slug in slugs if (record := services.base.entity(slug))])
            return refusal(say("No digest of this channel is on {names}.", names=names), LISTED)
    if len(here) == 1:
        return here[0]
    if not here and (lost := services.subscriptions.unreadable(request.team, channel=request.channel)):
        return refusal(describe.unreadable_text(lost[0]), describe.unreadable_advice(lost[0]))
    if not here:
        return refusal(
            say("This channel has no digest yet."),
            say("/yrd-digest subscribe ports weekly mon 09:00 makes one."),
        )
    return refusal(
        say_many(
            "This channel has {count} digest. Which one?",
            "This channel has {count} digests. Which one?",
            len(here),
        ),
        choices=tuple(
            Choice(
                kept.id,
                digest_title(services, kept),
                DIGEST,
                request.text,
                verb,
                target=Target(id=kept.id),
                effect=effect,
            )
            for kept in here[:10]
        ),
    )


def visible(services: Services, request: Request, digest: str) -> Subscription | Refused:
    """Return the digest of that id, if it is of the channel or of the person who asks, or they are an admin."""
    found = services.subscriptions.get(request.team, digest)
    is_theirs = found is not None and (found.channel == request.channel or found.owner == request.user)
    if found is not None and (is_theirs or is_admin(services, request)):
        return found
    if lost := unreadable(services, request, digest):
        return Refused("digest", describe.unreadable_text(lost), (describe.unreadable_advice(lost),))
    # Of a digest of a channel that the person may not be in, not even that it exists is told.
    return Refused("digest", say("There is no digest {digest} here.", digest=digest), (LISTED,))


def unreadable(services: Services, request: Request, digest: str) -> UnreadableDigest | None:
    """Return the digest of that id if it cannot be read, under the same conditions."""
    services.require("subscriptions")
    lost = next((lost for lost in services.subscriptions.unreadable(request.team) if lost.id == digest), None)
    if lost is None:
        return None
    is_theirs = request.channel == lost.channel or request.user == lost.owner
    return lost if is_theirs or is_admin(services, request) else None


def changeable(
    services: Services, request: Request, verb: str, effect: Effect = "changes"
) -> Subscription | Answer:
    """Return the digest named if the person may change it now: its owner, or an admin of the workspace."""
    found = named(services, request, verb, effect)
    if isinstance(found, Answer):
        return found
    barred = denial_to(services, request, found)
    if barred is None:
        return found
    # Whom Slack does not know may set up no other either.
    is_reader = found.owner != request.user and is_member(services, request)
    return replace(barred.answer, choices=(for_oneself(found),) if is_reader else ())


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


def for_oneself(kept: Subscription) -> Choice:
    """Return the button by which a reader gets the same in direct messages."""
    label = say("Get it in my direct messages")
    return Choice(f"mine:{kept.id}", label, DIGEST, "", "mine", target=Target(id=kept.id))


def digest_title(services: Services, subscription: Subscription) -> Said:
    """Return "3: Ports and Hangzhou, weekly on Monday"."""
    return say(
        "{digest}: {subjects}, {rhythm}",
        digest=subscription.id,
        subjects=describe.subjects_text(services.base, Subjects.of(subscription), 3),
        rhythm=describe.rhythm_text(subscription),
    )


def zone_of(services: Services, request: Request) -> str:
    """Return the person's own time zone, the bot's where Slack does not say."""
    return services.people.zone(request.team, request.user) or request.tz
