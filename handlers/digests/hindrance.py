"""What stands in the way of a digest: its channel, its names, its days and times, or that there is nothing to post."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import Final, Literal

from handlers.answer import Refused
from handlers.digests import describe
from handlers.digests.holidays import COUNTRIES
from handlers.digests.schedule import next_slots
from handlers.digests.selection import candidates
from handlers.digests.subjects import Subjects, is_postable
from handlers.digests.zones import is_zone
from handlers.request import DIGEST, Request
from handlers.services import Services
from handlers.subscription import MOST_NAMES, MOST_OF_CHANNEL, MOST_OF_PERSON, Subscription
from knowledge.base import FactBase

_TROUBLE: Final = {
    "nowhere": "A digest needs a channel to be posted to. Type the same in one, or choose it in the form of"
    " /yrd-digest.",
    "absent": "I am not in {its} channel, so I could not post here. Type /invite @YRD Desk first, then try again.",
    "unreadable": "I lack the right to read {its} channel back, without which I cannot promise to post once:"
    " the app has to be reinstalled with the scopes of its manifest.",
    "unreachable": "Slack cannot be reached just now, so I do not know whether I may post here."
    " Please try again in a moment.",
}


def trouble_text(trouble: str, its: Literal["this", "its"]) -> str:
    """Return why the bot could not post in "this" channel, or in "its", that of a digest shown elsewhere."""
    return _TROUBLE[trouble].format(its=its)


def hindrance_to(services: Services, request: Request, wanted: Subscription) -> Refused | None:
    """Return why `wanted` cannot be: no channel that the bot is in, or there is nothing to post or no time."""
    trouble = services.channels.trouble(request.team, wanted.channel) if wanted.channel else "nowhere"
    return (
        Refused("channel", trouble_text(trouble, "this"))
        if trouble
        else nothing_to_post(services, request, wanted)
    )


def nothing_to_post(services: Services, request: Request, wanted: Subscription) -> Refused | None:
    """Return why there is nothing to post of `wanted`, or no time, whatever the channel."""
    if problem := unknown(services.base, wanted):
        return problem
    names = Subjects.of(wanted)
    if not candidates(services.base, names):
        asked = describe.subjects_text(services.base, names)
        return Refused(
            "names",
            f"The fact base holds nothing to post on {asked}: what names it is about other regions.",
            ("Add the topic Other regions, or one of those places, to hear of them.",),
        )
    if not next_slots(replace(wanted, paused=False), request.now, 1):
        return Refused(
            "when", "No run of that digest would ever come within a year.", ("Choose other days.",)
        )
    return None


def no_room(services: Services, wanted: Subscription, *, is_new: bool = False) -> Refused | None:
    """Return why there is one digest too many with `wanted`; one that is there already stays, unless it `is_new`."""
    theirs = services.subscriptions.listed
    for held, most, whose in (
        (theirs(wanted.team, channel=wanted.channel), MOST_OF_CHANNEL, "This channel has"),
        (theirs(wanted.team, owner=wanted.owner), MOST_OF_PERSON, "You have set up"),
    ):
        # Of two that are saved at once the first one stands.
        older = list(takewhile(lambda other: other.id != wanted.id, held))
        stays = len(older) < len(held) and not is_new
        if len(older) >= most and not stays:
            return Refused(
                "channel",
                f"{whose} {len(older)} digests, and {most} is the most. End one first: {DIGEST} unsubscribe NUMBER.",
                (f"{DIGEST} list shows them.",),
            )
    return None


def unknown(base: FactBase, wanted: Subscription) -> Refused | None:
    """Return what of `wanted` nobody could post: no names or too many, or what is not known or never offered."""
    names = Subjects.of(wanted)
    if not names:
        return Refused("names", "Choose at least one topic, place or mechanism.")
    if names.count > MOST_NAMES:
        return Refused("names", f"That is {names.count} names in all; a digest takes {MOST_NAMES} at most.")
    records = {slug: base.entity(slug) for slug in names.slugs}
    lost = next((slug for slug, record in records.items() if record is None or not is_postable(record)), "")
    if lost:
        return Refused("names", f"The fact base holds no “{lost}” any more.")
    if Subjects.sorted(filter(None, records.values())) != names:
        return Refused("names", "Choose each topic, place and mechanism once, and as what it is.")
    if not is_zone(wanted.zone):
        return Refused(
            "zone", f"{wanted.zone} is no time zone that I know; they are named like Asia/Shanghai."
        )
    sentence = _not_offered(wanted)
    return Refused("when", sentence) if sentence else None


def _not_offered(wanted: Subscription) -> str:
    """Return what of the days and times of `wanted` no menu and no word offers, "" for nothing."""
    if len(set(wanted.weekdays)) < len(wanted.weekdays):
        return "A digest comes once a day: name each day of the week once."
    quiet = (wanted.quiet.start, wanted.quiet.end) if wanted.quiet else ()
    if any(moment.second or moment.microsecond for moment in (wanted.at, *quiet)):
        return "Times are of whole minutes, such as 09:00."
    if quiet and quiet[0] == quiet[1]:
        return "Quiet hours begin at one time and end at another, such as 22:00-07:00."
    if wanted.skip_holidays and wanted.skip_holidays not in COUNTRIES:
        known = ", ".join(sorted(COUNTRIES))
        return f"I know the public holidays of {known} alone, not of {wanted.skip_holidays}."
    return ""
