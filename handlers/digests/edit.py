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
from handlers.digests import describe, parse
from handlers.digests.access import (
    changeable,
    denial_to,
    digest_title,
    refusal,
    visible,
    zone_of,
)
from handlers.digests.dates import is_zone
from handlers.digests.holidays import COUNTRIES
from handlers.digests.schedule import next_slots
from handlers.digests.selection import candidates
from handlers.digests.subjects import ParseError, Subjects, is_postable
from handlers.plural import plural
from handlers.request import DIGEST, Request
from handlers.services import Services
from handlers.stored_digest import StoredDigest
from handlers.subscription import MOST_NAMES, Conflict, Subscription
from handlers.target import Target
from handlers.without_state import DIGESTS_ELSEWHERE
from knowledge.base import FactBase

DEFAULT_TIME: Final = time(9, 0)
DEFAULT_DAYS: Final = (0,)
DEPTH: Final = {"daily": 3, "weekly": 5, "monthly": 8}
"""Facts in a digest of each rhythm, where nobody said how many."""
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
            f"What shall change? {digest_title(services, kept)}.",
            f"For example: {DIGEST} edit {kept.id} weekly tue 10:00, edit {kept.id} add Hangzhou, edit {kept.id} facts 3.",
        )
    wanted = _wished(services, request, kept, "edit", request.text)
    return wanted if isinstance(wanted, Answer) else _asked(services, request, wanted)


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
    wish = parse.read(services.base, text)
    if isinstance(wish, ParseError):
        return parse_error_answer(wish, verb, text, kept.id if kept else "")
    # Slack is asked for the person's zone only where the text names none: three seconds are all there is.
    wanted = sized(wish.on(kept or new_subscription(services, request, wish.zone or "")), wish.facts)
    if not Subjects.of(wanted):
        return refusal(
            "A digest of what? Name topics, places or mechanisms, separated by commas.",
            f"For example: {DIGEST} subscribe ports, G60 weekly mon 09:00 Asia/Shanghai.",
            "/yrd-topic without text lists the topics.",
        )
    # On Home there is no channel yet: that of the answer's button is.
    hindrance = _hindrance(services, request, wanted) if wanted.channel else _empty(services, request, wanted)
    return hindrance.answer if hindrance else wanted


def sized(wanted: Subscription, facts: int | None) -> Subscription:
    """Return a new digest with as many facts as its rhythm bears, unless a number was said."""
    return wanted if wanted.id or facts is not None else replace(wanted, facts=DEPTH[wanted.rhythm])


def propose(services: Services, request: Request, wanted: Subscription) -> Answer | Refused:
    """Return what `wanted` comes to, or why it cannot be; nothing is kept."""
    whole = _whole(services, request, wanted)
    if isinstance(whole, Refused):
        return whole
    return _hindrance(services, request, whole) or _shown(services, request, whole)


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
    return denial_to(services, request, kept) or as_it_runs


def _hindrance(services: Services, request: Request, wanted: Subscription) -> Refused | None:
    """Return why `wanted` cannot be: no channel that the bot is in, or there is nothing to post or no time."""
    trouble = services.channels.trouble(request.team, wanted.channel) if wanted.channel else "nowhere"
    return Refused("channel", trouble_text(trouble, "this")) if trouble else _empty(services, request, wanted)


def _empty(services: Services, request: Request, wanted: Subscription) -> Refused | None:
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


def unknown(base: FactBase, wanted: Subscription) -> Refused | None:
    """Return what of `wanted` nobody could post: no names or too many, or what is not known or never offered."""
    names = Subjects.of(wanted)
    if not names:
        return Refused("names", "Choose at least one topic, place or mechanism.")
    if names.count > MOST_NAMES:
        return Refused("names", f"That is {names.count} names in all; a digest takes {MOST_NAMES} at most.")
    records = ((slug, base.entity(slug)) for slug in names.slugs)
    lost = next((slug for slug, record in records if record is None or not is_postable(record)), "")
    if lost:
        return Refused("names", f"The fact base holds no “{lost}” any more.")
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


def _shown(services: Services, request: Request, wanted: Subscription) -> Answer:
    names = Subjects.of(wanted)
    size = len(candidates(services.base, names))
    return Answer(
        headline=f"{describe.subjects_text(services.base, names, 6)}, {describe.schedule_text(wanted)}.",
        outcome="answer",
        sections=(
            Section("Next three runs", describe.next_runs(wanted, request.now)),
            Section(
                "What it does",
                (
                    *describe.option_lines(wanted),
                    f"It draws on {size} {plural(size, 'fact')}; none comes again before all have been shown",
                ),
            ),
        ),
    )


def _asked(services: Services, request: Request, wanted: Subscription) -> Answer:
    """Return what `wanted` comes to, with buttons that carry it."""
    shown = _shown(services, request, wanted)
    question = f"Change digest {wanted.id}?" if wanted.id else "Post this digest here?"
    asked = replace(shown, headline=f"{question} {shown.headline}")
    held = StoredDigest.of(wanted)
    choices = (
        Choice("save", "Save", DIGEST, "", "save", held, effect="changes", style="primary"),
        Choice("test", "Send a test to me", DIGEST, "", "test", held),
        Choice("cancel", "Cancel", DIGEST, "", "cancel"),
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
            "Save is what a button says, and that button is of an older version of me.",
            f"{DIGEST} subscribe ports weekly mon 09:00 shows a digest to save.",
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
    if hindrance := _hindrance(services, request, whole):
        return hindrance
    if whole.id:
        changed = services.subscriptions.edit(whole, request.now)
        if isinstance(changed, Conflict):
            return Refused(
                "digest",
                "Somebody changed that digest meanwhile, so I changed nothing.",
                (f"{DIGEST} show {whole.id} says how it stands.",),
            )
        return _kept(services, request, changed, f"Digest {changed.id} is changed")
    if same := _same(services, whole):
        return _kept(services, request, same, f"This channel has that digest already, as number {same.id}")
    added = services.subscriptions.add(whole, request.now)
    first = _same(services, whole)
    if first is not None and first.id != added.id:
        # A second press at the same moment: the first one stands.
        services.subscriptions.remove(request.team, added.id, request.now)
        added = first
    return _kept(services, request, added, f"Digest {added.id} is saved")


def _same(services: Services, wanted: Subscription) -> Subscription | None:
    """Return the oldest digest of the channel that says the same as `wanted`."""
    chosen = StoredDigest.anew(wanted)
    here = services.subscriptions.listed(wanted.team, channel=wanted.channel)
    return next((other for other in here if StoredDigest.anew(other) == chosen), None)


def _kept(services: Services, request: Request, kept: Subscription, said: str) -> Answer:
    asked = describe.subjects_text(services.base, Subjects.of(kept), 6)
    return Answer(
        headline=f"{said}: {asked}, {describe.schedule_text(kept)}.",
        outcome="done",
        sections=(Section("Next three runs", describe.next_runs(kept, request.now)),),
        notes=(f"{DIGEST} pause, skip, edit, history or unsubscribe {kept.id} changes or shows it.",),
    )


def cancel(services: Services, request: Request) -> Answer:
    """Return the sentence that nothing was kept."""
    return Answer(headline="Nothing was saved.", outcome="answer")
