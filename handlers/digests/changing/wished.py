"""The digest that a text makes of one that is there, or of none yet, or why it cannot be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Final

from handlers.answer import Answer, Choice
from handlers.digests import describe
from handlers.digests.access import (
    refusal,
    zone_of,
)
from handlers.digests.hindrance import hindrance_to, no_room, nothing_to_post, trouble_text, unknown
from handlers.digests.misread import TOPICS, form_of, helped, of_names, parse_error_answer, which_names
from handlers.digests.offers import ending
from handlers.digests.ownership import for_oneself
from handlers.digests.reading import known, names_changed, parse
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.digests.reading.when.dates import DAYS_IN_FULL, WORKDAYS
from handlers.digests.related import most_told
from handlers.request import DIGEST, Request
from handlers.say import say
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import MOST_NAMES, Subscription
from handlers.target import Target

DEFAULT_TIME: Final = time(9, 0)


DEFAULT_DAYS: Final = (0,)


def new_subscription(services: Services, request: Request, zone: str = "") -> Subscription:
    """Return a digest of nothing yet, at the hour and in the zone that go without saying."""
    return Subscription(
        team=request.team,
        channel=request.channel,
        owner=request.user,
        at=DEFAULT_TIME,
        zone=zone or zone_of(services, request),
        weekdays=DEFAULT_DAYS,
    )


def filled(services: Services, request: Request, held: StoredDigest | None) -> Subscription:
    """Return a new digest as a button has it; as it goes without saying where that could not be."""
    blank = new_subscription(services, request)
    if held is None:
        return blank
    wanted = replace(held.by(request.team, request.user), id="", version=0)
    wanted = wanted if wanted.channel else replace(wanted, channel=request.channel)
    problem = unknown(services.base, wanted)
    is_whole = problem is None or (problem.field == "names" and not Subjects.of(wanted))
    return wanted if is_whole else blank


def wished_of(
    services: Services, request: Request, kept: Subscription | None, verb: str, text: str
) -> Subscription | Answer:
    """Return the digest that `text` makes of `kept`, or why it cannot be."""
    if wrong := parse.wrong_address(request):
        return _not_there(services, request, wrong, text)
    text = _of_its_own(services, kept, names_changed.as_change(services.base, text)) if kept else text
    wish = parse.read(services.base, text)
    if isinstance(wish, ParseError):
        draft = None if kept else new_subscription(services, request)
        return parse_error_answer(
            services.base, wish, verb, text, digest=kept.id if kept else "", draft=draft
        )
    if kept and (asked := which_names(services, kept, wish, text)):
        return asked
    if kept and wish.left_out and not wish.days_left(kept):
        return _on_no_day(services, kept, wish)
    # Slack is asked for the person's zone only where the text names none: three seconds are all there is.
    wanted = wish.on(kept or new_subscription(services, request, wish.zone or ""))
    if not Subjects.of(wanted):
        return _of_what(services, wanted, text)
    if wish.is_direct and (asked := _to_oneself(services, request, kept)):
        return asked
    if wish.is_direct:
        wanted = replace(wanted, channel=services.channels.direct(request.team, request.user))
    # On Home there is no channel yet: that of the answer's button is.
    find = hindrance_to if wanted.channel else nothing_to_post
    hindrance = find(services, request, wanted) or (no_room(services, wanted) if wanted.channel else None)
    return hindrance.answer if hindrance else wanted


def _of_its_own(services: Services, kept: Subscription, text: str) -> str:
    """Return a text that drops names with those that several have as the one of them that the digest is on."""
    has = set(Subjects.of(kept).slugs)
    for _ in range(MOST_NAMES if parse.changes_names(text) == "drop" else 0):
        wrong = parse.read(services.base, text)
        own = has & set(wrong.instead) if isinstance(wrong, ParseError) else set()
        if not isinstance(wrong, ParseError) or len(own) != 1:
            break
        text = wrong.put_right(text, own.pop())
    return text


def _on_no_day(services: Services, kept: Subscription, wish: DigestChanges) -> Answer:
    """Return that a digest comes on no other day than those that are to be left out, with the others it may come on."""
    said = say(
        "Digest {digest} comes {rhythm} alone. On which day instead?",
        digest=kept.id,
        rhythm=describe.rhythm_text(kept),
    )
    others = [day for day in WORKDAYS if day not in wish.left_out]
    choices = tuple(
        Choice(
            f"weekly {day}",
            DAYS_IN_FULL[day],
            DIGEST,
            f"weekly {DAYS_IN_FULL[day]}",
            "edit",
            target=Target(id=kept.id),
        )
        for day in others
    )
    return refusal(said, choices=(*choices, ending(services.base, kept)))


def stays(request: Request, kept: Subscription) -> Answer:
    """Return that a digest stays in its channel, with the form filled in for the same in the one that was named."""
    named = next((one.id for one in request.references if one.kind == "channel" and one.id), "")
    there = replace(kept, id="", version=0, channel=named or request.channel)
    said = say(
        "Digest {digest} stays where it is. For the same in another channel choose that in the form, then end this one.",
        digest=kept.id,
    )
    return helped(refusal(said), form_of(there))


def _not_there(services: Services, request: Request, why: str, text: str) -> Answer:
    """Return why a digest does not go where a text wants it, with the form, in which a channel is chosen."""
    wish = parse.read(services.base, text)
    named = next((one.id for one in request.references if one.kind == "channel" and one.id), "")
    draft = replace(new_subscription(services, request), channel=named or request.channel)
    filled = wish.on(draft) if isinstance(wish, DigestChanges) else draft
    return helped(refusal(why), form_of(filled))


def _to_oneself(services: Services, request: Request, kept: Subscription | None) -> Answer | None:
    """Return why a digest cannot go to whoever asks alone: it is one of a channel, or Slack does not say where that is."""
    if kept:
        said = say("Digest {digest} stays where it is; you can have the same for yourself.", digest=kept.id)
        return helped(refusal(said), for_oneself(kept))
    # On the command line there is no Slack to say.
    is_unknown = request.channel and not services.channels.direct(request.team, request.user)
    return refusal(trouble_text("unreachable", "this")) if is_unknown else None


def _of_what(services: Services, wanted: Subscription, text: str) -> Answer:
    """Ask what a digest is to be on, with topics that come when it was said."""
    asked = refusal(
        say("A digest of what? Name topics, places or mechanisms, separated by commas."),
        say("For example: /yrd-digest subscribe ports {when}.", when=known.apart(services.base, text)[1])
        if known.apart(services.base, text)[1]
        else say("For example: /yrd-digest subscribe ports, G60 weekly mon 09:00 Asia/Shanghai."),
        say("In each digest new and corrected facts come first."),
    )
    if wanted.id:
        return asked
    when = known.apart(services.base, text)[1]
    offered = tuple(
        choice
        for topic in most_told(services.base)
        for choice in of_names(services.base, (known.Known(topic.slug, (topic,)),), when, wanted)
    )
    return helped(asked, *offered, form_of(wanted), TOPICS)
