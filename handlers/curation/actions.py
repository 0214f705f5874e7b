"""What people may do to the team's own facts. Rights are those of the moment, judged under the ledger's lock.

Every event is kept before anybody hears of it; what is said to others goes by the notifier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers import rights
from handlers.answer import Answer, Line
from handlers.contribution import Contribution, CurationEvent, CurationState, EventKind
from handlers.curation import describe, telling
from handlers.curation import projection as curations
from handlers.curation.correction import why_no_edit
from handlers.draft import Draft
from handlers.request import Request
from handlers.services import Services

NOT_A_CURATOR: Final = "Only curators may do that; an admin appoints them: /yrd admin curators add @name."
OWN: Final = "Nobody approves their own words: somebody else has to."
# The ledger only grows, and every question of the team waits for its reading.
MOST_WAITING: Final = 50
MOST_A_DAY: Final = 50
MOST_EDITS: Final = 50
TOO_MANY: Final = (
    f"{MOST_WAITING} proposals of yours wait for review: let curators decide, or withdraw one with"
    " /yrd review NUMBER reject REASON."
)

Decision = CurationEvent | str
Check = Callable[[CurationState, Contribution], str]


def propose(services: Services, request: Request, draft: Draft, why: str = "") -> Answer:
    """Keep a draft for review and tell the reviewers; return what the proposer is told."""

    wanted = event_of(services, request, "", "proposed", why, draft.encode())

    def decide(events: tuple[CurationEvent, ...]) -> Decision:
        stands = curations.replay(events)
        waiting = sum(kept.proposer == request.user for kept in stands.waiting())
        if waiting >= MOST_WAITING:
            return TOO_MANY
        since = request.now - timedelta(days=1)
        today = sum(e.kind == "proposed" and e.actor == request.user and e.at > since for e in events)
        if today >= MOST_A_DAY:
            return f"You proposed {today} facts within a day: propose the next ones tomorrow."
        return replace(wanted, subject=f"p:{curations.next_number(events)}")

    kept = record(services, request, decide)
    if isinstance(kept, str):
        return refused(kept)
    number = int(kept.subject.removeprefix("p:"))
    told = telling.tell_reviewers(services, request, number)
    said = "A curator reviews it" if told else "No other curator is appointed yet: an admin does that"
    return Answer(
        headline=f"Thank you. Proposal {number} waits for review. {said}; I tell you how it went.",
        outcome="done",
    )


def edit(
    services: Services, request: Request, number: int, version: int, draft: Draft, why: str = ""
) -> Answer:
    """Put other words in place of a proposal's; whoever wrote them no longer approves them. Return what became of it."""

    def check(curation: CurationState, kept: Contribution) -> str:
        if request.user not in curation.curators and request.user != kept.proposer:
            return NOT_A_CURATOR
        if len(kept.events) >= MOST_EDITS:
            return f"Proposal {number} was edited too often: approve or reject it, and propose anew."
        return _waits(kept, version) or why_no_edit(kept.draft, draft)

    done = _on(services, request, number, check, "edited", why, draft.encode())
    if isinstance(done, str):
        return refused(done)
    telling.tell_reviewers(services, request, number)
    if done.proposer != request.user:
        services.notifier.notify(
            request.team, done.proposer, describe.card(services.with_base_of(request.team), done)
        )
    return Answer(
        headline=f"Proposal {number} now has your words; somebody else approves them.", outcome="done"
    )


def approve(services: Services, request: Request, number: int, version: int) -> Answer:
    """Make a proposal a fact of the team's own: one person wrote it, another approves it.

    Return the fact as it answers from now on, or why it was refused.
    """
    editor = _editor(services, request, number)

    def check(curation: CurationState, kept: Contribution) -> str:
        agrees = request.user == kept.proposer and kept.author == editor and editor in curation.curators
        if wrong := _waits(kept, version):
            return wrong
        if request.user == kept.author:
            return OWN
        if request.user not in curation.curators and not agrees:
            return NOT_A_CURATOR
        return _supersedable(services, curation, kept.draft.supersedes)

    done = _on(services, request, number, check, "approved")
    if isinstance(done, str):
        return refused(done)
    fact = services.team_bases.of(request.team).fact(done.id)
    lines = (Line(fact),) if fact else ()
    headline = f"Proposal {number} is approved" + (f" and answers from now on as {done.id}." if fact else ".")
    services.notifier.notify(
        request.team, done.proposer,
        Answer(headline=f"Your proposal {number} was approved by {done.approver_name}.", outcome="answer", lines=lines),
    )  # fmt: skip
    if done.draft.supersedes:
        telling.tell_readers(services, request, done.draft.supersedes)
    return Answer(headline=headline, outcome="done", match="exact", lines=lines)


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
        return refused("Say why: the proposer is told the reason.")

    def check(curation: CurationState, kept: Contribution) -> str:
        if request.user not in curation.curators and request.user != kept.proposer:
            return NOT_A_CURATOR
        return _waits(kept, version)

    kept = curation_of(services, request).contributions.get(number)
    verb: EventKind = "withdrawn" if kept and kept.proposer == request.user else "rejected"
    done = _on(services, request, number, check, verb, why)
    if isinstance(done, str):
        return refused(done)
    if done.proposer != request.user:
        said = f"Your proposal {number} was rejected by {done.events[-1].name}: {why}"
        services.notifier.notify(request.team, done.proposer, Answer(headline=said, outcome="answer"))
    return Answer(headline=f"Proposal {number} {describe.STATES[done.state]}.", outcome="done")


def revert(services: Services, request: Request, fact_id: str, why: str) -> Answer:
    """Take an approved fact back, so that what it superseded stands again. Nothing is deleted.

    Return what became of it.
    """
    if not why.strip():
        return refused(f"Say why: /yrd fact {fact_id} revert REASON")
    kept = curation_of(services, request).of_fact(fact_id)
    if kept is None:
        return refused(f"{fact_id} is none of the team's own facts: suggest a correction instead.")

    def check(curation: CurationState, now: Contribution) -> str:
        if request.user not in curation.curators:
            return NOT_A_CURATOR
        if now.state != "approved":
            return f"{fact_id} {describe.STATES[now.state]}: there is nothing to take back."
        if later := curation.successor(fact_id):
            return f"{later.id} supersedes it: take that one back first."
        return ""

    done = _on(services, request, kept.number, check, "reverted", why)
    if isinstance(done, str):
        return refused(done)
    telling.tell_readers(services, request, fact_id)
    again = f" {done.draft.supersedes} stands again." if done.draft.supersedes else ""
    return Answer(headline=f"{fact_id} is taken back.{again}", outcome="done")


def verify(services: Services, request: Request, fact_id: str) -> Answer:
    """Record that a curator or the fact's owner checked it today; return by when it is to be checked again."""
    kept = curation_of(services, request).of_fact(fact_id)
    if kept is None:
        return refused(
            f"{fact_id} is none of the team's own facts; those of the seeds are reviewed with them."
        )

    def check(curation: CurationState, now: Contribution) -> str:
        if request.user not in curation.curators and request.user != now.proposer:
            return NOT_A_CURATOR
        if now.state != "approved":
            return f"{fact_id} {describe.STATES[now.state]}."
        if now.verified == request.now.date():
            return f"{fact_id} is verified as of today already; review by {now.review_by}."
        later = curation.successor(fact_id)
        return f"{fact_id} was superseded by {later.id}: verify that one." if later else ""

    done = _on(services, request, kept.number, check, "verified")
    if isinstance(done, str):
        return refused(done)
    return Answer(headline=f"{fact_id} is verified as of today; review by {done.review_by}.", outcome="done")


def curation_of(services: Services, request: Request) -> CurationState:
    """Return what stands of the team's contributions."""
    return services.team_bases.curation(request.team)


def denial(services: Services, request: Request) -> str:
    """Return why the person may not do what curators do, "" where they may. Asks Slack about curators only."""
    if request.user and request.user not in curation_of(services, request).curators:
        return NOT_A_CURATOR
    # Without a name they are nobody's: of whom Slack did not say who they are, or who is not at Slack at all.
    return rights.denial(services, request) or ("" if request.user else NOT_A_CURATOR)


def refused(why: str) -> Answer:
    """Return a sentence that says why nothing was done."""
    return Answer(headline=why, outcome="refused")


def misread(word: str, what: str, instead: Iterable[str]) -> Answer:
    """Return a sentence that says that `word` is nothing to be done with `what`, and which words are."""
    return refused(f"“{word}” is nothing that I can do with {what}. I can: {', '.join(instead)}.")


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


def _on(
    services: Services,
    request: Request,
    number: int,
    check: Check,
    what: EventKind,
    why: str = "",
    body: str = "",
) -> Contribution | str:
    """Do `what` to a proposal if `check` finds nothing against it as it stands under the lock."""
    # Slack is asked for the name before the lock is taken, never under it.
    wanted = event_of(services, request, f"p:{number}", what, why, body)

    def decide(events: tuple[CurationEvent, ...]) -> Decision:
        curation = curations.replay(events)
        kept = curation.contributions.get(number)
        return (check(curation, kept) or wanted) if kept else f"There is no proposal {number}."

    done = record(services, request, decide)
    return done if isinstance(done, str) else curation_of(services, request).contributions[number]


def _supersedable(services: Services, curation: CurationState, fact_id: str) -> str:
    """Return why nothing can take the place of a fact, "" where it stands, or where there is nothing to replace."""
    if not fact_id:
        return ""
    if other := curation.successor(fact_id):
        return f"{fact_id} was superseded by {other.id} meanwhile: correct that one."
    own = curation.of_fact(fact_id)
    stands = services.base.fact(fact_id) is not None and (own is None or own.state == "approved")
    return "" if stands else f"There is no fact {fact_id} that it could supersede."


def _waits(kept: Contribution, version: int) -> str:
    if kept.state != "waiting":
        last = kept.events[-1]
        return f"Proposal {kept.number} {describe.STATES[kept.state]}: {last.name} was first."
    if version and kept.version != version:
        return f"Proposal {kept.number} was edited meanwhile: look again with /yrd review {kept.number}."
    return ""
