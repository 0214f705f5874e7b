"""What proposes digests and their changes: subscribe, edit, and what a form proposes. Nothing is kept here: what would be
is shown, with what comes next.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import Final

from handlers.answer import Answer, Choice, Refused, Section
from handlers.digests import describe
from handlers.digests import supply as supplies
from handlers.digests.access import (
    changeable,
    digest_title,
    named,
    refusal,
    zone_of,
)
from handlers.digests.coming import runs
from handlers.digests.hindrance import hindrance_to, no_room, nothing_to_post, trouble_text
from handlers.digests.keep import unchanged, whole_of
from handlers.digests.reading import parse
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.request import DIGEST, Request
from handlers.say import say
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription
from handlers.target import Target
from handlers.without_state import DIGESTS_ELSEWHERE

DEFAULT_TIME: Final = time(9, 0)
DEFAULT_DAYS: Final = (0,)
DEPTH: Final = {"daily": 3, "weekly": 5, "monthly": 8}
"""Facts in a digest of each rhythm, where nobody said how many."""
# What is told in fewer daily digests is soon told.
_SOON_TOLD: Final = 14


def subscribe(services: Services, request: Request) -> Answer:
    """Return the digest that the text describes or a button carries, with buttons to save it, test it or leave it."""
    if request.digest is not None:
        carried = request.digest.by(request.team, request.user)
        return _offered(services, request, replace(carried, channel=carried.channel or request.channel))
    wanted = _wished(services, request, None, "subscribe", request.text)
    return wanted if isinstance(wanted, Answer) else _asked(services, request, wanted)


def mine(services: Services, request: Request) -> Answer:
    """Return the digest named as one of the direct messages of whoever asks, with buttons to save it or leave it."""
    kept = named(services, request, "mine")
    if isinstance(kept, Answer):
        return kept
    channel = services.channels.direct(request.team, request.user)
    if not channel:
        return refusal(trouble_text("unreachable", "this"))
    theirs = StoredDigest.anew(kept).by(request.team, request.user)
    return _offered(services, request, replace(theirs, channel=channel))


def _offered(services: Services, request: Request, wanted: Subscription) -> Answer:
    find = hindrance_to if wanted.channel else nothing_to_post
    hindrance = find(services, request, wanted) or no_room(services, wanted)
    return hindrance.answer if hindrance else _asked(services, request, wanted)


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
    same = unchanged(kept, wanted)
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
    whole = whole_of(services, request, wanted)
    if isinstance(whole, Refused):
        return whole
    found = hindrance_to(services, request, whole) or no_room(services, whole)
    return found or _shown(services, request, whole)


def _shown(services: Services, request: Request, wanted: Subscription) -> Answer:
    names = Subjects.of(wanted)
    return Answer(
        headline=say(
            "{subjects}, {schedule}.",
            subjects=describe.subjects_text(services.base, names, 6),
            schedule=describe.schedule_text(wanted),
        ),
        outcome="answer",
        sections=(
            Section(describe.NEXT_RUNS, runs(services.deliveries, wanted, request.now)),
            Section(
                describe.WHAT_IT_DOES,
                (
                    supplies.lasting(services, wanted, request.now),
                    *describe.option_lines(wanted),
                ),
            ),
        ),
    )


def _asked(services: Services, request: Request, wanted: Subscription) -> Answer:
    """Return what `wanted` comes to, with buttons that carry it."""
    shown = _shown(services, request, wanted)
    if wanted.id:
        question = say("Change digest {digest}? {wanted}", digest=wanted.id, wanted=shown.headline)
    elif wanted.channel.startswith("D") and wanted.channel != request.channel:
        question = say("Post this digest in our direct messages? {wanted}", wanted=shown.headline)
    else:
        question = say("Post this digest here? {wanted}", wanted=shown.headline)
    asked = replace(shown, headline=question)
    held = StoredDigest.of(wanted)
    choices = (
        Choice("save", say("Save"), DIGEST, "", "save", held, effect="changes", style="primary"),
        Choice("test", say("Send a test to me"), DIGEST, "", "test", held),
        *_slower(services, request, wanted),
        Choice("cancel", say("Cancel"), DIGEST, "", "cancel"),
    )
    return replace(asked, choices=choices)


def _slower(services: Services, request: Request, wanted: Subscription) -> tuple[Choice, ...]:
    """Return the button for a digest that comes once a week, where one that comes daily is soon told."""
    if wanted.id or wanted.rhythm != "daily":
        return ()
    if supplies.supply(services, wanted, request.now).posts > _SOON_TOLD:
        return ()
    weekly = StoredDigest.of(supplies.weekly_instead(wanted))
    return (Choice("weekly", say("Weekly instead"), DIGEST, "", "subscribe", weekly),)


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


def cancel(services: Services, request: Request) -> Answer:
    """Return the sentence that nothing was kept."""
    return Answer(headline=say("Nothing was saved."), outcome="answer")
