"""Digests of a channel that are on the same names: which there are, and whether there is to be a second one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers import rights
from handlers.answer import Answer, Choice
from handlers.digests import describe
from handlers.digests.access import refusal
from handlers.digests.hindrance import unknown
from handlers.digests.offers import to_show
from handlers.digests.reading.subjects import Subjects
from handlers.records.enumerated import all_of
from handlers.request import DIGEST, Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription


def beside(services: Services, wanted: Subscription) -> str:
    """Return what the button that saves a digest says of one on the same names that its channel has: that it was told; "" where
    there is none.
    """
    there = alike(services, wanted) if wanted.channel and not wanted.id else None
    is_on_the_same = there and set(Subjects.of(there).slugs) == set(Subjects.of(wanted).slugs)
    return f"beside {there.id}" if there and is_on_the_same else ""


def a_second_one(services: Services, request: Request, wanted: Subscription, was_told: str) -> Answer | None:
    """Return the question whether there is to be a second digest on the same names, where the first was saved after this one was
    proposed; None where it was told of, or is the same in all.
    """
    told = beside(services, wanted)
    there = alike(services, wanted) if told else None
    if there is None or was_told == told or same(services, wanted):
        return None
    if unknown(services.base, wanted) or rights.denial(services, request):
        # Why it cannot be saved at all comes first.
        return None
    said = say(
        "Digest {digest} is on the same here since: {schedule}. Shall there be a second one?",
        digest=there.id,
        schedule=describe.schedule_text(there),
    )
    new = StoredDigest.of(wanted)
    instead = StoredDigest.of(replace(wanted, id=there.id, version=there.version))
    both = Choice("save", say("Save this one as well"), DIGEST, told, "save", new, effect="changes")
    changed = Choice(
        "instead",
        say("Change digest {digest} to this", digest=there.id),
        DIGEST,
        "",
        "save",
        instead,
        effect="changes",
    )
    own = (changed,) if there.owner == request.user else ()
    neither = Choice("cancel", say("Cancel"), DIGEST, "", "cancel")
    return refusal(said, choices=(both, *own, to_show(there, say("Show it")), neither))


def same(services: Services, wanted: Subscription) -> Subscription | None:
    """Return the oldest digest of the channel that says the same as `wanted`."""
    chosen = StoredDigest.anew(wanted)
    here = services.subscriptions.listed(wanted.team, channel=wanted.channel)
    return next((other for other in here if StoredDigest.anew(other) == chosen), None)


def alike(services: Services, wanted: Subscription) -> Subscription | None:
    """Return another digest of the channel on a name of `wanted`: that which is most alike, the oldest of those; of one that
    is changed only one with the same names.
    """
    names = frozenset(Subjects.of(wanted).slugs)
    here = services.subscriptions.listed(wanted.team, channel=wanted.channel)
    others = [other for other in here if other.id != wanted.id and names & set(Subjects.of(other).slugs)]
    same_names = [other for other in others if names == set(Subjects.of(other).slugs)]
    same_days = [other for other in same_names if _days(other) == _days(wanted)]
    found = same_days or same_names or ([] if wanted.id else others)
    return found[0] if found else None


def made(services: Services, wanted: Sequence[Subscription | Answer]) -> tuple[Said, ...]:
    """Return which digests of a channel would be on the same names after several were changed that are not so now."""
    changed = [one for one in wanted if isinstance(one, Subscription)]
    told: list[Said] = []
    for channel in dict.fromkeys((one.team, one.channel) for one in changed):
        now = {one.id: one for one in services.subscriptions.listed(channel[0], channel=channel[1])}
        after = now | {one.id: one for one in changed if (one.team, one.channel) == channel}
        alike: dict[frozenset[str], list[str]] = {}
        for number, one in after.items():
            alike.setdefault(frozenset(Subjects.of(one).slugs), []).append(number)
        told += [
            say("Digests {digests} would be on the same then.", digests=all_of(numbers))
            for numbers in alike.values()
            if len({frozenset(Subjects.of(now[number]).slugs) for number in numbers if number in now}) > 1
        ]
    return tuple(told)


def _days(digest: Subscription) -> tuple[object, ...]:
    return digest.weekdays, digest.monthday, digest.monthweek


def there_already(services: Services, kept: Subscription) -> Said:
    """Return that a digest is there, by its number, and how it stands."""
    stands = {
        "digest": kept.id,
        "subjects": describe.subjects_text(services.base, Subjects.of(kept), 6),
        "schedule": describe.schedule_text(kept),
    }
    said = (
        say(
            "Our direct messages have that digest already, as number {digest}: {subjects}, {schedule}.",
            **stands,
        )
        if kept.channel.startswith("D")
        else say(
            "This channel has that digest already, as number {digest}: {subjects}, {schedule}.", **stands
        )
    )
    held = describe.state_text(kept)
    return say("{said} It is {state}.", said=said, state=held) if held else said
