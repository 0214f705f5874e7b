"""What makes and changes digests: subscribe, edit, save, and what a form proposes and keeps.

`subscribe`, `edit` and `propose` keep nothing: they show what would be kept and what comes next. `keep` writes it;
`save` is what a button that carries a whole digest asks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import Final, Literal

from handlers import rights
from handlers.answer import Answer, Choice, Refused, Section
from handlers.digests import describe
from handlers.digests.access import (
    changeable,
    denial_to,
    digest_title,
    refusal,
    visible,
    zone_of,
)
from handlers.digests.hindrance import hindrance_to, no_room, nothing_to_post
from handlers.digests.reading import parse
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.digests.selection import candidates
from handlers.request import DIGEST, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Conflict, Subscription
from handlers.target import Target
from handlers.without_state import DIGESTS_ELSEWHERE

DEFAULT_TIME: Final = time(9, 0)
DEFAULT_DAYS: Final = (0,)
DEPTH: Final = {"daily": 3, "weekly": 5, "monthly": 8}
"""Facts in a digest of each rhythm, where nobody said how many."""


def subscribe(services: Services, request: Request) -> Answer:
    """Return the digest that the text describes, with buttons to save it, test it or leave it."""
    wanted = _wished(services, request, None, "subscribe", request.text)
    return wanted if isinstance(wanted, Answer) else _asked(services, request, wanted)


def sketch(services: Services, request: Request) -> Answer:
    """Return the digest that the text describes, where none can be saved."""
    wanted = _wished(services, request, None, "subscribe", request.text)
    if isinstance(wanted, Answer):
        return wanted
    return replace(_asked(services, request, wanted), choices=(), notes=(DIGESTS_ELSEWHERE,))


def edit(services: Services, request: Request) -> Answer:
    """Return how the digest named would be after a change, with buttons to save it or leave it."""
    kept = changeable(services, request, "edit", "reads")
    if isinstance(kept, Answer):
        return kept
    if not request.text:
        return refusal(
            say("What shall change? {digest}.", digest=digest_title(services, kept)),
            say(
                "For example: /yrd-digest edit {digest} weekly tue 10:00, edit {digest} add Hangzhou, edit {digest} facts 3.",
                digest=kept.id,
            ),
        )
    wanted = _wished(services, request, kept, "edit", request.text)
    if isinstance(wanted, Answer):
        return wanted
    same = _unchanged(kept, wanted)
    return same.answer if same else _asked(services, request, wanted)


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


def _wished(
    services: Services, request: Request, kept: Subscription | None, verb: str, text: str
) -> Subscription | Answer:
    """Return the digest that `text` makes of `kept`, or why it cannot be."""
    if wrong := parse.wrong_address(request):
        return refusal(wrong)
    wish = parse.read(services.base, text)
    if isinstance(wish, ParseError):
        return parse_error_answer(wish, verb, text, kept.id if kept else "")
    # Slack is asked for the person's zone only where the text names none: three seconds are all there is.
    wanted = sized(wish.on(kept or new_subscription(services, request, wish.zone or "")), wish.facts)
    if not Subjects.of(wanted):
        return refusal(
            say("A digest of what? Name topics, places or mechanisms, separated by commas."),
            say("For example: /yrd-digest subscribe ports {when}.", when=text.strip())
            if text.strip()
            else say("For example: /yrd-digest subscribe ports, G60 weekly mon 09:00 Asia/Shanghai."),
            say("/yrd-topic without text lists the topics."),
        )
    # On Home there is no channel yet: that of the answer's button is.
    find = hindrance_to if wanted.channel else nothing_to_post
    hindrance = find(services, request, wanted) or (no_room(services, wanted) if wanted.channel else None)
    return hindrance.answer if hindrance else wanted


def sized(wanted: Subscription, facts: int | None) -> Subscription:
    """Return a new digest with as many facts as its rhythm bears, unless a number was said."""
    return wanted if wanted.id or facts is not None else replace(wanted, facts=DEPTH[wanted.rhythm])


def propose(services: Services, request: Request, wanted: Subscription) -> Answer | Refused:
    """Return what `wanted` comes to, or why it cannot be; nothing is kept."""
    whole = _whole(services, request, wanted)
    if isinstance(whole, Refused):
        return whole
    found = hindrance_to(services, request, whole) or no_room(services, whole)
    return found or _shown(services, request, whole)


def _whole(services: Services, request: Request, wanted: Subscription) -> Subscription | Refused:
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
    )
    return denial_to(services, request, kept) or _unchanged(kept, wanted) or as_it_runs


def _unchanged(kept: Subscription, wanted: Subscription) -> Refused | None:
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


def _shown(services: Services, request: Request, wanted: Subscription) -> Answer:
    names = Subjects.of(wanted)
    size = len(candidates(services.base, names))
    return Answer(
        headline=say(
            "{subjects}, {schedule}.",
            subjects=describe.subjects_text(services.base, names, 6),
            schedule=describe.schedule_text(wanted),
        ),
        outcome="answer",
        sections=(
            Section(describe.NEXT_RUNS, describe.next_runs(wanted, request.now)),
            Section(
                describe.WHAT_IT_DOES,
                (
                    *describe.option_lines(wanted),
                    say_many(
                        "It draws on {count} fact; none comes again before all have been shown",
                        "It draws on {count} facts; none comes again before all have been shown",
                        size,
                    ),
                ),
            ),
        ),
    )


def _asked(services: Services, request: Request, wanted: Subscription) -> Answer:
    """Return what `wanted` comes to, with buttons that carry it."""
    shown = _shown(services, request, wanted)
    question = (
        say("Change digest {digest}? {wanted}", digest=wanted.id, wanted=shown.headline)
        if wanted.id
        else say("Post this digest here? {wanted}", wanted=shown.headline)
    )
    asked = replace(shown, headline=question)
    held = StoredDigest.of(wanted)
    choices = (
        Choice("save", say("Save"), DIGEST, "", "save", held, effect="changes", style="primary"),
        Choice("test", say("Send a test to me"), DIGEST, "", "test", held),
        Choice("cancel", say("Cancel"), DIGEST, "", "cancel"),
    )
    return replace(asked, choices=choices)


def parse_error_answer(found: ParseError, verb: str | None, text: str, digest: str = "") -> Answer:
    """Return what names the wrong word and offers the same words with each that would be right, to the same `verb`.

    `digest` is the number of the one that they change, "" for a new one.
    """
    if not found.word:
        return refusal(found.sentence)
    # The word itself, not its letters in a longer one before it.
    pattern = re.compile(rf"(?<![\w-]){re.escape(found.word)}(?![\w-])", re.IGNORECASE)

    def put_right(word: str) -> str:
        return pattern.sub(lambda _: word, text, count=1)

    labels = found.labels or found.instead
    target = Target(id=digest) if digest else None
    choices = tuple(
        Choice(word, label, DIGEST, put_right(word), verb, target=target)
        for word, label in zip(found.instead, labels, strict=True)
    )
    return refusal(found.sentence, choices=choices)


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
    whole = _whole(services, request, wanted)
    if isinstance(whole, Refused):
        return whole
    # Of one that is changed, `_whole` has asked.
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
        sections=(Section(describe.NEXT_RUNS, describe.next_runs(kept, request.now)),),
        notes=(
            say(
                "/yrd-digest pause, skip, edit, history or unsubscribe {digest} changes or shows it.",
                digest=kept.id,
            ),
        ),
    )


def cancel(services: Services, request: Request) -> Answer:
    """Return the sentence that nothing was kept."""
    return Answer(headline=say("Nothing was saved."), outcome="answer")
