"""Digests written down: what a button or a form asks to keep, anew or changed, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from handlers import rights
from handlers.answer import Answer, Choice, Refused, Section
from handlers.digests import describe
from handlers.digests import supply as supplies
from handlers.digests.access import ended, named, refusal, visible
from handlers.digests.changing.difference import difference
from handlers.digests.hindrance import hindrance_to, no_room, unknown
from handlers.digests.offers import after_saving, to_show
from handlers.digests.ownership import after_its_end, denial_to
from handlers.digests.reading.subjects import Subjects
from handlers.request import DIGEST, Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Conflict, Note, Subscription


@dataclass(frozen=True, slots=True)
class Whole:
    """A digest as it is to be kept, its owner's, and of one that is changed as it stands: read once for all that is asked of it."""

    wanted: Subscription
    kept: Subscription | None = None


def whole_of(services: Services, request: Request, wanted: Subscription) -> Whole | Refused:
    """Return `wanted` as its owner's; a change goes on as the digest stands, if the person may change it now."""
    if not wanted.id:
        return Whole(replace(wanted, team=request.team, owner=request.user))
    kept = visible(services, request, wanted.id)
    if isinstance(kept, Refused):
        return kept
    as_it_runs = replace(
        wanted,
        team=kept.team,
        owner=kept.owner,
        paused=kept.paused,
        paused_until=kept.paused_until,
        pause_reason=kept.pause_reason,
        created_at=kept.created_at,
        round_since=kept.round_since,
    )
    return denial_to(services, request, kept) or Whole(as_it_runs, kept)


def unchanged(kept: Subscription, wanted: Subscription) -> Refused | None:
    """Return that an edit of `kept` as it stands changes nothing, or None where it does."""
    if kept.version != wanted.version or StoredDigest.anew(kept) != StoredDigest.anew(wanted):
        return None
    return Refused(
        "digest",
        say("Digest {digest} is so already, so I changed nothing.", digest=kept.id),
        (
            say(
                "/yrd-digest edit {digest} monthly 1 gives it another rhythm; /yrd-digest pause {digest} stops it.",
                digest=kept.id,
            ),
        ),
    )


def save(services: Services, request: Request) -> Answer:
    """Keep the digest that a button carries: a new one, or a change of the version it was made from.

    One that was asked for where there is no channel is of the one in which the button is pressed. Return what became
    of it.
    """
    if request.digest is None:
        return refusal(
            say("Save is what a button says, and that button is of an older version of me."),
            say("/yrd-digest subscribe ports weekly mon 09:00 shows a digest to save."),
        )
    wanted = request.digest.by(request.team, request.user)
    wanted = replace(wanted, channel=wanted.channel or request.channel)
    if asked := _a_second_one(services, request, wanted):
        return asked
    done = keep(services, request, wanted)
    return done.answer if isinstance(done, Refused) else done


def beside(services: Services, wanted: Subscription) -> str:
    """Return what the button that saves a digest says of one on the same names that its channel has: that it was told; "" where
    there is none.
    """
    there = alike(services, wanted) if wanted.channel and not wanted.id else None
    is_on_the_same = there and set(Subjects.of(there).slugs) == set(Subjects.of(wanted).slugs)
    return f"beside {there.id}" if there and is_on_the_same else ""


def _a_second_one(services: Services, request: Request, wanted: Subscription) -> Answer | None:
    """Return the question whether there is to be a second digest on the same names, where the first was saved after this one was
    proposed; None where it was told of, or is the same in all.
    """
    told = beside(services, wanted)
    there = alike(services, wanted) if told else None
    if there is None or request.text == told or same(services, wanted):
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


def keep(services: Services, request: Request, wanted: Subscription) -> Answer | Refused:
    """Write `wanted`; return when it comes, or why it cannot be. The same digest of a channel is not kept twice."""
    found = whole_of(services, request, wanted)
    if isinstance(found, Refused):
        return found
    whole, kept = found.wanted, found.kept
    # Of one that is changed, `whole_of` has asked.
    if kept is None and (why := rights.denial(services, request)):
        return Refused("digest", why)
    is_so = unchanged(kept, whole) if kept else None
    if hindrance := is_so or hindrance_to(services, request, whole):
        return hindrance
    return _change(services, request, kept, whole) if kept else _add(services, request, whole)


def _change(
    services: Services, request: Request, before: Subscription, whole: Subscription
) -> Answer | Refused:
    if full := no_room(services, whole):
        return full
    note = Note(request.user, difference(services.base, before, whole))
    changed = services.subscriptions.edit(whole, request.now, note)
    if isinstance(changed, Conflict):
        if _stands_so(services, request, whole):
            # A second press of the same button.
            return _kept(services, request, whole, "changed")
        return Refused(
            "digest",
            say("Somebody changed that digest meanwhile, so I changed nothing."),
            (how_it_stands(whole),),
        )
    return _kept(services, request, changed, "changed", before)


def _add(services: Services, request: Request, whole: Subscription) -> Answer | Refused:
    if there := same(services, whole):
        if there.owner != request.user:
            return Refused("digest", there_already(services, there), (how_it_stands(there),))
        return _kept(services, request, there, "there")
    if full := no_room(services, whole):
        return full
    added = services.subscriptions.add(whole, request.now)
    first = same(services, whole) or added
    full = no_room(services, added, is_new=True)
    if full or first.id != added.id:
        # A second press at the same moment, or another save: the first one stands.
        services.subscriptions.remove(request.team, added.id, request.now)
    return full or _kept(services, request, first, "saved")


def revive(services: Services, request: Request) -> Answer:
    """Have the digest named, which was ended, run again as what it was; return its next runs, or why it cannot."""
    number = request.target.id if request.target else ""
    gone = ended(services, request, number)
    if gone is None:
        return _runs_already(services, request)
    kept = gone.digest
    if barred := denial_to(services, request, kept):
        owner = services.people.name(request.team, kept.owner)
        return replace(
            barred.answer,
            notes=(say("{person} set it up; you may have the same for yourself.", person=owner),),
            choices=after_its_end(services, request, kept),
        )
    hindrance = hindrance_to(services, request, kept) or no_room(services, kept, is_new=True)
    if hindrance is None and (there := same(services, kept)):
        hindrance = Refused("digest", there_already(services, there), (how_it_stands(there),))
    if hindrance:
        return hindrance.answer
    back = services.subscriptions.revive(
        request.team, kept.id, request.now, Note(request.user, say("taken up again"))
    )
    if back is None:
        return _runs_already(services, request)
    return Answer(
        headline=say(
            "Digest {digest} ({subjects}) runs again where it stopped: {schedule}.",
            digest=back.id,
            subjects=describe.subjects_text(services.base, Subjects.of(back)),
            schedule=describe.schedule_text(back),
        ),
        outcome="done",
        sections=(
            Section(describe.NEXT_RUNS, supplies.to_come(services, back, request.now)),
            Section(describe.WHAT_IT_DOES, (supplies.lasting(services, back, request.now),)),
        ),
    )


def _runs_already(services: Services, request: Request) -> Answer:
    """Return that a digest to be taken up again was not ended, or that there is none."""
    kept = named(services, request, "revive")
    if isinstance(kept, Answer):
        return kept
    return refusal(say("Digest {digest} is not ended.", digest=kept.id), how_it_stands(kept))


def how_it_stands(kept: Subscription) -> Said:
    """Return what shows a digest."""
    return say("/yrd-digest show {digest} says how it stands.", digest=kept.id)


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


def _stands_so(services: Services, request: Request, wanted: Subscription) -> bool:
    """Say whether the one change since is what `wanted` asks for."""
    kept = services.subscriptions.get(request.team, wanted.id)
    if kept is None or kept.version != wanted.version + 1:
        return False
    return StoredDigest.anew(kept) == StoredDigest.anew(wanted)


def _kept(
    services: Services,
    request: Request,
    kept: Subscription,
    now: Literal["changed", "saved", "there"],
    before: Subscription | None = None,
) -> Answer:
    wanted = {
        "digest": kept.id,
        "subjects": describe.subjects_text(services.base, Subjects.of(kept), 6),
        "schedule": describe.schedule_text(kept),
    }
    match now:
        case "changed":
            headline = say("Digest {digest} is changed: {subjects}, {schedule}.", **wanted)
        case "saved":
            headline = say("Digest {digest} is saved: {subjects}, {schedule}.", **wanted)
        case "there":
            headline = there_already(services, kept)
    return Answer(
        headline=headline,
        outcome="done",
        sections=(
            Section(describe.NEXT_RUNS, supplies.to_come(services, kept, request.now)),
            Section(describe.WHAT_IT_DOES, (supplies.lasting(services, kept, request.now),)),
        ),
        choices=after_saving(kept, before),
    )
