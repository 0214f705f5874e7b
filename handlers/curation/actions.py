"""What people may do to the team's own facts. Rights are those of the moment, judged under the ledger's lock.

Every event is kept before anybody hears of it; what is said to others goes by the notifier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers import rights
from handlers.answer import Answer, Section
from handlers.contribution import Contribution, CurationEvent, CurationState, EventKind
from handlers.curation import barred, describe, hindrance, history, telling
from handlers.curation import projection as curations
from handlers.curation.correction import completed, why_no_edit
from handlers.curation.statements import said_already
from handlers.draft import Draft
from handlers.request import Request
from handlers.say import say, say_many
from handlers.services import Services

NOT_A_CURATOR: Final = say("Only curators can do that.")
OWN: Final = say("Nobody approves their own words: somebody else has to.")
# The ledger only grows, and every question of the team waits for its reading.
MOST_WAITING: Final = 50
MOST_A_DAY: Final = 50
MOST_EDITS: Final = 50
TOO_MANY: Final = say(
    "{most} proposals of yours wait for review: let curators decide, or withdraw one with"
    " /yrd review NUMBER reject REASON.",
    most=MOST_WAITING,
)

Decision = CurationEvent | str
Check = Callable[[CurationState, Contribution], str]


def propose(services: Services, request: Request, draft: Draft, why: str = "") -> Answer:
    """Keep a draft for review and tell the reviewers; return what the proposer is told."""

    wanted = event_of(services, request, "", "proposed", why, draft.encode())

    def decide(events: tuple[CurationEvent, ...]) -> Decision:
        stands = curations.replay(events)
        if number := hindrance.sent_twice(stands, request.user, draft, why, request.now):
            return say("Proposal {number} waits for review: it was sent once.", number=number)
        if wrong := hindrance.of_proposing(stands, request.user, draft):
            return wrong
        if gone := hindrance.of_superseding(services.base, stands, draft.supersedes):
            return gone
        if sum(kept.proposer == request.user for kept in stands.waiting()) >= MOST_WAITING:
            return TOO_MANY
        since = request.now - timedelta(days=1)
        today = sum(e.kind == "proposed" and e.actor == request.user and e.at > since for e in events)
        if today >= MOST_A_DAY:
            return say_many(
                "You proposed {count} fact within a day: propose the next one tomorrow.",
                "You proposed {count} facts within a day: propose the next ones tomorrow.",
                today,
            )
        return replace(wanted, subject=f"p:{curations.next_number(events)}")

    kept = record(services, request, decide)
    if isinstance(kept, str):
        stands = curation_of(services, request)
        if number := hindrance.sent_twice(stands, request.user, draft, why, request.now):
            return _as_kept(services, request, number, kept)
        return not_done(services, request, kept)
    number = int(kept.subject.removeprefix("p:"))
    told = telling.tell_reviewers(services, request, number)
    return _thanks(services, request, number, is_reviewed=told)


def _thanks(services: Services, request: Request, number: int, *, is_reviewed: bool) -> Answer:
    """Return what the proposer is told: that it waits, and who looks at it."""
    said = say(
        "Thank you. Proposal {number} waits for review. A curator will review it, and I will tell you how it went.",
        number=number,
    )
    if not is_reviewed:
        said = say(
            "Thank you. Proposal {number} waits for review. There is no other curator yet: an admin has to appoint"
            " one. I will tell you how it went.",
            number=number,
        )
    return _as_kept(services, request, number, said)


def _as_kept(services: Services, request: Request, number: int, said: str) -> Answer:
    """Return what is said of a proposal to who sent it, with how it was read and what they can still do about it."""
    kept = curation_of(services, request).contributions[number]
    read = Section(say("How I read it (Edit changes it)"), tuple(describe.as_read(services, kept)))
    return Answer(
        headline=said, outcome="done", sections=(read,), choices=describe.decisions(kept, request.user)
    )


def edit(
    services: Services, request: Request, number: int, version: int, draft: Draft, why: str = ""
) -> Answer:
    """Put other words in place of a proposal's; whoever wrote them no longer approves them. Return what became of it."""
    before = curation_of(services, request).contributions.get(number)

    def check(curation: CurationState, kept: Contribution) -> str:
        if request.user not in curation.curators and request.user != kept.proposer:
            return NOT_A_CURATOR
        if len(kept.events) >= MOST_EDITS:
            return say(
                "Proposal {number} was edited too often: approve or reject it, and propose anew.",
                number=number,
            )
        return (
            hindrance.of_proposal(kept, version, request.user)
            or why_no_edit(completed(services.base, kept.draft, kept.year), draft)
            or _said_already(services, curation, draft, number)
        )

    done = change(services, request, number, check, "edited", why, draft.encode())
    if isinstance(done, str):
        return not_done(services, request, done)
    telling.renew_cards(services, request, number)
    changed = tuple(describe.changes(services, before.draft, draft)) if before else ()
    if done.proposer != request.user:
        telling.tell_edited(services, request, done, changed)
    said = say("Proposal {number} now has your words. Somebody else has to approve them.", number=number)
    return Answer(
        headline=said,
        outcome="done",
        sections=(Section(say("What was changed"), changed), history.of(done)),
        choices=describe.decisions(done, request.user),
    )


def approve(services: Services, request: Request, number: int, version: int) -> Answer:
    """Make a proposal a fact of the team's own: one person wrote it, another approves it.

    Return its card as it stands from now on, or why it was refused.
    """
    editor = _editor(services, request, number)

    def check(curation: CurationState, kept: Contribution) -> str:
        agrees = request.user == kept.proposer and kept.author == editor and editor in curation.curators
        if wrong := hindrance.of_proposal(kept, version, request.user):
            return wrong
        if request.user == kept.author:
            return OWN
        if request.user not in curation.curators and not agrees:
            return NOT_A_CURATOR
        return hindrance.of_superseding(services.base, curation, kept.draft.supersedes) or _said_already(
            services, curation, kept.draft, number
        )

    done = change(services, request, number, check, "approved")
    if isinstance(done, str):
        return as_it_stands(services, request, number, done)
    telling.renew_cards(services, request, number)
    telling.tell_approved(services, request, done)
    telling.tell_supporters(services, request, done)
    telling.tell_closed(services, request, done)
    if done.draft.supersedes:
        telling.tell_readers(services, request, done.draft.supersedes)
    return replace(describe.card(services.with_base_of(request.team), done), outcome="done")


def _said_already(services: Services, curation: CurationState, draft: Draft, number: int) -> str:
    """Return why a proposal that is to be of that number adds nothing: the base says it, as it was or is by now."""
    if fact := said_already.fact_of(services.base, draft):
        return said_already.sentence(fact.id)
    return hindrance.of_saying_again(curation, draft, number)


def _editor(services: Services, request: Request, number: int) -> str:
    """Return the member whose words the person who asks proposed no longer, "" where there is none.

    A curator's words need only the proposer's approval, so the curator has to be of the workspace still.
    """
    kept = curation_of(services, request).contributions.get(number)
    if kept is None or request.user != kept.proposer or kept.author == kept.proposer:
        return ""
    return kept.author if rights.is_member(services, request, kept.author) else ""


def reject(services: Services, request: Request, number: int, version: int, why: str) -> Answer:
    """Turn a proposal down with a reason; its own author withdraws it so. Return what became of it."""
    if not why.strip():
        return refused(say("Say why: the proposer is told the reason."))

    def check(curation: CurationState, kept: Contribution) -> str:
        if request.user not in curation.curators and request.user != kept.proposer:
            return NOT_A_CURATOR
        return hindrance.of_proposal(kept, version, request.user)

    kept = curation_of(services, request).contributions.get(number)
    verb: EventKind = "withdrawn" if kept and kept.proposer == request.user else "rejected"
    done = change(services, request, number, check, verb, why)
    if isinstance(done, str):
        return as_it_stands(services, request, number, done)
    telling.renew_cards(services, request, number)
    if done.proposer != request.user:
        telling.tell_rejected(services, request, done)
    telling.tell_supporters(services, request, done)
    return replace(describe.card(services, done), outcome="done")


def curation_of(services: Services, request: Request) -> CurationState:
    """Return what stands of the team's contributions."""
    return services.team_bases.curation(request.team)


def denial(services: Services, request: Request) -> str:
    """Return why the person may not do what curators do, "" where they may. Asks Slack about curators only."""
    if request.user and request.user not in curation_of(services, request).curators:
        return NOT_A_CURATOR
    # Without a name they are nobody's: of whom Slack did not say who they are, or who is not at Slack at all.
    return rights.denial(services, request) or ("" if request.user else NOT_A_CURATOR)


def not_done(services: Services, request: Request, why: str) -> Answer:
    """Return why nothing was done; whoever is no curator is told who is, and an admin becomes one by a button."""
    return barred.refusal(services, request, why) if why == NOT_A_CURATOR else refused(why)


def as_it_stands(services: Services, request: Request, number: int, why: str) -> Answer:
    """Return why nothing was done to a proposal; where it is decided, its card says by whom, for whoever pressed an old one."""
    kept = curation_of(services, request).contributions.get(number)
    if kept is None or kept.state == "waiting":
        return not_done(services, request, why)
    # Of one that is closed the card says why itself.
    notes = () if kept.state == "closed" else (why,)
    return replace(describe.card(services, kept), notes=notes, outcome="refused")


def refused(why: str) -> Answer:
    """Return a sentence that says why nothing was done."""
    return Answer(headline=why, outcome="refused")


def misread(word: str, what: str, instead: str) -> Answer:
    """Return a sentence that says that `word` is nothing to be done with `what`, and which words are."""
    return refused(
        say(
            "“{word}” is nothing that I can do with {what}. I can: {instead}.",
            word=word,
            what=what,
            instead=instead,
        )
    )


def event_of(
    services: Services, request: Request, subject: str, what: EventKind, why: str = "", body: str = ""
) -> CurationEvent:
    """Return an event of the person who asks, not yet kept."""
    name = services.people.name(request.team, request.user)
    return CurationEvent(subject, what, request.user, name, request.now, why.strip(), body)


def record(
    services: Services, request: Request, decide: Callable[[tuple[CurationEvent, ...]], Decision]
) -> Decision:
    """Keep the event that `decide` returns, or return its sentence; the only way into the ledger.

    Whoever asks has to be a member of the workspace. What else they need `decide` finds under the ledger's lock.
    """
    return rights.denial(services, request) or services.contributions.record(request.team, decide)


def change(
    services: Services,
    request: Request,
    number: int,
    check: Check,
    what: EventKind,
    why: str = "",
    body: str = "",
) -> Contribution | str:
    """Do `what` to a proposal if `check` finds nothing against it as it stands under the lock; return it, or the sentence why not."""
    # Slack is asked for the name before the lock is taken, never under it.
    wanted = event_of(services, request, f"p:{number}", what, why, body)

    def decide(events: tuple[CurationEvent, ...]) -> Decision:
        curation = curations.replay(events)
        kept = curation.contributions.get(number)
        return (check(curation, kept) or wanted) if kept else describe.no_proposal(number)

    done = record(services, request, decide)
    return done if isinstance(done, str) else curation_of(services, request).contributions[number]
