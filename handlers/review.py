"""review: what waits for curators: proposals, and questions that nobody could answer."""

from __future__ import annotations

import re
from typing import Final

from handlers import curate, proposal_text, unanswered
from handlers.answer import Answer, Choice, Section
from handlers.command import Command, Example
from handlers.desk import Desk
from handlers.request import QUESTION, Request
from handlers.team_view import for_team

PROPOSAL: Final = re.compile(
    r"^(\d{1,6})(?:\s+(approve|edit|reject)(?:\s+v(\d{1,9}))?(?:\s+(?!v\d)(.+))?)?$",
    re.IGNORECASE | re.DOTALL,
)
_SHOWN: Final = 6


def review(desk: Desk, request: Request) -> Answer:
    """List what waits, show one, or decide it."""
    if desk.contributions is None:
        return Answer(headline=curate.NOT_HERE, outcome="answer")
    text = request.text.strip()
    if unanswered.SPEC.match(text):
        return unanswered.decide(desk, request, text)
    found = PROPOSAL.match(text)
    if found is None:
        return _queue(desk, request)
    number, verb, version = int(found[1]), (found[2] or "").lower(), int(found[3] or 0)
    kept = curate.curation_of(desk, request).contributions.get(number)
    if kept is None:
        return curate.refused(f"There is no proposal {number}.")
    if verb == "approve":
        answer = curate.approve(desk, request, number, version)
        _settle(desk, request, number)
        return answer
    if verb == "reject":
        return curate.reject(desk, request, number, version, found[4] or "")
    if request.user != kept.proposer and (why := curate.bar(desk, request)):
        return curate.refused(why)
    return proposal_text.card(desk, kept)


def _settle(desk: Desk, request: Request, number: int) -> None:
    """Tell those who asked, where an approved fact was proposed to answer them; once, however often called."""
    kept = curate.curation_of(desk, request).contributions[number]
    fact = for_team(desk, request).base.fact(kept.id)
    if kept.state == "approved" and kept.draft.question and fact is not None:
        found = unanswered.cluster(desk, request, kept.draft.question)
        if found is not None:
            unanswered.settle(desk, request, found, fact)


def _queue(desk: Desk, request: Request) -> Answer:
    if why := curate.bar(desk, request):
        return curate.refused(why)
    waiting = proposal_text.queue(curate.curation_of(desk, request), request.user)
    clusters = unanswered.clusters(desk, request)
    sections = []
    if waiting:
        sections.append(Section("Proposals", tuple(line for _, line in waiting)))
    if clusters:
        sections.append(
            Section("Unanswered questions", tuple(cluster.line for cluster in clusters[: _SHOWN * 2]))
        )
    if desk.base.overlay.unfit:
        title = "Approved, but citing documents that the base no longer has: they answer nobody"
        sections.append(Section(title, desk.base.overlay.unfit))
    proposals = [
        Choice("review", f"Review {kept.number}", QUESTION, f"review {kept.number}")
        for kept, _ in waiting[:_SHOWN]
    ]
    questions = [
        Choice(f"q-{cluster.key}", f"“{cluster.text}”", QUESTION, f"review question {cluster.key}")
        for cluster in clusters[:_SHOWN]
    ]
    return Answer(
        headline=f"Waiting: {proposal_text.counted(len(waiting), len(clusters))}."
        if sections
        else "Nothing waits for review.",
        outcome="answer",
        sections=tuple(sections),
        choices=(*proposals, *questions),
    )


COMMAND = Command(
    name="review",
    usage="",
    summary="What waits for curators: proposals and unanswered questions",
    examples=(Example(""),),
    handle=review,
    takes=lambda desk, rest: not rest or bool(PROPOSAL.match(rest) or unanswered.SPEC.match(rest)),
)
