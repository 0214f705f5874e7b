"""What shows digests and changes nothing: list, show, preview, history, help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Choice, Line, Section
from handlers.digests import describe
from handlers.digests.access import LISTED, digest_title, named, refusal
from handlers.digests.edit import new_subscription, parse_error_answer
from handlers.digests.reading import parse
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.digests.schedule import clock_text
from handlers.digests.selection import Selection, candidates, fact_key, select
from handlers.paging import page
from handlers.ports import Votes
from handlers.records import about
from handlers.request import DIGEST, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.subscription import Subscription, UnreadableDigest
from handlers.without_state import DIGESTS_ELSEWHERE

TEST_ELSEWHERE: Final = say(
    "That is a preview: a test is sent to you where you type /yrd-digest test as Slack's own command."
)
_MOST: Final = 20
_HISTORY: Final = 15
_PERIOD: Final = timedelta(days=30)

SUMMARY: Final = say("Scheduled posts of topics, places and mechanisms to a channel")
HELP: Final = (
    say("subscribe ports, G60 weekly mon 09:00 Asia/Shanghai: a digest in this channel"),
    say("How often: daily, weekdays, weekly mon,thu, monthly 1, monthly last"),
    say("When: 9, 9am, 09:00, 21:30; the zone by IANA name or city, your own if left out"),
    say("Options: facts 5; when empty skip or say; skip holidays CN; quiet 22:00-07:00"),
    say("list: the digests of this channel, and yours"),
    say("show, history 3: how digest 3 stands, and what became of each run"),
    say("preview ports, Hangzhou: what a digest would show now"),
    say("pause 3, pause 3 until 24 Dec, resume 3, skip 3: hold it, or leave out one run"),
    say("edit 3 weekly tue 10:00; edit 3 add Hangzhou; edit 3 drop ports"),
    say("unsubscribe 3: end it"),
    say("Without text a form opens that does the same."),
)


def help_(services: Services, request: Request) -> Answer:
    """Return every word that /yrd-digest takes."""
    return Answer(
        headline=say("{command}: {summary}.", command=DIGEST, summary=SUMMARY),
        outcome="answer",
        sections=(Section(f"{DIGEST} …", HELP),),
        notes=(say("Its owner and the workspace's admins may change a digest."),),
    )


def list_(services: Services, request: Request) -> Answer:
    """Return the digests of the channel, and those of the person in other channels."""
    here = services.subscriptions.listed(request.team, channel=request.channel) if request.channel else ()
    mine = services.subscriptions.listed(request.team, owner=request.user)
    elsewhere = [kept for kept in mine if kept.channel != request.channel]
    sections = [
        Section(name, tuple(line(services, kept, request) for kept in kept_ones[:_MOST]))
        for name, kept_ones in (
            (say("In this channel"), here),
            (say("Yours in other channels"), elsewhere),
        )
        if kept_ones
    ]
    if lost := _unreadable(services, request):
        entries = tuple(
            say(
                "{problem} {advice}",
                problem=describe.unreadable_text(one),
                advice=describe.unreadable_advice(one),
            )
            for one in lost[:_MOST]
        )
        sections.append(Section(say("Cannot be read"), entries))
    if not sections:
        return Answer(
            headline=say("There are no digests here yet."),
            outcome="answer",
            notes=(
                say(
                    "/yrd-digest subscribe ports, G60 weekly mon 09:00 makes one; /yrd-digest alone opens a form."
                ),
            ),
        )
    count = len(here) + len(elsewhere) + len(lost)
    return Answer(
        headline=say_many("{count} digest.", "{count} digests.", count),
        outcome="answer",
        sections=tuple(sections),
    )


def offer(services: Services, request: Request) -> Answer:
    """Return the digests that there are, with a button for the form of a new one."""
    form = Choice("form", say("Open the form"), DIGEST, "", "form", effect="opens a form")
    return replace(list_(services, request), choices=(form,))


def _unreadable(services: Services, request: Request) -> list[UnreadableDigest]:
    """Return the digests of the channel and those of the person that cannot be read."""
    port = services.subscriptions
    here = port.unreadable(request.team, channel=request.channel) if request.channel else ()
    return list(dict.fromkeys((*here, *port.unreadable(request.team, owner=request.user))))


def list_elsewhere(services: Services, request: Request) -> Answer:
    """Return where digests are listed, and what can be had here."""
    return _not_known(refusal(DIGESTS_ELSEWHERE, say("/yrd-digest preview ports shows what one would post.")))


def line(services: Services, kept: Subscription, request: Request) -> Said:
    """Return one digest in a line: what, when, how it stands, the next run."""
    head = say(
        "{digest} at {time} ({zone})",
        digest=digest_title(services, kept),
        time=clock_text(kept.at),
        zone=kept.zone,
    )
    if held := describe.state_text(kept):
        return say("{digest}: {state}", digest=head, state=held)
    return say("{digest}; next {run}", digest=head, run=describe.next_runs(kept, request.now, 1)[0])


def show(services: Services, request: Request) -> Answer:
    """Return how the digest named stands: what it does, its next runs and its record."""
    kept = named(services, request, "show")
    if isinstance(kept, Answer):
        return kept
    held = describe.state_text(kept)
    sections = [
        Section(describe.WHAT_IT_DOES, tuple(describe.option_lines(kept))),
        Section(describe.NEXT_RUNS, describe.next_runs(kept, request.now)),
    ]
    entries = [describe.reliability_text(services.deliveries.reliability(request.team, (kept.id,)))]
    votes = services.feedback.votes(request.team, f"digest:{kept.id}:")
    if votes != Votes():
        entries.append(
            say(
                "Found helpful {helpful}, not helpful {unhelpful}.",
                helpful=_times(votes.helpful),
                unhelpful=_times(votes.unhelpful),
            )
        )
    sections.append(Section(say("Record"), tuple(entries)))
    stands = {
        "digest": kept.id,
        "subjects": describe.subjects_text(services.base, Subjects.of(kept), 8),
        "schedule": describe.schedule_text(kept),
    }
    return Answer(
        headline=say("Digest {digest}: {subjects}, {schedule}; {state}.", **stands, state=held)
        if held
        else say("Digest {digest}: {subjects}, {schedule}.", **stands),
        outcome="answer",
        sections=tuple(sections),
    )


def _times(count: int) -> Said:
    return say_many("{count} time", "{count} times", count)


def history(services: Services, request: Request) -> Answer:
    """Return what became of each run of the digest named."""
    kept = named(services, request, "history")
    if isinstance(kept, Answer):
        return kept
    rows = services.deliveries.history(request.team, kept.id, _HISTORY)
    recent = services.deliveries.reliability(request.team, (kept.id,), request.now - _PERIOD)
    return Answer(
        headline=say(
            "Digest {digest}: {record}",
            digest=kept.id,
            record=describe.reliability_text(recent, describe.RECENTLY),
        ),
        outcome="answer",
        sections=(
            Section(
                say("Runs, newest first"),
                tuple(map(describe.delivery_text, rows)) or (say("None has been planned yet."),),
            ),
        ),
    )


def preview(services: Services, request: Request) -> Answer:
    """Return the facts that a digest of the names given would post now, and as what names with slips were read."""
    text, slips = parse.without_slips(services.base, request.text)
    shown = _previewed(services, _of_names(services, request.saying(text), "preview"))
    return replace(shown, read=tuple(note for slip in slips for note in about.how_read(slip)))


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
    if Subjects.of(kept):
        return kept
    return refusal(
        say("A preview of what? Name topics, places or mechanisms.")
        if verb == "preview"
        else say("A test of what? Name topics, places or mechanisms.")
    )


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
        return refusal(say("That digest is no more."), LISTED)
    last = services.deliveries.posted_facts(kept.team, kept.id)[-kept.facts :] if kept else ()
    found = [
        (fact, slug) for fact, slug in candidates(services.base, names).items() if fact_key(fact) not in last
    ]
    order = {slug: at for at, slug in enumerate(names.slugs)}
    shown = page(sorted(found, key=lambda pair: order[pair[1]]), request.page, FACTS_PER_PAGE)
    return Answer(
        headline=say("More on {subjects}.", subjects=describe.subjects_text(services.base, names)),
        outcome="answer" if shown.items else "unknown",
        match="exact",
        lines=tuple(Line(fact, group=describe.name_text(services.base, slug)) for fact, slug in shown.items),
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
        return Answer(
            headline=say("A digest on {subjects} would have nothing to show.", subjects=asked),
            outcome="unknown",
        )
    lines = tuple(
        Line(fact, group=describe.name_text(services.base, slug))
        for fact, slug in sorted(
            zip(picked.facts, picked.asked_by, strict=True),
            key=lambda pair: picked.asked_by.index(pair[1]),
        )
    )
    more = len(lines) - FACTS_PER_PAGE
    return Answer(
        headline=say_many(
            "The next digest on {subjects} would show {shown} of {count} fact.",
            "The next digest on {subjects} would show {shown} of {count} facts.",
            picked.pool,
            subjects=asked,
            shown=len(lines),
        ),
        outcome="answer",
        match="exact",
        lines=lines[:FACTS_PER_PAGE],
        notes=(
            say_many(
                "{count} more would stand in its thread.", "{count} more would stand in its thread.", more
            ),
        )
        if more > 0
        else (),
        total=len(lines),
    )


def picked_for(services: Services, kept: Subscription) -> Selection:
    """Return the facts of the next digest of `kept`; a saved one goes on where it stopped."""
    posted = services.deliveries.posted_facts(kept.team, kept.id) if kept.id else ()
    seen = services.first_seen.first_seen(kept.team)
    return select(services.base, Subjects.of(kept), kept.facts, posted, seen, kept.created_at)
