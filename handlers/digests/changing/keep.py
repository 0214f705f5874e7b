"""Digests written down: what a button or a form asks to keep, anew or changed, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from handlers import rights
from handlers.answer import Answer, Refused, Section
from handlers.digests import describe
from handlers.digests import supply as supplies
from handlers.digests.access import ended, named, refusal, visible
from handlers.digests.changing.difference import difference
from handlers.digests.changing.twins import a_second_one, same, there_already
from handlers.digests.hindrance import hindrance_to, no_room
from handlers.digests.offers import after_saving
from handlers.digests.ownership import after_its_end, denial_to
from handlers.digests.reading.subjects import Subjects
from handlers.request import Request
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
    if asked := a_second_one(services, request, wanted, request.text):
        return asked
    done = keep(services, request, wanted)
    return done.answer if isinstance(done, Refused) else done


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
