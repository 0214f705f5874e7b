"""Digests written down: what a button or a form asks to keep, anew or changed, once."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from handlers import rights
from handlers.answer import Answer, Refused, Section
from handlers.digests import describe
from handlers.digests import supply as supplies
from handlers.digests.access import (
    denial_to,
    refusal,
    visible,
)
from handlers.digests.hindrance import hindrance_to, no_room
from handlers.digests.reading.subjects import Subjects
from handlers.request import Request
from handlers.say import Said, say
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Conflict, Subscription


def whole_of(services: Services, request: Request, wanted: Subscription) -> Subscription | Refused:
    """Return `wanted` as its owner's; a change goes on as the digest stands, if the person may change it now."""
    if not wanted.id:
        return replace(wanted, team=request.team, owner=request.user)
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
    return denial_to(services, request, kept) or unchanged(kept, wanted) or as_it_runs


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
    done = keep(services, request, replace(wanted, channel=wanted.channel or request.channel))
    return done.answer if isinstance(done, Refused) else done


def keep(services: Services, request: Request, wanted: Subscription) -> Answer | Refused:
    """Write `wanted`; return when it comes, or why it cannot be. The same digest of a channel is not kept twice."""
    whole = whole_of(services, request, wanted)
    if isinstance(whole, Refused):
        return whole
    # Of one that is changed, `whole_of` has asked.
    if not whole.id and (why := rights.denial(services, request)):
        return Refused("digest", why)
    if hindrance := hindrance_to(services, request, whole):
        return hindrance
    return _change(services, request, whole) if whole.id else _add(services, request, whole)


def _change(services: Services, request: Request, whole: Subscription) -> Answer | Refused:
    if full := no_room(services, whole):
        return full
    changed = services.subscriptions.edit(whole, request.now)
    if isinstance(changed, Conflict):
        if _stands_so(services, request, whole):
            # A second press of the same button.
            return _kept(services, request, whole, "changed")
        return Refused(
            "digest",
            say("Somebody changed that digest meanwhile, so I changed nothing."),
            (_how_it_stands(whole),),
        )
    return _kept(services, request, changed, "changed")


def _add(services: Services, request: Request, whole: Subscription) -> Answer | Refused:
    if same := _same(services, whole):
        if same.owner != request.user:
            said = say("This channel has that digest already, as number {digest}.", digest=same.id)
            return Refused("digest", said, (_how_it_stands(same),))
        return _kept(services, request, same, "there")
    if full := no_room(services, whole):
        return full
    added = services.subscriptions.add(whole, request.now)
    first = _same(services, whole) or added
    full = no_room(services, added, is_new=True)
    if full or first.id != added.id:
        # A second press at the same moment, or another save: the first one stands.
        services.subscriptions.remove(request.team, added.id, request.now)
    return full or _kept(services, request, first, "saved")


def _how_it_stands(kept: Subscription) -> Said:
    return say("/yrd-digest show {digest} says how it stands.", digest=kept.id)


def _same(services: Services, wanted: Subscription) -> Subscription | None:
    """Return the oldest digest of the channel that says the same as `wanted`."""
    chosen = StoredDigest.anew(wanted)
    here = services.subscriptions.listed(wanted.team, channel=wanted.channel)
    return next((other for other in here if StoredDigest.anew(other) == chosen), None)


def _stands_so(services: Services, request: Request, wanted: Subscription) -> bool:
    """Say whether the one change since is what `wanted` asks for."""
    kept = services.subscriptions.get(request.team, wanted.id)
    if kept is None or kept.version != wanted.version + 1:
        return False
    return StoredDigest.anew(kept) == StoredDigest.anew(wanted)


def _kept(
    services: Services, request: Request, kept: Subscription, now: Literal["changed", "saved", "there"]
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
            headline = say(
                "This channel has that digest already, as number {digest}: {subjects}, {schedule}.", **wanted
            )
    return Answer(
        headline=headline,
        outcome="done",
        sections=(
            Section(describe.NEXT_RUNS, supplies.runs_of(services, kept, request.now)),
            Section(describe.WHAT_IT_DOES, (supplies.lasting(services, kept, request.now),)),
        ),
        notes=(
            say(
                "/yrd-digest pause, skip, edit, history or unsubscribe {digest} changes or shows it.",
                digest=kept.id,
            ),
        ),
    )
