"""What makes and changes digests: subscribe, edit, save.

`subscribe` and `edit` keep nothing: they show what would be kept and what comes next, with buttons that carry
all of it. `save` is what such a button asks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import Final

from handlers import digest_parse, digest_text, rights
from handlers.answer import Answer, Choice, Section
from handlers.desk import Desk
from handlers.digest_names import MOST_NAMES, Names, Wrong
from handlers.digest_pick import pool
from handlers.digest_rights import (
    DIGEST,
    NO_STATE,
    changeable,
    refusal,
    title,
    with_text,
    without_id,
    zone_of,
)
from handlers.request import Request
from handlers.slots import next_slots
from handlers.subscription import Conflict, Subscription

DEFAULT_TIME: Final = time(9, 0)
DEFAULT_DAYS: Final = (0,)
DEPTH: Final = {"daily": 3, "weekly": 5, "monthly": 8}
"""Facts in a digest of each rhythm, where nobody said how many."""
_SAVED: Final = re.compile(r"^(?:(\d+) v(\d+) )?(.+)$", re.DOTALL)
TROUBLE: Final = {
    "absent": "I am not in this channel, so I could not post here. Type /invite @YRD Desk first, then try again.",
    "unreadable": "I lack the right to read this channel back, without which I cannot promise to post once:"
    " the app has to be reinstalled with the scopes of its manifest.",
    "unreachable": "Slack cannot be reached just now, so I do not know whether I may post here."
    " Please try again in a moment.",
}


def subscribe(desk: Desk, request: Request) -> Answer:
    """Show the digest that the text describes, with buttons to save it, test it or leave it."""
    return _proposed(desk, request, None, "subscribe", request.text)


def edit(desk: Desk, request: Request) -> Answer:
    """Show how the digest named would be after a change."""
    rest = without_id(request.text)
    kept = changeable(desk, request, "edit", rest)
    if isinstance(kept, Answer):
        return kept
    if not rest:
        return refusal(
            f"What shall change? {title(desk, kept)}.",
            f"For example: {DIGEST} edit {kept.id} weekly tue 10:00, edit {kept.id} add Hangzhou, edit {kept.id} facts 3.",
        )
    return _proposed(desk, request, kept, f"edit {kept.id}", rest)


def fresh(desk: Desk, request: Request, zone: str = "") -> Subscription:
    """Return a digest of nothing yet, at the hour and in the zone that go without saying."""
    return Subscription(
        team=request.team,
        channel=request.channel,
        owner=request.user,
        at=DEFAULT_TIME,
        zone=zone or zone_of(desk, request),
        weekdays=DEFAULT_DAYS,
    )


def _proposed(desk: Desk, request: Request, kept: Subscription | None, verb: str, text: str) -> Answer:
    wish = digest_parse.read(desk.base, text)
    if isinstance(wish, Wrong):
        return wrong(wish, verb, text)
    # Slack is asked for the person's zone only where the text names none: three seconds are all there is.
    wanted = sized(wish.on(kept or fresh(desk, request, wish.zone or "")), wish.facts)
    if not Names.of(wanted):
        return refusal(
            "A digest of what? Name topics, places or mechanisms, separated by commas.",
            f"For example: {DIGEST} subscribe ports, G60 weekly mon 09:00 Asia/Shanghai.",
            "/yrd-topic without text lists the topics.",
        )
    return proposal(desk, request, wanted) or _said(desk, request, wanted)


def sized(wanted: Subscription, facts: int | None) -> Subscription:
    """Return a new digest with as many facts as its rhythm bears, unless a number was said."""
    return wanted if wanted.id or facts is not None else replace(wanted, facts=DEPTH[wanted.rhythm])


def proposal(desk: Desk, request: Request, wanted: Subscription) -> Answer | None:
    """Return why `wanted` cannot be: the bot is not in the channel, or there is nothing to post or no time."""
    if desk.channels is not None and request.channel:
        trouble = desk.channels.trouble(request.team, wanted.channel)
        if trouble:
            return refusal(TROUBLE[trouble])
    if Names.of(wanted).count > MOST_NAMES:
        return refusal(f"That is {Names.of(wanted).count} names; a digest takes {MOST_NAMES} at most.")
    if not pool(desk.base, Names.of(wanted)):
        asked = digest_text.about(desk.base, Names.of(wanted))
        return refusal(
            f"The fact base holds nothing to post on {asked}: what names it is about other regions.",
            "Add the topic Other regions, or one of those places, to hear of them.",
        )
    if not next_slots(replace(wanted, paused=False), request.now, 1):
        return refusal("No run of that digest would ever come within a year.", "Choose other days.")
    return None


def _said(desk: Desk, request: Request, wanted: Subscription) -> Answer:
    spec = digest_text.typed(wanted)
    save = f"save {wanted.id} v{wanted.version} {spec}" if wanted.id else f"save {spec}"
    size = len(pool(desk.base, Names.of(wanted)))
    asked = digest_text.about(desk.base, Names.of(wanted), 6)
    choices = (
        Choice("save", "Save", DIGEST, save, effect="changes", style="primary"),
        Choice("test", "Send a test to me", DIGEST, f"test {spec}", effect="changes"),
        Choice("cancel", "Cancel", DIGEST, "cancel", effect="changes"),
    )
    question = f"Change digest {wanted.id}?" if wanted.id else "Post this digest here?"
    return Answer(
        headline=f"{question} {asked}, {digest_text.when(wanted)}.",
        outcome="answer",
        sections=(
            Section("Next three runs", digest_text.runs(wanted, request.now)),
            Section(
                "What it does",
                (
                    *digest_text.options(wanted),
                    f"It draws on {size} fact{'s' * (size != 1)}; none comes again before all have been shown",
                ),
            ),
        ),
        notes=() if desk.subscriptions is not None else (NO_STATE,),
        choices=choices if desk.subscriptions is not None else (),
    )


def wrong(found: Wrong, verb: str, text: str) -> Answer:
    """Name the wrong word and offer the whole command with each word that would be right."""
    labels = found.labels or found.instead
    pattern = re.compile(re.escape(found.word), re.IGNORECASE) if found.word else None
    choices = tuple(
        Choice(word, name, DIGEST, f"{verb} {pattern.sub(lambda _, to=word: to, text, count=1)}".strip())  # type: ignore[misc]
        for word, name in zip(found.instead, labels, strict=True)
        if pattern is not None
    )
    return refusal(found.sentence, choices=choices)


def save(desk: Desk, request: Request) -> Answer:
    """Keep the digest that a confirmation described: a new one, or a change of the version it was made from."""
    read = _SAVED.match(request.text.strip())
    if desk.subscriptions is None or read is None:
        return refusal(NO_STATE)
    base = fresh(desk, request, request.tz)
    if read[1]:
        kept = changeable(desk, with_text(request, read[1]), "edit")
        if isinstance(kept, Answer):
            return kept
        base = replace(kept, version=int(read[2]))
    wish = digest_parse.read(desk.base, read[3])
    if isinstance(wish, Wrong):
        return wrong(wish, "subscribe", read[3])
    return keep(desk, request, wish.on(base))


def keep(desk: Desk, request: Request, wanted: Subscription) -> Answer:
    """Write `wanted` and say when it comes; the same digest of the same channel is not kept twice."""
    assert desk.subscriptions is not None
    # Of one that is changed, `changeable` has asked.
    if not wanted.id and (why := rights.bar(desk, request)):
        return refusal(why)
    if (hindrance := proposal(desk, request, wanted)) is not None:
        return hindrance
    if wanted.id:
        changed = desk.subscriptions.edit(wanted, request.now)
        if isinstance(changed, Conflict):
            return refusal(
                "Somebody changed that digest meanwhile, so I changed nothing.",
                f"{DIGEST} show {wanted.id} says how it stands.",
            )
        return _kept(desk, request, changed, f"Digest {changed.id} is changed")
    if same := _same(desk, wanted):
        return _kept(desk, request, same, f"This channel has that digest already, as number {same.id}")
    added = desk.subscriptions.add(wanted, request.now)
    first = _same(desk, wanted)
    if first is not None and first.id != added.id:
        # A second press at the same moment: the first one stands.
        desk.subscriptions.remove(request.team, added.id, request.now)
        added = first
    return _kept(desk, request, added, f"Digest {added.id} is saved")


def _same(desk: Desk, wanted: Subscription) -> Subscription | None:
    """Return the oldest digest of the channel that says the same as `wanted`."""
    assert desk.subscriptions is not None
    spec = digest_text.typed(wanted)
    here = desk.subscriptions.listed(wanted.team, channel=wanted.channel)
    return next((other for other in here if digest_text.typed(other) == spec), None)


def _kept(desk: Desk, request: Request, kept: Subscription, said: str) -> Answer:
    asked = digest_text.about(desk.base, Names.of(kept), 6)
    return Answer(
        headline=f"{said}: {asked}, {digest_text.when(kept)}.",
        outcome="done",
        sections=(Section("Next three runs", digest_text.runs(kept, request.now)),),
        notes=(f"{DIGEST} pause, skip, edit, history or unsubscribe {kept.id} changes or shows it.",),
    )


def cancel(desk: Desk, request: Request) -> Answer:
    """Say that nothing was kept."""
    return Answer(headline="Nothing was saved.", outcome="answer")
