"""What stands in the way of a digest: its channel, its names, its days and times, or that there is nothing to post."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import Final, Literal

from handlers.answer import Refused
from handlers.digests import describe
from handlers.digests.holidays import COUNTRIES
from handlers.digests.reading.subjects import Subjects, is_postable
from handlers.digests.reading.when.dates import WORKDAYS
from handlers.digests.reading.when.zones import is_zone
from handlers.digests.schedule import next_slots
from handlers.digests.selection import candidates
from handlers.records.enumerated import in_a_row
from handlers.request import Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import MOST_NAMES, MOST_OF_CHANNEL, MOST_OF_PERSON, Subscription
from knowledge.base import FactBase

NO_NAMES: Final = say("Choose at least one topic, place or mechanism.")
_TROUBLE: Final = {
    "nowhere": say(
        "A digest needs a channel to be posted to. Type the same in one, or choose it in the form of /yrd-digest."
    ),
    "absent": say(
        "I am not in this channel, so I could not post here. Type /invite @YRD Desk first, then try again."
    ),
    "unreadable": say(
        "I lack the right to read this channel back, without which I cannot promise to post once: the app has to be"
        " reinstalled with the scopes of its manifest."
    ),
    "unreachable": say(
        "Slack cannot be reached just now, so I do not know whether I may post here. Please try again in a moment."
    ),
}
_TROUBLE_ELSEWHERE: Final = {
    **_TROUBLE,
    "absent": say(
        "I am not in its channel, so I could not post there. Type /invite @YRD Desk there first, then try again."
    ),
    "unreadable": say(
        "I lack the right to read its channel back, without which I cannot promise to post once: the app has to be"
        " reinstalled with the scopes of its manifest."
    ),
    "unreachable": say(
        "Slack cannot be reached just now, so I do not know whether I may post there. Please try again in a moment."
    ),
}


def trouble_text(trouble: str, its: Literal["this", "its"]) -> str:
    """Return why the bot could not post in "this" channel, or in "its", that of a digest shown elsewhere."""
    return (_TROUBLE if its == "this" else _TROUBLE_ELSEWHERE)[trouble]


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
            say(
                "The fact base holds nothing to post on {subjects}: what names it is about other regions.",
                subjects=asked,
            ),
            (say("Add “with other regions” behind it, or name one of those places, to hear of them."),),
        )
    if not next_slots(replace(wanted, paused=False), request.now, 1):
        return Refused(
            "when",
            say("No run of that digest would ever come within a year."),
            (say("Choose other days."),),
        )
    return None


def no_room(services: Services, wanted: Subscription, *, is_new: bool = False) -> Refused | None:
    """Return why there is one digest too many with `wanted`; one that is there already stays, unless it `is_new`."""
    theirs = services.subscriptions.listed
    for held, most, too_many in (
        (theirs(wanted.team, channel=wanted.channel), MOST_OF_CHANNEL, _channel_is_full),
        (theirs(wanted.team, owner=wanted.owner), MOST_OF_PERSON, _person_has_enough),
    ):
        # Of two that are saved at once the first one stands.
        older = list(takewhile(lambda other: other.id != wanted.id, held))
        stays = len(older) < len(held) and not is_new
        if len(older) >= most and not stays:
            return Refused("channel", too_many(len(older), most), (say("/yrd-digest list shows them."),))
    return None


def _channel_is_full(count: int, most: int) -> Said:
    return say_many(
        "This channel has {count} digest, and {most} is the most. End one first: /yrd-digest unsubscribe NUMBER.",
        "This channel has {count} digests, and {most} is the most. End one first: /yrd-digest unsubscribe NUMBER.",
        count,
        most=most,
    )


def _person_has_enough(count: int, most: int) -> Said:
    return say_many(
        "You have set up {count} digest, and {most} is the most. End one first: /yrd-digest unsubscribe NUMBER.",
        "You have set up {count} digests, and {most} is the most. End one first: /yrd-digest unsubscribe NUMBER.",
        count,
        most=most,
    )


def unknown(base: FactBase, wanted: Subscription) -> Refused | None:
    """Return what of `wanted` nobody could post: no names or too many, or what is not known or never offered."""
    names = Subjects.of(wanted)
    if not names:
        return Refused("names", NO_NAMES)
    if names.count > MOST_NAMES:
        said = say_many(
            "That is {count} name in all; a digest takes {most} at most.",
            "That is {count} names in all; a digest takes {most} at most.",
            names.count,
            most=MOST_NAMES,
        )
        return Refused("names", said)
    records = {slug: base.entity(slug) for slug in names.slugs}
    lost = next((slug for slug, record in records.items() if record is None or not is_postable(record)), "")
    if lost:
        return Refused("names", say("The fact base holds no “{name}” any more.", name=lost))
    if Subjects.sorted(filter(None, records.values())) != replace(names, is_wide=False):
        return Refused("names", say("Choose each topic, place and mechanism once, and as what it is."))
    if not is_zone(wanted.zone):
        return Refused(
            "zone",
            say("{zone} is no time zone that I know; they are named like Asia/Shanghai.", zone=wanted.zone),
        )
    sentence = _not_offered(wanted)
    return Refused("when", sentence) if sentence else None


def _not_offered(wanted: Subscription) -> str:
    """Return what of the days and times of `wanted` no menu and no word offers, "" for nothing."""
    if len(set(wanted.weekdays)) < len(wanted.weekdays):
        return say("A digest comes once a day: name each day of the week once.")
    if wanted.monthweek is not None and len(wanted.weekdays) != 1 and wanted.weekdays != WORKDAYS:
        return say("A monthly digest comes on one day: first monday, last friday, last workday.")
    quiet = (wanted.quiet.start, wanted.quiet.end) if wanted.quiet else ()
    if any(moment.second or moment.microsecond for moment in (wanted.at, *quiet)):
        return say("Times are of whole minutes, such as 09:00.")
    if quiet and quiet[0] == quiet[1]:
        return say("Quiet hours begin at one time and end at another, such as 22:00-07:00.")
    if wanted.skip_holidays and wanted.skip_holidays not in COUNTRIES:
        return say(
            "I know the public holidays of {countries} alone, not of {country}.",
            countries=in_a_row(sorted(COUNTRIES)),
            country=wanted.skip_holidays,
        )
    return ""
