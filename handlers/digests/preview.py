"""What a digest would show: previews, tests, and more on what it is about. Nothing is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from handlers.answer import FACTS_PER_PAGE, Answer, Choice, Line
from handlers.digests import describe
from handlers.digests.access import LISTED, named, refusal
from handlers.digests.changing.wished import new_subscription
from handlers.digests.headings import laid_out
from handlers.digests.misread import parse_error_answer
from handlers.digests.offers import takes_in, taking_in
from handlers.digests.reading import parse
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.regions import TAKEN_IN
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.digests.selection import candidates, elsewhere, fact_key
from handlers.digests.supply import lasting, picked_for
from handlers.paging import page
from handlers.records import about
from handlers.request import DIGEST, Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.subscription import Subscription
from knowledge.text.normalize import is_number

# As many posts are looked through for one whose button is pressed.
_POSTS: Final = 400
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
        return not_known(parse_error_answer(services.base, wish, verb, request.text))
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
    above = _above(services, request, kept)
    found = [
        (fact, slug) for fact, slug in candidates(services.base, names).items() if fact_key(fact) not in above
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


def _above(services: Services, request: Request, kept: Subscription | None) -> tuple[str, ...]:
    """Return what stands in the post whose button asks for more; of a digest that nobody saved what a test showed."""
    if kept is None:
        tested = request.digest.by(request.team, request.user) if request.digest else None
        return picked_for(services, replace(tested, id="")).keys if tested else ()
    rows = [row for row in services.deliveries.history(kept.team, kept.id, _POSTS) if row.ts]
    run = int(request.text) if is_number(request.text) else None
    # Buttons of older posts do not say of which run they are.
    shown = next((row for row in rows if row.slot.timestamp() == run), rows[0] if rows else None)
    return shown.facts if shown else ()


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
    laid = laid_out(services.base, picked.chosen, kept.rhythm)
    lines = tuple(Line(one.fact, group=group) for group, told in laid.shown for one in told)
    more = len(picked.chosen) - len(lines)
    return Answer(
        headline=say_many(
            "The next digest on {subjects} would show {shown} of {count} fact.",
            "The next digest on {subjects} would show {shown} of {count} facts.",
            picked.pool,
            subjects=asked,
            shown=len(picked.chosen),
        ),
        outcome="answer",
        match="exact",
        lines=lines,
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
        total=len(picked.chosen),
        choices=_wider(services, kept),
    )


def _wider(services: Services, kept: Subscription) -> tuple[Choice, ...]:
    """Return the button that takes in what is left out as it is on other regions: into the digest, or into the preview of names."""
    names = Subjects.of(kept)
    count = elsewhere(services.base, names)
    if not count:
        return ()
    if kept.id:
        return (taking_in(kept, count),)
    text = f"{', '.join(names.slugs)} {TAKEN_IN}"
    return (Choice("wide", takes_in(count), DIGEST, text, "preview"),)
