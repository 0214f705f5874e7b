"""What shows digests and changes nothing: list, show, preview, history, help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Choice, Line, Section
from handlers.digests import describe, parse
from handlers.digests.access import digest_title, named, refusal
from handlers.digests.changes import DigestChanges
from handlers.digests.edit import new_subscription, parse_error_answer
from handlers.digests.selection import Selection, candidates, fact_key, select
from handlers.digests.subjects import ParseError, Subjects
from handlers.paging import page
from handlers.plural import plural
from handlers.ports import Votes
from handlers.request import DIGEST, Request
from handlers.services import Services
from handlers.subscription import Subscription, UnreadableDigest
from handlers.without_state import DIGESTS_ELSEWHERE

TEST_ELSEWHERE: Final = (
    f"That is a preview: a test is sent to you where you type {DIGEST} test as Slack's own command."
)
_LISTED: Final = 20
_HISTORY: Final = 15
_PERIOD: Final = timedelta(days=30)

SUMMARY: Final = "Scheduled posts of topics, places and mechanisms to a channel"
HELP: Final = (
    "subscribe ports, G60 weekly mon 09:00 Asia/Shanghai: a digest in this channel",
    "How often: daily, weekdays, weekly mon,thu, monthly 1, monthly last",
    "When: 9, 9am, 09:00, 21:30; the zone by IANA name or city, your own if left out",
    "Options: facts 5; when empty skip or say; skip holidays CN; quiet 22:00-07:00",
    "list: the digests of this channel, and yours",
    "show, history 3: how digest 3 stands, and what became of each run",
    "preview ports, Hangzhou: what a digest would show now",
    "pause 3, pause 3 until 24 Dec, resume 3, skip 3: hold it, or leave out one run",
    "edit 3 weekly tue 10:00; edit 3 add Hangzhou; edit 3 drop ports",
    "unsubscribe 3: end it",
    "Without text a form opens that does the same.",
)


def help_(services: Services, request: Request) -> Answer:
    """Return every word that /yrd-digest takes."""
    return Answer(
        headline=f"{DIGEST}: {SUMMARY}.",
        outcome="answer",
        sections=(Section(f"{DIGEST} …", HELP),),
        notes=("Its owner and the workspace's admins may change a digest.",),
    )


def list_(services: Services, request: Request) -> Answer:
    """Return the digests of the channel, and those of the person in other channels."""
    here = services.subscriptions.listed(request.team, channel=request.channel) if request.channel else ()
    mine = services.subscriptions.listed(request.team, owner=request.user)
    elsewhere = [kept for kept in mine if kept.channel != request.channel]
    sections = [
        Section(name, tuple(line(services, kept, request) for kept in kept_ones[:_LISTED]))
        for name, kept_ones in (("In this channel", here), ("Yours in other channels", elsewhere))
        if kept_ones
    ]
    if lost := _unreadable(services, request):
        entries = tuple(
            f"{describe.unreadable_text(one)} {describe.UNREADABLE_ADVICE.format(one.id)}"
            for one in lost[:_LISTED]
        )
        sections.append(Section("Cannot be read", entries))
    if not sections:
        return Answer(
            headline="There are no digests here yet.",
            outcome="answer",
            notes=(
                f"{DIGEST} subscribe ports, G60 weekly mon 09:00 makes one; {DIGEST} alone opens a form.",
            ),
        )
    count = len(here) + len(elsewhere) + len(lost)
    return Answer(headline=f"{count} {plural(count, 'digest')}.", outcome="answer", sections=tuple(sections))


def offer(services: Services, request: Request) -> Answer:
    """Return the digests that there are, with a button for the form of a new one."""
    form = Choice("form", "Open the form", DIGEST, "", "form", effect="opens a form")
    return replace(list_(services, request), choices=(form,))


def _unreadable(services: Services, request: Request) -> list[UnreadableDigest]:
    """Return the digests of the channel and those of the person that cannot be read."""
    port = services.subscriptions
    here = port.unreadable(request.team, channel=request.channel) if request.channel else ()
    return list(dict.fromkeys((*here, *port.unreadable(request.team, owner=request.user))))


def list_elsewhere(services: Services, request: Request) -> Answer:
    """Return where digests are listed, and what can be had here."""
    return _not_known(refusal(DIGESTS_ELSEWHERE, f"{DIGEST} preview ports shows what one would post."))


def line(services: Services, kept: Subscription, request: Request) -> str:
    """Return one digest in a line: what, when, how it stands, the next run."""
    head = f"{digest_title(services, kept)} at {kept.at:%H:%M} ({kept.zone})"
    if held := describe.state_text(kept):
        return f"{head}: {held}"
    return f"{head}; next {describe.next_runs(kept, request.now, 1)[0]}"


def show(services: Services, request: Request) -> Answer:
    """Return how the digest named stands: what it does, its next runs and its record."""
    kept = named(services, request, "show")
    if isinstance(kept, Answer):
        return kept
    held = describe.state_text(kept)
    sections = [
        Section("What it does", tuple(describe.option_lines(kept))),
        Section("Next three runs", describe.next_runs(kept, request.now)),
    ]
    entries = [describe.reliability_text(services.deliveries.reliability(request.team, (kept.id,)))]
    votes = services.feedback.votes(request.team, f"digest:{kept.id}:")
    if votes != Votes():
        times = plural(votes.unhelpful, "time")
        entries.append(
            f"Found helpful {votes.helpful} {plural(votes.helpful, 'time')}, not helpful {votes.unhelpful} {times}."
        )
    sections.append(Section("Record", tuple(entries)))
    return Answer(
        headline=f"Digest {kept.id}: {describe.subjects_text(services.base, Subjects.of(kept), 8)}, {describe.schedule_text(kept)}"
        f"{f'; {held}' if held else ''}.",
        outcome="answer",
        sections=tuple(sections),
    )


def history(services: Services, request: Request) -> Answer:
    """Return what became of each run of the digest named."""
    kept = named(services, request, "history")
    if isinstance(kept, Answer):
        return kept
    rows = services.deliveries.history(request.team, kept.id, _HISTORY)
    recent = services.deliveries.reliability(request.team, (kept.id,), request.now - _PERIOD)
    return Answer(
        headline=f"Digest {kept.id}: {describe.reliability_text(recent, 'in the last 30 days')}",
        outcome="answer",
        sections=(
            Section(
                "Runs, newest first",
                tuple(map(describe.delivery_text, rows)) or ("None has been planned yet.",),
            ),
        ),
    )


def preview(services: Services, request: Request) -> Answer:
    """Return the facts that a digest of the names given would post now."""
    return _previewed(services, _of_names(services, request, "preview"))


def preview_kept(services: Services, request: Request) -> Answer:
    """Return the facts that the digest named would post now."""
    return _previewed(services, named(services, request, "preview kept"))


def test(services: Services, request: Request) -> Answer:
    """Return the facts that a test would show, and where one is sent: here none can be."""
    shown = _previewed(services, to_test(services, request))
    return replace(shown, notes=(*shown.notes, TEST_ELSEWHERE)) if shown.lines else shown


def to_test(services: Services, request: Request) -> Subscription | Answer:
    """Return the digest to be tested: what a button carries, the one named, or one of the names given; else why none."""
    if request.digest is not None:
        return request.digest.by(request.team, request.user)
    if request.target is not None or not request.text:
        return named(services, request, "test")
    return _of_names(services, request, "test")


def _of_names(services: Services, request: Request, verb: str) -> Subscription | Answer:
    """Return a digest of the names given, as nobody has saved it, or what is wrong with them."""
    wish = parse.read(services.base, request.text)
    if isinstance(wish, ParseError):
        return _not_known(parse_error_answer(wish, verb, request.text))
    kept = wish.on(new_subscription(services, request, request.tz))
    return kept if Subjects.of(kept) else refusal(f"A {verb} of what? Name topics, places or mechanisms.")


def _previewed(services: Services, kept: Subscription | Answer) -> Answer:
    return kept if isinstance(kept, Answer) else previewed(services, kept)


def _not_known(read: Answer) -> Answer:
    """Return what is said of names that are misread: who only looks is refused nothing."""
    return replace(read, outcome="unknown") if read.outcome == "refused" else read


def more(services: Services, request: Request) -> Answer:
    """Return a page of what else there is on what a digest is about; nothing of it counts as shown."""
    target = request.target
    return _more(services, request, services.subscriptions.get(request.team, target.id) if target else None)


def more_on_names(services: Services, request: Request) -> Answer:
    """Return a page of what there is on names, where no digests are kept."""
    return _more(services, request, None)


def _more(services: Services, request: Request, kept: Subscription | None) -> Answer:
    names = Subjects.of(kept) if kept else _names(services, request)
    if not names:
        return refusal("That digest is no more.", f"{DIGEST} list shows those there are.")
    last = services.deliveries.posted_facts(kept.team, kept.id)[-kept.facts :] if kept else ()
    found = [
        (fact, slug) for fact, slug in candidates(services.base, names).items() if fact_key(fact) not in last
    ]
    order = {slug: at for at, slug in enumerate(names.slugs)}
    shown = page(sorted(found, key=lambda pair: order[pair[1]]), request.page, FACTS_PER_PAGE)
    return Answer(
        headline=f"More on {describe.subjects_text(services.base, names)}.",
        outcome="answer" if shown.items else "unknown",
        match="exact",
        lines=tuple(Line(fact, group=_name(services, slug)) for fact, slug in shown.items),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
    )


def _names(services: Services, request: Request) -> Subjects:
    """Return the names that a button carries or a person typed."""
    if request.digest is not None:
        return Subjects.of(request.digest.by(request.team, request.user))
    wish = parse.read(services.base, request.text.strip())
    return wish.names if isinstance(wish, DigestChanges) else Subjects()


def previewed(services: Services, kept: Subscription) -> Answer:
    """Return the facts of the next digest of `kept`, under the names that ask for them."""
    picked = picked_for(services, kept)
    asked = describe.subjects_text(services.base, Subjects.of(kept))
    if not picked.facts:
        return Answer(headline=f"A digest on {asked} would have nothing to show.", outcome="unknown")
    lines = tuple(
        Line(fact, group=_name(services, slug))
        for fact, slug in sorted(
            zip(picked.facts, picked.asked_by, strict=True),
            key=lambda pair: picked.asked_by.index(pair[1]),
        )
    )
    more = len(lines) - FACTS_PER_PAGE
    return Answer(
        headline=f"The next digest on {asked} would show {len(lines)} of {picked.pool} facts.",
        outcome="answer",
        match="exact",
        lines=lines[:FACTS_PER_PAGE],
        notes=(f"{more} more would stand in its thread.",) if more > 0 else (),
        total=len(lines),
    )


def picked_for(services: Services, kept: Subscription) -> Selection:
    """Return the facts of the next digest of `kept`; a saved one goes on where it stopped."""
    posted = services.deliveries.posted_facts(kept.team, kept.id) if kept.id else ()
    seen = services.first_seen.first_seen(kept.team)
    return select(services.base, Subjects.of(kept), kept.facts, posted, seen, kept.created_at)


def _name(services: Services, slug: str) -> str:
    record = services.base.entity(slug)
    return record.name if record else slug
