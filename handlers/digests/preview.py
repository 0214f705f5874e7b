"""What a digest would show: previews, tests, and more on what it is about. Nothing is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.digests import describe
from handlers.digests.access import LISTED, named, refusal
from handlers.digests.edit import new_subscription, parse_error_answer
from handlers.digests.headings import told_apart
from handlers.digests.reading import parse
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.digests.selection import candidates, fact_key, fact_of
from handlers.digests.supply import lasting, picked_for
from handlers.paging import page
from handlers.records import about
from handlers.request import Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.subscription import Subscription

TEST_ELSEWHERE: Final = say(
    "That is a preview: a test is sent to you where you type /yrd-digest test as Slack's own command."
)


def preview(services: Services, request: Request) -> Answer:
    """Return the facts that a digest of the names given would post now, and as what names with slips were read."""
    text, slips = parse.without_slips(services.base, request.text)
    shown = _previewed(services, request, _of_names(services, request.saying(text), "preview"))
    return replace(shown, read=tuple(note for slip in slips for note in about.how_read(slip)))


def preview_kept(services: Services, request: Request) -> Answer:
    """Return the facts that the digest named would post now."""
    return _previewed(services, request, named(services, request, "preview kept"))


def test(services: Services, request: Request) -> Answer:
    """Return the facts that a test would show, and where one is sent: here none can be."""
    shown = _previewed(services, request, to_test(services, request))
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
        return not_known(parse_error_answer(wish, verb, request.text))
    kept = wish.on(new_subscription(services, request, request.tz))
    if Subjects.of(kept):
        return kept
    return refusal(
        say("A preview of what? Name topics, places or mechanisms.")
        if verb == "preview"
        else say("A test of what? Name topics, places or mechanisms.")
    )


def _previewed(services: Services, request: Request, kept: Subscription | Answer) -> Answer:
    return kept if isinstance(kept, Answer) else previewed(services, kept, request.now)


def not_known(read: Answer) -> Answer:
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
    posted = services.deliveries.posted_facts(kept.team, kept.id) if kept else ()
    last = [key for key in posted if fact_of(key)][-kept.facts :] if kept else []
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


def previewed(services: Services, kept: Subscription, now: datetime) -> Answer:
    """Return the facts of the next digest of `kept`, as they are told."""
    picked = picked_for(services, kept)
    asked = describe.subjects_text(services.base, Subjects.of(kept))
    if not picked.facts:
        return Answer(
            headline=say("A digest on {subjects} would have nothing to show.", subjects=asked),
            outcome="unknown",
            notes=(say("{supply}.", supply=lasting(services, kept, now)),) if picked.pool else (),
        )
    lines = tuple(
        Line(one.fact, group=group)
        for group, told in told_apart(services.base, picked.chosen)
        for one in told
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
            *(
                (
                    say_many(
                        "{count} more would stand in its thread.",
                        "{count} more would stand in its thread.",
                        more,
                    ),
                )
                if more > 0
                else ()
            ),
            say("{supply}.", supply=lasting(services, kept, now)),
        ),
        total=len(lines),
    )
